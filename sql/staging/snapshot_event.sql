/*
description = "One row for each change of stage between a candidate's successive snapshots. The day is not known: it lies from earliest_on, the last snapshot without the change, to latest_on, the first with it; earliest_on is empty where no snapshot came before. Stages skipped are not made up, and who is no longer in a snapshot has done nothing. For no indicator that needs a day."
key         = ["candidate_id", "latest_on"]
[columns]
earliest_on = "The last day a snapshot was without the change; empty where no snapshot came before."
is_uncertain = "Always true: the day lies somewhere between two snapshots."
*/
with snapshot as (
    select
        snapshot_on,
        lag(snapshot_on) over (order by snapshot_on) as earlier_on
    from (
        select distinct snapshot_on
        from staging.recruitment_status
    ) as day
),
compared as (
    select
        status.candidate_id,
        status.team_id,
        status.stage,
        status.snapshot_on,
        snapshot.earlier_on,
        lag(status.stage) over (partition by status.candidate_id order by status.snapshot_on) as stage_before,
        lag(status.snapshot_on) over (partition by status.candidate_id order by status.snapshot_on) as seen_before_on
    from staging.recruitment_status as status
    inner join snapshot on status.snapshot_on = snapshot.snapshot_on
)
select
    candidate_id,
    team_id,
    stage,
    coalesce(seen_before_on, earlier_on) as earliest_on,
    snapshot_on as latest_on,
    true as is_uncertain
from compared
where stage_before is null or stage <> stage_before
