"""A landing folder as large as one likes: teams, people, meetings and attendance, with a few rows of every fault."""

from pathlib import Path

import duckdb

TEAMS, PEOPLE, IN_A_MEETING = 60, 50_000, 20

TEAM = f"""
select
    't' || team as team_id,
    'Team ' || team as team_name,
    'a' || team % 12 as service_area_id,
    'Area ' || team % 12 as service_area,
    case when team % 12 < 6 then 'inpatient' else 'community' end as care_setting
from range({TEAMS}) as teams (team)"""
PERSON = f"""
select
    printf('REG-%06d', person) as person,
    case person % 5 when 0 then 'service_user' when 1 then 'carer' else 'staff' end as person_role,
    'person' || person || '@trust.example' as email
from range({PEOPLE}) as people (person)"""
MEETING = f"""
select
    'm' || meeting as meeting_id,
    't' || meeting % {TEAMS} as team_id,
    cast(timestamp '2022-01-03 10:00' + to_days(cast(meeting * 7919 % 1600 as integer)) as varchar) as held_at,
    case when meeting % 50 = 7 then 'cancelled' else 'held' end as status,
    'microsystem' as meeting_type
from range({{meetings}}) as meetings (meeting)"""
# Of ten thousand rows: four meetings nobody knows, two values outside the list, one row without a person, five that
# stand there twice. Nobody attends what was cancelled but for every thousandth who does.
ATTENDANCE = f"""
select
    case when seat % 10000 in (11, 12, 13, 14) then 'x' || seat else 'm' || seat // {IN_A_MEETING} end as meeting_id,
    case when seat % 10000 <> 21 then printf('REG-%06d', (seat * 2654435761) % {PEOPLE}) end as person,
    case
        when seat % 10000 in (31, 32) then 'maybe'
        when (seat // {IN_A_MEETING}) % 50 = 7 and seat % 1000 <> 145 then 'apologies'
        when seat % 5 < 3 then 'attended'
        when seat % 5 = 3 then 'apologies'
        else 'did_not_attend'
    end as attendance
from range({{rows}}) as seats (number)
cross join lateral (
    select case when number % 10000 in (51, 52, 53, 54, 55) then number - 5 else number end
) as s (seat)"""


def write_landing(folder: Path, rows: int) -> Path:
    """Writes the four files for `rows` rows of attendance; gives the folder."""
    queries = {
        "teams": TEAM,
        "people": PERSON,
        "meetings": MEETING.format(meetings=-(-rows // IN_A_MEETING)),
        "attendance": ATTENDANCE.format(rows=rows),
    }
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false")
        for feed, query in queries.items():
            (folder / feed).mkdir(parents=True)
            connection.execute(f"copy ({query}) to '{folder / feed / 'file.csv'}' (header, quote '\"')")
    return folder
