"""python -m tests.benchmarks.plain_statements LANDING DATABASE: the same work as one would write it down in SQL.

Eighteen statements: four typed reads, eleven counts of broken rules, what stands there twice, the good rows, a monthly
table. No pseudonyms, no reasons kept for a row, no way back: it is the least that the work can cost.
"""

import sys

import duckdb

READS = {
    "teams": "team_id varchar, team_name varchar, service_area_id varchar, service_area varchar, care_setting varchar",
    "people": "person varchar, person_role varchar, email varchar",
    "meetings": "meeting_id varchar, team_id varchar, held_at timestamp, status varchar, meeting_type varchar",
    "attendance": "meeting_id varchar, person varchar, attendance varchar",
}
KNOWN = "left join meetings as meeting on entry.meeting_id = meeting.meeting_id"
BROKEN = (
    "from teams where team_id is null or service_area_id is null",
    "from teams where care_setting not in ('inpatient', 'community')",
    "from people where person is null",
    "from meetings where meeting_id is null or team_id is null",
    "from meetings where held_at is null or held_at < timestamp '2000-01-01'",
    "from meetings where status not in ('held', 'cancelled')",
    "from meetings as entry anti join teams as team on entry.team_id = team.team_id",
    "from attendance where meeting_id is null or person is null",
    "from attendance where attendance not in ('attended', 'apologies', 'did_not_attend', 'not_recorded')",
    "from attendance as entry anti join meetings as meeting on entry.meeting_id = meeting.meeting_id",
    "from attendance as entry inner join meetings as meeting on entry.meeting_id = meeting.meeting_id "
    "where entry.attendance = 'attended' and meeting.status = 'cancelled'",
)
TWICE = """
create table twice as
select meeting_id, person, min(rowid) as first_row
from attendance
group by meeting_id, person
having count(*) > 1"""
GOOD = """
create table good as
select entry.meeting_id, entry.person, entry.attendance, meeting.team_id, meeting.held_at, meeting.status
from attendance as entry
inner join meetings as meeting on entry.meeting_id = meeting.meeting_id
left join twice on entry.meeting_id = twice.meeting_id and entry.person = twice.person
where
    (twice.first_row is null or entry.rowid = twice.first_row)
    and entry.person is not null
    and entry.attendance in ('attended', 'apologies', 'did_not_attend', 'not_recorded')
    and not (entry.attendance = 'attended' and meeting.status = 'cancelled')"""
MONTHLY = """
create table monthly as
select
    good.team_id,
    cast(date_trunc('month', good.held_at) as date) as period_start,
    count(*) filter (where person.person_role = 'service_user') as numerator,
    count(person.person_role) as denominator
from good
inner join people as person on good.person = person.person
where good.attendance = 'attended' and good.status = 'held'
group by all"""


def main(landing: str, database: str) -> int:
    with duckdb.connect(database) as connection:
        for feed, columns in READS.items():
            types = ", ".join("'{}': '{}'".format(*column.split()) for column in columns.split(", "))
            source = f"read_csv('{landing}/{feed}/file.csv', header = true, columns = {{{types}}})"
            connection.execute(f"create table {feed} as from {source}")
        for broken in BROKEN:
            connection.execute(f"select count(*) {broken}").fetchall()
        for statement in (TWICE, GOOD, MONTHLY):
            connection.execute(statement)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
