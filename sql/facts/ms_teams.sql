/*
description = "Every row of every Teams report ever read, with the meeting of the register it belongs to. A report names it by title and start, a report of the first generation by the file's name; where more than one meeting could be meant, none is."
[columns]
meeting_id = "The meeting of the register the report belongs to; empty where it belongs to none, or to more than one."
meeting_is_known = "Whether the report belongs to one meeting of the register."
*/
with report as (
    select distinct
        entry.file_id,
        entry.generation,
        entry.online_title,
        entry.started_at,
        entry.otherwise_started_at,
        ' ' || regexp_replace(file.file_name, '[^\pL\pN]+', ' ', 'g') || ' ' as words_of_name,
        file.file_name
    from resolved.ms_teams as entry
    inner join ledger.file as loaded on entry.file_id = loaded.file_id
    -- The same bytes may have come again under a name that tells more.
    inner join ledger.file as file on loaded.feed = file.feed and loaded.sha256 = file.sha256
    where entry.generation is not null
),
-- A start whose order of day and month cannot be told, or in the hour that occurs twice, is one of two moments.
start as (
    select file_id, online_title, started_at from report where started_at is not null
    union all
    select file_id, online_title, otherwise_started_at from report where otherwise_started_at is not null
),
taken_place as (
    select meeting_id, held_at, online_title
    from validated.meetings
    where status <> 'cancelled'
),
near as (
    select
        start.file_id,
        meeting.meeting_id,
        rank() over (
            partition by start.file_id, start.started_at
            order by abs(date_diff('second', start.started_at, meeting.held_at))
        ) as nearness
    from start
    inner join taken_place as meeting on start.online_title = meeting.online_title
    where abs(date_diff('second', start.started_at, meeting.held_at)) <= 60 * 60
),
candidate as (
    select file_id, meeting_id from near where nearness = 1
    union
    select report.file_id, meeting.meeting_id
    from report
    inner join taken_place as meeting
        on contains(report.file_name, meeting.meeting_id)
        and contains(
            report.words_of_name, ' ' || trim(regexp_replace(meeting.meeting_id, '[^\pL\pN]+', ' ', 'g')) || ' '
        )
    where report.generation = 1
),
belonging as (
    select file_id, min(meeting_id) as meeting_id
    from candidate
    group by file_id
    having count(*) = 1
)
select
    entry.*,
    belonging.meeting_id,
    belonging.meeting_id is not null as meeting_is_known
from resolved.ms_teams as entry
left join belonging on entry.file_id = belonging.file_id
