"""What became of the runs, for those who look after the dashboard."""

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

import streamlit

from dashboard import components, file_words, listing, wording
from dashboard.access import Scope
from dashboard.run_history import READERS, Run, runs, what_ended
from dashboard.store import Store

TITLE = "Runs"
ORDER = 20
ICON = ":material/schedule:"
FILTERS = ()
LONDON = ZoneInfo("Europe/London")
HEADINGS = ["Began", "Took", "What became of it", "New files", "Refused", "Why"]
CAPTION = "The last runs, on the clocks of London"
OTHERS = "Runs are shown to those who look after the dashboard."
NONE = "No run is known of yet."


def render(scope: Scope, store: Store) -> None:
    """In a sentence how the newest run ended and when the next is expected, then every run, the latest first."""
    found = runs(scope, store.published)
    components.state_line(scope, store, "every run")
    says = in_a_sentence(found) if scope.role in READERS else OTHERS
    streamlit.html(f'<h1 class="inv-title">{TITLE}</h1><p class="inv-tells">{escape(says)}</p>')
    if found:
        listing.list_numbers("runs", listing.as_shown(CAPTION, HEADINGS, [row(run) for run in found]))


def in_a_sentence(found: list[Run]) -> str:
    """How the newest run ended, and by when the next should have."""
    if not found:
        return NONE
    newest = found[0]
    ended = f"The newest run began on {clock(newest['started_at'])}: {file_words.RUN_OUTCOMES[newest['outcome']]}."
    return f"{ended} The next should have ended by {clock(newest['next_by'])}."


def row(run: Run) -> list[str]:
    """One run as texts."""
    seconds = (datetime.fromisoformat(run["ended_at"]) - datetime.fromisoformat(run["started_at"])).total_seconds()
    return [
        clock(run["started_at"]),
        f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s",
        file_words.RUN_OUTCOMES[run["outcome"]],
        str(run["new_files"]),
        str(len(run["refused"])),
        ", ".join([*run["gates"], *([what_ended(run["error"])] if run["error"] else [])]),
    ]


def clock(moment: str) -> str:
    """25 Nov 2026 at 05:15, in London."""
    at = datetime.fromisoformat(moment).astimezone(LONDON)
    return f"{wording.day(at.date())} at {at:%H:%M}"
