"""Newer figures than those on the page: being made, ready, or the first of all; told calmly, shown when asked."""

from datetime import UTC, date, datetime, timedelta
from html import escape
from pathlib import Path

import streamlit

from dashboard import filters, wording
from dashboard.components import message
from dashboard.store import Store, current

LOOK_EVERY_SECONDS = 20  # a number: told as "20s", Streamlit would import pandas to read it
BUILDING = ".building-*"  # where a run puts its snapshot together; it clears the folder away however it ends
LONGEST_RUN = timedelta(hours=1)  # a folder that nobody wrote in for longer was left by a run that was killed
BEING_MADE = (
    "Newer figures are being made. Those you see, as at {}, stand until then; this page says when new ones are ready."
)
FIRST_BEING_MADE = (
    "The first figures are being made",
    "A run is at work on the files that were delivered. That takes a few minutes.",
    "This page shows the figures as soon as they are there.",
)
NOTHING_YET = (
    "There are no figures yet",
    "Nothing has been published. The command “involve run” loads the files of the landing folder; "
    "“make demo” shows an invented trust.",
    "This page shows the figures as soon as they are there.",
)


def are_being_made(published: Path) -> bool:
    """Whether a run is at work on a snapshot."""
    oldest = (datetime.now(UTC) - LONGEST_RUN).timestamp()
    return any(_written_at(folder) > oldest for folder in published.glob(BUILDING))


def _written_at(folder: Path) -> float:
    """When something was last written in a folder of a run; 0 where the run has just moved it to its place."""
    try:
        return max(path.stat().st_mtime for path in (folder, *folder.iterdir()))
    except FileNotFoundError:
        return 0


@streamlit.fragment(run_every=LOOK_EVERY_SECONDS)
def offer_new_figures(store: Store, as_at: date) -> None:
    """Looks at the pointer now and then; once it has moved, offers the new snapshot and changes nothing unasked.

    Says of a run under way that the figures shown, which are `as_at`, stand until it has come to its end.
    """
    newest = current(store.published)
    if newest is not None and newest != store.run_id:
        with streamlit.container(horizontal=True, vertical_alignment="center", key="inv_offer"):
            streamlit.html('<p class="inv-offer" role="status">New figures are ready.</p>', width="content")
            if streamlit.button("Show them", key="show_new_figures", type="primary"):
                filters.use_snapshot(newest)
                streamlit.rerun()
    elif are_being_made(store.published):
        words = BEING_MADE.format(wording.day(as_at))
        streamlit.html(f'<p class="inv-being-made" role="status">{escape(words)}</p>')


@streamlit.fragment(run_every=LOOK_EVERY_SECONDS)
def wait_for_first_figures(published: Path) -> None:
    """Says what to do until there are figures, or that they are being made; draws the page anew once there are any."""
    if current(published) is not None:
        streamlit.rerun()
    message(*(FIRST_BEING_MADE if are_being_made(published) else NOTHING_YET))
