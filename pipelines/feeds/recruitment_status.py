"""Snapshots of a volunteer system: every candidate's status on one day."""

from pipelines.feed import Column, Feed, Kind, candidate, date, identifier
from pipelines.reading.status_snapshot import NAME, read

FEED = Feed(
    name="recruitment_status",
    position=10,
    title="Recruitment snapshots",
    key=("candidate", "snapshot_on"),
    columns=(
        date("snapshot_on", required=True),
        candidate("candidate", required=True),
        Column(
            "status",
            Kind.CHOICE,
            required=True,
            choices=(
                "Applicant",
                "In Process",
                "Accepted",
                "Inactive - Short Term",
                "Inactive - Long Term",
                "Archived - Rejected",
                # Why else somebody was archived (moved, ill, died) is asked by nobody and so not kept.
                "Archived - *",
            ),
        ),
        date("date_of_last_status_change", required=True),
        identifier("team_id"),
        date("date_joined"),
    ),
    dated_by="snapshot_on",
    reader=read,
    name_pattern=NAME,
)
