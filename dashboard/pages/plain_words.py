"""What the figures say in at most 120 words, to read aloud or to print on one sheet."""

from collections.abc import Sequence
from html import escape

import streamlit

from dashboard import components, filters, wording
from dashboard.access import Scope
from dashboard.components import Row
from dashboard.store import Store

TITLE = "In plain words"
ORDER = 10
ICON = ":material/record_voice_over:"
FILTERS = (filters.PLACE,)
MOST_WORDS = 120
NOTHING = "There is nothing to say about this place yet."


def render(scope: Scope, store: Store) -> None:
    """The stored sentences of the place, as many as fit, in large type."""
    place = filters.chosen().place
    stored = said(components.as_rows(store.briefing(scope, place.level, place.place_id)))
    components.state_line(scope, store, place.label)
    about = store.snapshot(scope).row(0, named=True)
    sentences = as_many_as_fit(stored, MOST_WORDS)
    body = "".join(f"<p>{escape(wording.kept_together(sentence))}</p>" for sentence in sentences or [NOTHING])
    streamlit.html(
        f'<article class="inv-plain"><h1>{escape(about["trust_name"])}: {escape(place.label)}</h1>{body}'
        f"<p>These are the figures up to {wording.day(about['data_to'])}.</p></article>"
    )


def said(briefing: list[Row]) -> list[str]:
    """What is said of a place, by the sentence; what is not known is on the Overview.

    A change of the headline's own number at its own place is left out: the headline has told it.
    """
    first = {(row["indicator_id"], row["place_id"]) for row in briefing if row["kind"] == "headline"}
    kept = [row for row in briefing if (row["indicator_id"], row["told_of"]) not in first]
    told = [row["sentence"] for row in kept if row["kind"] != "unknown"]
    return [sentence for text in told for sentence in wording.sentences(text)]


def as_many_as_fit(sentences: Sequence[str], most: int) -> list[str]:
    """The first of `sentences` that together have at most `most` words; none twice."""
    fitting: list[str] = []
    for sentence in dict.fromkeys(sentences):
        if sum(len(told.split()) for told in [*fitting, sentence]) > most:
            break
        fitting.append(sentence)
    return fitting
