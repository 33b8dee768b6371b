"""Whether the figures can be relied on: what arrived, what is held back and why, which checks failed."""

from collections import Counter
from html import escape

import polars
import streamlit

from dashboard import components, file_words
from dashboard.access import SEES_EVERY_TEAM, Scope
from dashboard.components import Row
from dashboard.listing import Numbers, as_shown, list_numbers
from dashboard.store import Store

TITLE = "Can we rely on this?"
ORDER = 8
ICON = ":material/fact_check:"
FILTERS = ()
COUNTS = ("rows_in", "rows_loaded", "rows_quarantined", "rows_duplicate", "rows_superseded")
HEADINGS = ["Read", "Used", "Held back", "Delivered twice", "Replaced by a later file"]
PARTS, NOT_TAKEN = (*COUNTS, "rows_left_out"), "In refused or repeated files"
EXPORT = (
    '<p class="inv-quiet">The rows to correct, for each feed: the command '
    "<code>involve quarantine export --feed NAME</code>.</p>"
)
FOUND_BY = "Checks that found something, by feed"


def render(scope: Scope, store: Store) -> None:
    """In a sentence, then by feed, by reason, by check, and by file for those with the right to file names."""
    components.state_line(scope, store, "every feed")
    files, held_back, checks = store.files(scope), store.held_back(scope), store.checks(scope)
    feeds = components.as_rows(store.freshness(scope))
    titles = {row["feed"]: row["title"] for row in feeds}
    sentence = in_a_sentence(files, checks)
    streamlit.html(f'<h1 class="inv-title">{TITLE}</h1><p class="inv-tells">{escape(sentence)}</p>')
    list_numbers("feeds", arrived(feeds, components.as_rows(store.told(scope, "feed_rows"))))
    show("rows_held_back", reasons(components.as_rows(held_back), titles), "No row is held back.")
    by_check = failed if scope.role in SEES_EVERY_TEAM else failed_by_feed
    show("checks", by_check(components.as_rows(checks), titles), "Every check holds.")
    if files["file_name"].null_count() == 0:
        list_numbers("files", by_file(components.as_rows(files), titles), css="inv-scroll inv-block")
        streamlit.html(EXPORT)


def show(name: str, numbers: Numbers, otherwise: str) -> None:
    """A table and its files, or what it means that it is empty."""
    if numbers.rows:
        list_numbers(name, numbers)
    else:
        streamlit.html(f'<p class="inv-quiet">{otherwise}</p>')


def in_a_sentence(files: polars.DataFrame, checks: polars.DataFrame) -> str:
    """How much was read and used, and how many checks hold."""
    read, used, held_back = (int(files[column].sum()) for column in COUNTS[:3])
    holding = checks.filter(polars.col("success")).height
    return (
        f"Of {read:,} rows delivered so far, {used:,} are used and {held_back:,} are held back until they are put "
        f"right. {aside(read - used - held_back)}{holding} of {checks.height} checks hold."
    )


def aside(rows: int) -> str:
    """What became of the rows that are neither used nor held back."""
    return f"The other {rows:,} stand in refused files, came twice or were replaced by a later file. " if rows else ""


def arrived(feeds: list[Row], counted: list[Row]) -> Numbers:
    """What came of each feed, and what became of its rows: the parts after the rows read add up to them."""
    by_feed = {row["feed"]: row for row in counted}
    none = dict.fromkeys(("files", *PARTS), 0)
    rows = [
        [feed["sentence"], *(f"{by_feed.get(feed['feed'], none)[name]:,}" for name in ("files", *PARTS))]
        for feed in feeds
    ]
    return as_shown("What arrived, and what became of its rows", ["Feed", "Files", *HEADINGS, NOT_TAKEN], rows)


def reasons(held_back: list[Row], titles: dict[str, str]) -> Numbers:
    """Why rows are held back; a row that breaks two rules stands under both."""
    rows = [[titles[row["feed"]], file_words.rule(row["rule"]), f"{row['rows_count']:,}"] for row in held_back]
    caption = "Rows held back, and why; a row that breaks two rules is counted under both"
    return as_shown(caption, ["Feed", "Why", "Rows"], rows)


def failed(checks: list[Row], titles: dict[str, str]) -> Numbers:
    """The checks that found something, in the words of the register, for those who know its columns."""
    rows = [
        [
            titles[row["feed"]],
            row["sentence"],
            f"{row['unexpected_count']:,} of {row['element_count']:,}",
            file_words.SEVERITIES[row["severity"]],
        ]
        for row in checks
        if not row["success"]
    ]
    headings = ["Feed", "What should hold", "Where it does not", "What follows"]
    return as_shown("Checks that found something", headings, rows)


def failed_by_feed(checks: list[Row], titles: dict[str, str]) -> Numbers:
    """How many checks of each feed found something, and what follows."""
    found = Counter((row["feed"], row["severity"]) for row in checks if not row["success"])
    rows = [[titles[feed], file_words.SEVERITIES[kind], str(count)] for (feed, kind), count in sorted(found.items())]
    return as_shown(FOUND_BY, ["Feed", "What follows", "Checks"], rows)


def by_file(files: list[Row], titles: dict[str, str]) -> Numbers:
    """Every file ever seen, for those who may read file names."""
    rows = [
        [
            row["file_name"],
            titles[row["feed"]],
            file_words.OUTCOMES[row["outcome"]],
            *(f"{row[name]:,}" for name in COUNTS),
            row["message"] or "",
        ]
        for row in files
    ]
    return as_shown("Every file, as its rows stand now", ["File", "Feed", "Outcome", *HEADINGS, "Message"], rows)
