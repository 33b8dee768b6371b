"""What a scope may read: which file of a snapshot, which rows and which columns. Decided here and nowhere else."""

from dataclasses import dataclass

from dashboard.access import EVERY_TEAM, SEES_EVERY_TEAM, Scope

# Rows that stand at a place: those of teams are for those who may see the team.
PLACED = frozenset({"place", "chart_series", "latest_value", "signal", "rebase_proposal", "briefing"})
PLACED |= {"annotation", "gap_chart", "indicator_breakdown", "long_absence", "meeting_gap"}
PLACED |= {"meeting_strip", "meeting_place", "chosen_place", "team_note", "recent_meetings", "waiting_now"}
PLACED |= {"presence_by_meeting_type", "who_gets_through", "step_wait", "not_now_waiting", "representation"}
PLACED |= {"waiting_curve", "how_it_ended", "group_summary", "reliance_on_one_person"}
UNPLACED = frozenset({"snapshot", "indicator", "compared_value", "side_by_side"})
UNPLACED |= {"feed_freshness", "load_file", "feed_rows", "quarantine_reason", "check_result"}
DOCUMENTS = frozenset({"data_table", "data_dictionary", "data_lineage"})
FOR_ALL = frozenset({"funnel_point"})  # only those who see every team may read any of it
WITHHELD = {  # columns that only those who see every team may read
    "data_table": ("sql",),
    "indicator": ("sql",),
    "load_file": ("file_name", "sha256", "message"),
}


@dataclass(frozen=True)
class Rights:
    """A scope as the file it opens, a condition on rows with a place, its parameters, and whether it sees all."""

    file: str
    rows: str
    parameters: tuple[object, ...]
    sees_all: bool


def rights_of(scope: Scope) -> Rights:
    """The one place where a scope becomes an edition, rows and columns."""
    every_team = scope.places == EVERY_TEAM
    return Rights(
        file={"internal": "internal.duckdb", "board": "board.duckdb"}[scope.edition],
        rows="true" if every_team else "(level <> 'team' or list_contains(?::varchar[], place_id))",
        parameters=() if every_team else (scope.places,),
        sees_all=scope.role in SEES_EVERY_TEAM,
    )


def visible(scope: Scope, table: str) -> str:
    """The query of what the scope may read of a published table; `seen` are its parameters.

    Raises KeyError for a table of which nobody has said who may read it.
    """
    rights = rights_of(scope)
    if table in PLACED:
        return f"select * from published.{table} where {rights.rows}"
    if table in FOR_ALL:
        return f"select * from published.{table} where {str(rights.sees_all).lower()}"
    if table in DOCUMENTS and not rights.sees_all:
        told = f"select * from published.{table} where table_name not like 'views.%'"
    elif table in DOCUMENTS | UNPLACED:
        told = f"select * from published.{table}"
    else:
        raise KeyError(f"Nobody has said who may read the table {table!r}.")
    withheld = "" if rights.sees_all else ", ".join(f"null as {column}" for column in WITHHELD.get(table, ()))
    return f"select * replace ({withheld}) from ({told})" if withheld else told


def seen(scope: Scope, table: str) -> tuple[object, ...]:
    """The parameters of `visible`."""
    return rights_of(scope).parameters if table in PLACED else ()
