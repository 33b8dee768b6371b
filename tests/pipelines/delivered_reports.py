"""Reports delivered to a bench, and what becomes of them there."""

from pipelines.building import build
from tests.pipelines.bench import Bench, Row, meeting

TITLE = "Ward one improvement"
DAY = "2026-05-14"
START = "14/05/2026, 10:00:00"
NEEDED = ("marts.invitation", "marts.attendance", "marts.meeting", "published.policy", "published.load_file")


def online(meeting_id: str = "M1", at: str = "10:00", **more: str | int) -> Row:
    """A meeting on Teams."""
    return meeting(meeting_id, held_at=f"{DAY} {at}", mode="online", online_title=TITLE) | more


def deliver(bench: Bench, text: str, name: str = "report.csv") -> None:
    """Writes a report as Teams does."""
    path = bench.landing / "ms_teams" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode("utf-16"))


def derive(bench: Bench) -> None:
    """Loads what is new and builds what these tests look at, no more."""
    bench.run()
    views = [view for view in bench.views if view.layer == "staging" or view.full_name in NEEDED]
    build(bench.warehouse, views, ("staging", "marts", "published"))


def presence(bench: Bench) -> dict[str, str]:
    """Every held meeting's state."""
    derive(bench)
    return dict(bench.warehouse.rows("select meeting_id, presence from marts.meeting"))


def file(bench: Bench, name: str = "report.csv") -> tuple[object, ...]:
    """Outcome, the five counts and the message of a report."""
    rows = bench.warehouse.rows(
        """select outcome, rows_in, rows_loaded, rows_quarantined, rows_duplicate, rows_superseded, message
        from published.load_file where feed = 'ms_teams' and edition = 'internal' and file_name = ?""",
        [name],
    )
    return rows[0]


def register_people(bench: Bench) -> None:
    """ANN is staff, BOB a service user, nobody else is known."""
    people: list[Row] = [
        {"person": "R1", "person_role": "staff", "email": "ann@nhs.example"},
        {"person": "R2", "person_role": "service_user", "email": "bob@mail.example"},
    ]
    bench.deliver("people", *people)
