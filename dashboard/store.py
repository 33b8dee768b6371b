"""The only door to DuckDB here: every question takes a Scope first and is answered in Polars.

A `Store` is one snapshot. Which file of it is opened, which rows and which columns come out is decided in `rights.py`
and nowhere else; the scope and the snapshot's folder are part of every cache key.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import duckdb
import polars
import streamlit

from dashboard.access import Scope
from dashboard.rights import rights_of, seen, visible

POINTER = "current"
CONFIGURATION: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "threads": 2,
}


class SnapshotError(Exception):
    """A published snapshot that cannot be read: a file of it is damaged, missing or of another make."""


class OtherVersionError(SnapshotError):
    """A snapshot that lacks a table or column asked for: another version of the program made it."""


@streamlit.cache_resource(max_entries=3, on_release=lambda connection: connection.close(), show_spinner=False)
def _connection(path: str) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(path, read_only=True, config=CONFIGURATION)


# Streamlit's own cache would unpickle a copy for every question, which costs more than the question.
@lru_cache(maxsize=2000)
def _answer(scope: Scope, folder: str, question: str, parameters: tuple[object, ...]) -> polars.DataFrame:
    file = Path(folder) / rights_of(scope).file
    try:
        with _connection(str(file)).cursor() as cursor:
            values = [list(each) if isinstance(each, tuple) else each for each in parameters]
            answer: polars.DataFrame = cursor.sql(question, params=values).pl()
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise OtherVersionError(f"Snapshot {file.parent.name} is of another version: {error}") from error
    except duckdb.Error as error:
        raise SnapshotError(f"The file {file.name} of snapshot {file.parent.name} cannot be read: {error}") from error
    return answer


def current(published: Path) -> str | None:
    """The run id the pointer names (a symbolic link or a text file); None when nothing is published yet."""
    pointer = published / POINTER
    if pointer.is_symlink():
        run_id = pointer.readlink().name
    elif pointer.is_file():
        run_id = Path(pointer.read_text(encoding="utf-8").strip()).name
    else:
        return None
    return run_id if is_published(published, run_id) else None


def is_published(published: Path, run_id: str) -> bool:
    """Whether the snapshot `run_id` is there to be read."""
    return bool(run_id) and run_id == Path(run_id).name and (published / run_id / "board.duckdb").is_file()


@dataclass(frozen=True)
class Store:
    """One immutable snapshot, `published`/`run_id`."""

    published: Path
    run_id: str

    def snapshot(self, scope: Scope) -> polars.DataFrame:
        """The one row about the snapshot: run id, dates, trust, contact, disclosure."""
        return self._rows(scope, "snapshot")

    def places(self, scope: Scope) -> polars.DataFrame:
        """Every place the scope may see, from the trust down, alphabetical within a level."""
        depth = "list_position(['trust', 'care_setting', 'service_area', 'team'], level)"
        return self._rows(scope, "place", order=f"{depth}, name, place_id")

    def indicators(self, scope: Scope) -> polars.DataFrame:
        """Every indicator with its definition; `sql` is filled for those with the right to it."""
        return self._rows(scope, "indicator", order="overview nulls last, title")

    def briefing(self, scope: Scope, level: str, place_id: str) -> polars.DataFrame:
        """The stored sentences of a place in their order: kind, indicator_id, sentence."""
        return self._rows(scope, "briefing", order="position", level=level, place_id=place_id)

    def signal(self, scope: Scope, indicator_id: str, level: str, place_id: str) -> polars.DataFrame:
        """The stored verdict on one series: no row where there is none."""
        return self._rows(scope, "signal", indicator_id=indicator_id, level=level, place_id=place_id)

    def freshness(self, scope: Scope) -> polars.DataFrame:
        """One row for each feed: when its last file came, and whether it is late."""
        return self._rows(scope, "feed_freshness", order="feed")

    def files(self, scope: Scope) -> polars.DataFrame:
        """Every file ever seen with its counts as they stand; names and messages for those with the right to them."""
        return self._rows(scope, "load_file", order="feed, file_name, sha256")

    def held_back(self, scope: Scope) -> polars.DataFrame:
        """How many rows of each feed are held back by each rule."""
        return self._rows(scope, "quarantine_reason", order="feed, rule")

    def checks(self, scope: Scope) -> polars.DataFrame:
        """Every check of the run, those that found something first."""
        return self._rows(scope, "check_result", order="success, feed, check_name")

    def proposals(self, scope: Scope, indicator_id: str, level: str, place_id: str) -> polars.DataFrame:
        """Proposals to begin a series' limits anew, each with its sentence."""
        return self._rows(scope, "rebase_proposal", indicator_id=indicator_id, level=level, place_id=place_id)

    def comparisons(self, scope: Scope) -> polars.DataFrame:
        """Stored comparisons of two places with the cells of both (suffixes _a and _b), by overview order."""
        return self._ask(
            scope,
            f"""
            select compared.*, indicator.title, indicator.short_title
            from ({visible(scope, "compared_value")}) as compared
            inner join published.indicator as indicator on indicator.indicator_id = compared.indicator_id
            order by indicator.overview nulls last, indicator.title, compared.name_a, compared.name_b
            """,
            [],
        )

    def summary(self, scope: Scope, level: str, place_id: str) -> polars.DataFrame:
        """One row for each number of the Overview given at the level: the indicator, its latest cell, its verdict."""
        return self._ask(
            scope,
            f"""
            select indicator.* exclude (grain), latest.* exclude (indicator_id, place_id)
            from ({visible(scope, "indicator")}) as indicator
            left join ({visible(scope, "latest_value")}) as latest
                on latest.indicator_id = indicator.indicator_id and latest.level = ? and latest.place_id = ?
            where indicator.overview is not null and list_contains(indicator.levels, ?)
            order by indicator.overview, indicator.title
            """,
            [*seen(scope, "latest_value"), level, place_id, level],
        )

    def series(
        self, scope: Scope, level: str, *, indicator_id: str | None = None, place_id: str | None = None
    ) -> polars.DataFrame:
        """Every period at a level, drawn grain, in time order, with the stored point where there is one.

        Columns: those of indicator_value, and point_no, segment, centre, lower_limit, upper_limit, special_cause,
        point_type, limits. One row for each indicator, place and period.
        """
        asked = {"level": level, "indicator_id": indicator_id, "place_id": place_id}
        chosen = {column: text for column, text in asked.items() if text is not None}
        return self._rows(scope, "chart_series", "indicator_id, name, place_id, period_start", **chosen)

    def annotations(self, scope: Scope) -> polars.DataFrame:
        """Every note on the charts of the places the scope may see, in the order of their days."""
        return self._rows(scope, "annotation", order="on_date, annotation_id")

    def long_absence(self, scope: Scope, level: str, place_id: str) -> polars.DataFrame:
        """How many teams of a place have met often without a service user, in a sentence without names; or no row."""
        return self._rows(scope, "long_absence", level=level, place_id=place_id)

    def breakdown(self, scope: Scope, indicator_id: str, level: str, place_id: str) -> polars.DataFrame:
        """A number of a place by groups of people, one dimension at a time; a row for each dimension, group, period."""
        order = "dimension, category, period_start"
        return self._rows(
            scope, "indicator_breakdown", order, indicator_id=indicator_id, level=level, place_id=place_id
        )

    def gaps(self, scope: Scope, team_id: str) -> polars.DataFrame:
        """A team's stretches of meetings without a service user, in time order, the one still running last."""
        return self._rows(scope, "meeting_gap", order="gap_no", level="team", place_id=team_id)

    def dictionary(self, scope: Scope) -> polars.DataFrame:
        """What every column of every published table holds: table_name, column_name, column_type, description."""
        return self._rows(scope, "data_dictionary")

    def tables(self, scope: Scope) -> polars.DataFrame:
        """Every table from the feeds to what is published: table_name, layer, made_by, description, key, reads, sql."""
        return self._rows(scope, "data_table", order="table_name")

    def tables_behind(self, scope: Scope, table: str) -> polars.DataFrame:
        """A table and all it is made of, back to the feeds: the rows of data_table, each with the most steps to it.

        Columns: steps (0: the table itself), table_name, layer, made_by (file, house or feed), description, key, reads
        and, for those with the right to it, sql. Ordered from the table back.
        """
        return self._ask(
            scope,
            f"""
            with recursive told as ({visible(scope, "data_table")}),
                behind as (
                    select 0 as steps, * from told where table_name = ?
                    union
                    select behind.steps + 1 as steps, told.*
                    from behind inner join told on list_contains(behind.reads, told.table_name)
                )
            select max(steps) as steps, * exclude (steps) from behind group by all order by steps, table_name
            """,
            [table],
        )

    def columns_behind(self, scope: Scope, table: str) -> polars.DataFrame:
        """What each column of a table, and each column behind it, is directly made of, back to the feeds.

        Columns: table_name, column_name, source_table, source_column (empty where rows are counted), way (`passed` on,
        `made` of it, `counted` or `stated` in the file).
        """
        return self._ask(
            scope,
            f"""
            with recursive told as ({visible(scope, "data_lineage")}),
                behind as (
                    select * from told where table_name = ?
                    union
                    select told.*
                    from behind inner join told
                        on behind.source_table = told.table_name and behind.source_column = told.column_name
                )
            select * from behind order by all
            """,
            [table],
        )

    def gap_chart(self, scope: Scope, team_id: str) -> polars.DataFrame:
        """The lines of a team's stretches and a sentence on the one under way; no row where there is none."""
        return self._rows(scope, "gap_chart", level="team", place_id=team_id)

    def of_place(self, scope: Scope, table: str, level: str, place_id: str) -> polars.DataFrame:
        """All that the published `table` holds of one place."""
        return self._rows(scope, table, level=level, place_id=place_id)

    def of_teams(self, scope: Scope, table: str) -> polars.DataFrame:
        """All that `table`, which only the internal edition holds, says of the teams the scope may see."""
        return self._rows(scope, table, level="team")

    def told(self, scope: Scope, table: str, **equal: str) -> polars.DataFrame:
        """All that a published table says where its columns are `equal`, in the order of its columns."""
        return self._rows(scope, table, **equal)

    def _rows(self, scope: Scope, table: str, order: str = "all", **equal: str) -> polars.DataFrame:
        wanted = _all_of(f"{column} = ?" for column in equal)
        question = f"select * from ({visible(scope, table)}) where {wanted} order by {order}"
        return self._ask(scope, question, [*seen(scope, table), *equal.values()])

    def _ask(self, scope: Scope, question: str, parameters: list[object]) -> polars.DataFrame:
        return _answer(scope, str(self.published / self.run_id), question, tuple(parameters))


def _all_of(conditions: Iterable[str]) -> str:
    return " and ".join(conditions) or "true"
