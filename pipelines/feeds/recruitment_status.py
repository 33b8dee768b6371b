"""Snapshots of a volunteer system: every candidate's status on one day."""

from pipelines.feed import Column, Feed, Kind, candidate, date, identifier
from pipelines.reading.status_snapshot import NAME, read

FEED = Feed(
    name="recruitment_status",
    position=10,
    title="Recruitment snapshots",
    key=("candidate", "snapshot_on"),
    columns=(
        date("snapshot_on", required=True, holds="The day of the snapshot, from the file's name."),
        candidate("candidate", required=True, holds="The candidate, as a pseudonym."),
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
            holds="The candidate's status in the volunteer system on that day.",
        ),
        date("date_of_last_status_change", required=True, holds="The day the volunteer system gives for the status."),
        identifier("team_id", holds="The team the candidate is with."),
        date("date_joined", holds="The day the candidate joined."),
    ),
    dated_by="snapshot_on",
    reader=read,
    name_pattern=NAME,
)
