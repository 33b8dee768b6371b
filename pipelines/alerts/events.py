"""What there is to tell now, read off the history of runs and the published snapshot. Nothing is sent here.

An event has a key that stays the same while it lasts, so that the same late feed is one event however many runs it
outlasts. Files are told by feed and the beginning of their digest, never by name.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines import history
from pipelines.errors import InvolveError
from pipelines.run_lines import what_ended
from pipelines.scheduling.timetable import LONDON
from pipelines.status import current_snapshot, is_anything_published
from pipelines.warehouse import Warehouse

KINDS = {
    "run_failed": "A run failed",
    "run_late": "A run is late",
    "figures_held_back": "Figures were not published",
    "figures_unreadable": "Figures cannot be read",
    "file_refused": "A file was refused",
    "feed_late": "A feed is late",
    "change": "A change beyond the usual ups and downs",
}
# The beginning of the keys of events that only the figures tell of: unread, they are neither over nor new.
LASTING_OF_FIGURES = ("change:", "feed_late:")
# The board's edition: what it shows may be read by everybody who is told anything.
EDITION = "board.duckdb"
CHANGES = """
    select signal.indicator_id, signal.level, signal.place_id, signal.variation,
        indicator.title || ', ' || place.name || ': ' || signal.summary as sentence
    from published.signal as signal
    inner join published.indicator as indicator on indicator.indicator_id = signal.indicator_id
    inner join published.place as place on place.level = signal.level and place.place_id = signal.place_id
    where signal.variation not in ('common_cause', 'none')
    order by indicator.title, place.name, signal.indicator_id, signal.place_id
"""


@dataclass(frozen=True)
class Event:
    """One thing that happened or lasts: what it is the same by, of which of KINDS, and a sentence."""

    key: str
    kind: str
    sentence: str


def standing(data: Path, now: datetime, *, is_first: bool = False) -> list[Event]:
    """Every event that lasts or happened lately; whoever looks for the `first` time hears of the last run alone."""
    records = history.read(data)
    recent = records[-1:] if is_first else records
    return [*_of_runs(records, now), *_refused(recent), *_of_the_snapshot(data)]


def are_figures_readable(data: Path, events: Iterable[Event]) -> bool:
    """Whether the `events` that stand are all there are of the published figures."""
    return is_anything_published(data) and all(event.kind != "figures_unreadable" for event in events)


def _of_runs(records: Sequence[history.Record], now: datetime) -> Iterator[Event]:
    ended = [record for record in records if record.outcome != "cut_off"]
    if not ended:
        return
    last = ended[-1]
    if last.next_by < history.moment(now):
        words = f"The last run ended {_at(last.ended_at)}; the next should have ended by {_when(last.next_by)}"
        yield Event("run_late", "run_late", f"{words}, and has not. What is shown may be out of date.")
    if last.outcome == "failed":
        words = f"The run that began {_at(last.started_at)} failed: {what_ended(last.error)}."
        yield Event(f"run_failed:{last.error}", "run_failed", f"{words} What was published before is shown still.")
    for gate in last.gates:
        run = f"The figures of the run that began {_at(last.started_at)}"
        words = f"{run} were not published: the check {gate} did not hold."
        yield Event(f"figures_held_back:{gate}", "figures_held_back", f"{words} What was published before is shown.")


def _refused(records: Iterable[history.Record]) -> Iterator[Event]:
    for record in records:
        for feed, digest in record.refused:
            which = f"its digest begins with {digest}" if digest else "it could not be read"
            words = f"A file of {feed} was refused {_at(record.started_at)} ({which}). involve status says why."
            yield Event(f"file_refused:{feed}:{digest or record.key}", "file_refused", words)


def _of_the_snapshot(data: Path) -> Iterator[Event]:
    if not is_anything_published(data):
        return
    try:
        with Warehouse(
            current_snapshot(data) / EDITION, memory_limit="256MB", threads=1, is_read_only=True
        ) as snapshot:
            late = snapshot.rows("select feed, sentence from published.feed_freshness where is_late order by feed")
            changes = snapshot.rows(CHANGES)
    except InvolveError:
        words = "What is shown cannot be read: a file of it is damaged or missing. Publish anew: involve run"
        yield Event("figures_unreadable", "figures_unreadable", words)
        return
    for feed, sentence in late:
        yield Event(f"feed_late:{feed}", "feed_late", sentence)
    for indicator_id, level, place_id, variation, sentence in changes:
        yield Event(f"change:{indicator_id}:{level}:{place_id}:{variation}", "change", sentence)


def _at(moment: str) -> str:
    return f"on {_when(moment)}"


def _when(moment: str) -> str:
    return f"{datetime.fromisoformat(moment).astimezone(LONDON):%-d %B %Y at %H:%M}"
