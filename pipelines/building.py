"""Builds the views in the order of their lineage, on the tables the house itself makes for them to read.

`marts.run`, `marts.indicator_catalogue`, `marts.indicator_chart`, `marts.period`, `marts.calendar`,
`marts.hidden_cell`, `marts.feed` and `marts.verdict` are made here; every other table is one file under sql/.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta

import polars as pl

from pipelines.checks import Verdict
from pipelines.faults import ViewError
from pipelines.feed import Feed
from pipelines.grains import chart_grains
from pipelines.headers import EXAMPLE_OF_AN_INDICATOR, Header, IndicatorHeader, example_of
from pipelines.keys import CHECK, SENTENCE, broken_keys
from pipelines.made_tables import analysed, house_tables
from pipelines.periods import FIRST_DAY, periods
from pipelines.settings import Settings
from pipelines.suite import read_suite
from pipelines.views import View
from pipelines.warehouse import QueryError, Warehouse

POLICY = "published.policy"
HIDDEN = "marts.hidden_cell"
FIGURES = ("staging", "marts", "indicators")
TEXTS = frozenset({"VARCHAR"})
WHOLE_NUMBERS = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"})
UNIT_TYPES = {
    "counted_on": frozenset({"DATE"}),
    "team_id": TEXTS,
    "unit_id": TEXTS,
    "numerator": WHOLE_NUMBERS,
    "denominator": WHOLE_NUMBERS,
}
FEED_SCHEMA = {"feed": pl.String, "title": pl.String, "late_after_days": pl.Int64, "last_record_on": pl.Date}
# Checks of figures belong to no feed.
OF_FIGURES = "figures"

Analysing = Callable[[Warehouse, date, Settings], None]


@dataclass(frozen=True)
class Run:
    """Which run this is: `run_id` sorts by time, `as_at` is the last day that has happened as far as it knows."""

    run_id: str
    as_at: date


def begin(warehouse: Warehouse, run: Run, settings: Settings, views: Iterable[View]) -> None:
    """Makes `marts.run`, whose one row is what every view may know of the run, and the catalogue of indicators."""
    row = asdict(run) | {"trust_name": settings.trust_name, "contact": settings.contact}
    warehouse.replace_table("marts.run", pl.DataFrame([row]))
    catalogue = _catalogue(views)
    warehouse.replace_table("marts.indicator_catalogue", catalogue)
    warehouse.replace_table("marts.indicator_chart", chart_grains(catalogue))


def build_all(
    warehouse: Warehouse,
    views: tuple[View, ...],
    feeds: tuple[Feed, ...],
    run: Run,
    settings: Settings,
    verdicts: Iterable[Verdict],
    analysing: Analysing | None = None,
) -> list[str]:
    """Builds every layer on what was disposed of; gives the sentences of the critical checks that failed.

    `analysing` makes what is computed from published values; `analysis.analyse` unless given.
    """
    make_references(warehouse, feeds, run, settings)
    build(warehouse, views, FIGURES)
    figures = [*check_figures(warehouse, views), _check_keys(warehouse, views)]
    gates = record_verdicts(warehouse, feeds, verdicts, figures, settings.accept)
    hide_cells(warehouse, views)
    later = reading_analysed(views)
    build(warehouse, [view for view in views if view not in later], ("published",))
    (analysing or _analyse)(warehouse, run.as_at, settings)
    build(warehouse, later, ("published",))
    build(warehouse, views, ("views",))
    # What is published of checks stands already; a key that does not hold there is told by the run alone.
    broken = broken_keys(warehouse, views, ("published",))
    return [*gates, *(f"{OF_FIGURES}: {each} ({OF_FIGURES}:{CHECK})" for each in broken)]


def _analyse(warehouse: Warehouse, as_at: date, settings: Settings) -> None:
    # The statistics are heavy to import, and a rehearsal does without them.
    from pipelines.analysis import analyse

    analyse(warehouse, as_at, settings)


def reading_analysed(views: Iterable[View]) -> list[View]:
    """The published views that read, themselves or through others, what is computed from published values."""
    names, found = {f"published.{name}" for name in analysed()}, []
    for view in views:
        if view.layer == "published" and view.reads & names:
            names.add(view.full_name)
            found.append(view)
    return found


def build(warehouse: Warehouse, views: Iterable[View], layers: Collection[str]) -> None:
    """Builds the views of `layers`, in the order given: tables where the layer is stored, else views.

    Raises ViewError where one cannot be built.
    """
    for view in views:
        if view.layer in layers:
            try:
                warehouse.make(view.full_name, view.body, is_stored=view.is_stored)
            except QueryError as error:
                line = view.line + error.line - 1
                raise ViewError(view.path, line, str(error), example_of(view.layer)) from error
            if isinstance(view.header, IndicatorHeader):
                _must_give_units(warehouse, view, view.header)


def hide_cells(warehouse: Warehouse, views: Iterable[View]) -> None:
    """Makes `marts.hidden_cell`, before anything is published: what may be seen is decided first."""
    build(warehouse, [view for view in views if view.full_name == POLICY], ("published",))
    if not warehouse.value("select count(*) from marts.cell"):
        # A rehearsal has no cells, and does without what decides about them: NumPy is slow to import.
        key = next(", ".join(table.key) for table in house_tables() if table.name == HIDDEN)
        warehouse.execute(f"create or replace table {HIDDEN} as select {key} from marts.cell cross join {POLICY}")
        return
    from pipelines.disclosure import decide

    cells = warehouse.frame("select * from marts.cell where counts_people or diary")
    policy = warehouse.frame(f"select * from {POLICY}")
    hidden = decide(cells, warehouse.frame("select level, place_id, parent_id from marts.place"), policy)
    warehouse.replace_table(HIDDEN, hidden)


def make_references(warehouse: Warehouse, feeds: Iterable[Feed], run: Run, settings: Settings) -> None:
    """Makes the calendar and the list of feeds."""
    windows = [int(days) for (days,) in warehouse.rows("select distinct window_days from marts.indicator_catalogue")]
    cut = periods(run.as_at, [0, *windows])
    warehouse.replace_table("marts.period", pl.DataFrame(cut))
    warehouse.execute(
        "create or replace table marts.calendar as "
        "select window_days, grain, period_start, period_end, cast(unnest(generate_series("
        f"greatest(period_start, date '{FIRST_DAY}'), period_end, interval 1 day)) as date) as day from marts.period"
    )
    rows = [_feed(warehouse, feed, run.as_at, settings) for feed in feeds]
    warehouse.replace_table("marts.feed", pl.DataFrame(rows, schema=FEED_SCHEMA))


def check_figures(warehouse: Warehouse, views: Iterable[View]) -> list[dict[str, object]]:
    """Carries out the checks under sql/checks: each selects offenders, so no row is what should come back."""
    results = []
    for view in views:
        if view.layer == "checks" and isinstance(view.header, Header):
            offenders = int(warehouse.value(f"select count(*) from ({view.body}) as offender"))
            results.append(
                {
                    "feed": OF_FIGURES,
                    "check_name": view.name,
                    "severity": view.header.severity,
                    "success": offenders == 0,
                    "unexpected_count": offenders,
                    "element_count": offenders,
                    "sentence": view.header.description,
                }
            )
    return results


def _check_keys(warehouse: Warehouse, views: Iterable[View]) -> dict[str, object]:
    broken = list(broken_keys(warehouse, views, ("marts",)))
    return {
        "feed": OF_FIGURES,
        "check_name": CHECK,
        "severity": "critical",
        "success": not broken,
        "unexpected_count": sum(each.values for each in broken),
        "element_count": sum(each.values for each in broken),
        "sentence": "; ".join(map(str, broken)) or SENTENCE,
    }


def record_verdicts(
    warehouse: Warehouse,
    feeds: Iterable[Feed],
    verdicts: Iterable[Verdict],
    figures: list[dict[str, object]],
    accepted: Collection[str] = (),
) -> list[str]:
    """Makes `marts.verdict`; gives the sentences of the gates: critical checks that failed and are not `accepted`.

    Checks of figures cannot be accepted: a figure that contradicts itself is never right as it is.
    """
    checks = {(feed.name, check.name): check for feed in feeds for check in read_suite(feed)}
    rows = [
        asdict(verdict)
        | {
            "severity": checks[verdict.feed, verdict.check_name].severity,
            "sentence": checks[verdict.feed, verdict.check_name].sentence,
        }
        for verdict in verdicts
    ] + figures
    warehouse.replace_table("marts.verdict", pl.DataFrame(rows, infer_schema_length=None))
    failed = [row for row in rows if row["severity"] == "critical" and not row["success"]]
    named = {f"{row['feed']}:{row['check_name']}": row for row in failed}
    return [
        f"{row['feed']}: {row['sentence']} ({name})"
        for name, row in named.items()
        if row["feed"] == OF_FIGURES or name not in accepted
    ]


def _catalogue(views: Iterable[View]) -> pl.DataFrame:
    rows = [
        {"indicator_id": view.name, "sql": view.body} | view.header.model_dump(mode="python")
        for view in views
        if isinstance(view.header, IndicatorHeader)
    ]
    # A header leaves a key empty with ""; what is not there is NULL in a table.
    return pl.DataFrame(
        [{name: None if value == "" else value for name, value in row.items()} for row in rows],
        schema_overrides=dict.fromkeys(("chart", "levels", "breakdown", "beside", "finding"), pl.List(pl.String))
        | {"target": pl.Float64, "overview": pl.Int32, "side_by_side": pl.Int32, "window_days": pl.Int32}
        | dict.fromkeys(("phrase", "phrase_change", "outcome"), pl.String),
        infer_schema_length=None,
    )


def _must_give_units(warehouse: Warehouse, view: View, header: IndicatorHeader) -> None:
    """Raises ViewError where an indicator's rows are not units: wrong columns, types that would be cut, gaps."""
    of_people = {"person_id": TEXTS} if header.counts_people else {}
    want = UNIT_TYPES | of_people | ({header.outcome: TEXTS} if header.outcome else {})
    got = dict(warehouse.rows(f"select column_name, column_type from (describe {view.full_name})"))
    for name, types in want.items():
        if got.get(name) not in types:
            why = f"An indicator gives the column {name} as {' or '.join(sorted(types))}, here it is {got.get(name)}."
            raise ViewError(view.path, view.line, why, EXAMPLE_OF_AN_INDICATOR)
    never_empty = [name for name in want if name != "team_id"]
    empty = " or ".join(f"{name} is null" for name in never_empty)
    if warehouse.value(f"select count(*) from {view.full_name} where {empty}"):
        why = f"In every row of an indicator these are given: {', '.join(never_empty)}."
        raise ViewError(view.path, view.line, why, EXAMPLE_OF_AN_INDICATOR)


def _feed(warehouse: Warehouse, feed: Feed, as_at: date, settings: Settings) -> dict[str, object]:
    newest = None
    if feed.dated_by:
        # A cancelled meeting may lie in the future; it is not yet the newest thing on record.
        newest = warehouse.value(
            f"select max(cast({feed.dated_by} as date)) from validated.{feed.name} where {feed.dated_by} < ?",
            [as_at + timedelta(days=1)],
        )
    return {
        "feed": feed.name,
        "title": feed.title,
        "late_after_days": settings.late_after(feed.name),
        "last_record_on": newest,
    }
