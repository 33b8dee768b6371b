create schema published;
create schema marts;
create table published.snapshot (
    run_id varchar, edition varchar, as_at date, data_to date, trust_name varchar, contact varchar,
    disclosure varchar, built_at timestamp
);
create table published.place (place_id varchar, level varchar, parent_id varchar, name varchar);
create table published.indicator (
    indicator_id varchar, title varchar, short_title varchar, definition varchar, question varchar, caution varchar,
    beside varchar[], theme varchar, kind varchar, unit varchar, better varchar, target double, counts_people boolean,
    diary boolean, grain varchar, window_days integer, chart varchar[], levels varchar[], overview integer, finding varchar[],
    source varchar, owner varchar, reviewed_on date, sql varchar, breakdown varchar[], side_by_side integer, outcome varchar
);
create table published.indicator_value (
    indicator_id varchar, grain varchar, level varchar, place_id varchar, period_start date, period_end date,
    numerator bigint, denominator bigint, value double, lower double, upper double, status varchar
);
create table published.signal_point (
    indicator_id varchar, level varchar, place_id varchar, chart varchar, point_no integer, point_on date,
    segment integer, value double, centre double, lower_limit double, upper_limit double, special_cause varchar,
    point_type varchar, rule_set varchar, limits varchar
);
create table published.signal (
    indicator_id varchar, level varchar, place_id varchar, chart varchar, variation varchar, assurance varchar,
    summary varchar, rule_set varchar, points integer, centre double, lower_limit double, upper_limit double,
    value double, point_on date
);
create table published.rebase_proposal (
    indicator_id varchar, level varchar, place_id varchar, chart varchar, rebase_on date, points integer,
    direction integer, centre double, lower_limit double, upper_limit double, centre_after double,
    lower_limit_after double, upper_limit_after double, sentence varchar, rule_set varchar
);
create table published.comparison (
    indicator_id varchar, level varchar, place_a varchar, place_b varchar, period_start date, period_end date, difference double,
    lower double, upper double, sentence varchar
);
create table published.briefing (
    level varchar, place_id varchar, position integer, kind varchar, indicator_id varchar, sentence varchar,
    variation varchar, told_of varchar
);
create table published.feed_freshness (
    feed varchar, title varchar, last_file_at timestamp, last_record_on date, is_late boolean, sentence varchar
);
create table published.load_file (
    feed varchar, file_name varchar, sha256 varchar, rows_in bigint, rows_loaded bigint, rows_quarantined bigint,
    rows_duplicate bigint, rows_superseded bigint, outcome varchar, message varchar
);
create table published.feed_rows (
    feed varchar, files bigint, rows_in bigint, rows_loaded bigint, rows_quarantined bigint, rows_duplicate bigint,
    rows_superseded bigint, rows_left_out bigint
);
create table published.quarantine_reason (feed varchar, rule varchar, rows_count bigint);
create table published.check_result (
    feed varchar, check_name varchar, severity varchar, success boolean, unexpected_count bigint, element_count bigint,
    sentence varchar
);
create table published.annotation (
    annotation_id varchar, level varchar, place_id varchar, indicator_id varchar, kind varchar, text varchar,
    owner varchar, approved_by varchar, reason varchar, on_date date, due_on date
);
create table published.indicator_breakdown (
    indicator_id varchar, grain varchar, level varchar, place_id varchar, period_start date, period_end date,
    dimension varchar, category varchar, numerator bigint, denominator bigint, value double, lower double,
    upper double, status varchar
);
create table published.long_absence (
    level varchar, place_id varchar, teams_judged bigint, teams_waiting bigint, sentence varchar
);
create table published.meeting_gap (
    level varchar, place_id varchar, gap_no integer, first_on date, ended_on date, is_running boolean,
    meetings_without bigint, not_recorded bigint
);
create table published.data_table (
    table_name varchar, layer varchar, made_by varchar, description varchar, key varchar[], reads varchar[], sql varchar
);
create table published.data_dictionary (
    table_name varchar, column_name varchar, column_type varchar, description varchar
);
create table published.data_lineage (
    table_name varchar, column_name varchar, source_table varchar, source_column varchar, way varchar
);
create table published.gap_chart (
    level varchar, place_id varchar, completed bigint, centre double, upper_limit double, running bigint,
    limits varchar, beyond bigint[], sentence varchar, rule_set varchar
);
create table published.presence_by_meeting_type (
    level varchar, place_id varchar, period_start date, period_end date, meeting_type varchar, meetings_present bigint,
    meetings_absent bigint, meetings_known bigint, meetings_not_recorded bigint, value double, lower double,
    upper double, status varchar
);
create table published.funnel_point (
    indicator_id varchar, level varchar, place_id varchar, period_start date, period_end date, numerator bigint,
    denominator bigint, value double, centre double, lower_95 double, upper_95 double, lower_998 double,
    upper_998 double, plain_lower_95 double, plain_upper_95 double, plain_lower_998 double, plain_upper_998 double,
    phi double, tau2 double, is_adjusted boolean, beyond varchar, sentence varchar, rule_set varchar
);
create table published.reason (category varchar, side varchar, category_no integer, title varchar);
create table published.stage (category varchar, category_no integer, title varchar);
create table published.who_gets_through (
    level varchar, place_id varchar, period_start date, period_end date, dimension varchar, category varchar,
    verdict varchar, sentence varchar, rule_set varchar
);
create table published.step_wait (
    level varchar, place_id varchar, period_start date, period_end date, step_no integer, step varchar, days integer,
    status varchar, sentence varchar
);
create table published.not_now_waiting (
    level varchar, place_id varchar, counted_on date, people bigint, status varchar, sentence varchar
);
create table published.representation (
    level varchar, place_id varchar, period_start date, period_end date, dimension varchar, category varchar,
    share_served integer, verdict varchar, sentence varchar
);
create table published.waiting_curve (
    level varchar, place_id varchar, period_start date, period_end date, day integer, waiting double, lower double,
    upper double, people bigint, half_by_day integer, sentence varchar, rule_set varchar
);
create table published.reliance_on_one_person (
    level varchar, place_id varchar, period_start date, period_end date, share integer, status varchar, sentence varchar
);
