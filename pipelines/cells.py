"""How the text of a cell becomes what its column holds: SQL expressions, one for each kind of column.

Source of the rules: the file rules of the landing contract (dates ISO 8601 or day/month/year, Europe/London).
"""

from pipelines.feed import Column, Feed, Kind
from pipelines.identifiers import holds_an_identifier

# No clock on earth is more than 14 hours from Greenwich. Years are 1000 to 2999: what lies beyond is a slip of the
# hand, and a day that an offset carries past the year 9999 could not be handed on. Numbers fit 32 bits, so that no
# sum of them can overflow.
OFFSET = r"(Z|[+-](0\d|1[0-4])(:?[0-5]\d)?)"
ISO = rf"^[12]\d{{3}}-\d{{2}}-\d{{2}}([T ]\d{{2}}:\d{{2}}(:\d{{2}}(\.\d+)?)?{OFFSET}?)?$"
HAS_OFFSET = rf"[T ].*{OFFSET}$"
SLASHED = r"^\d{1,2}/\d{1,2}/[12]\d{3}( \d{1,2}:\d{2}(:\d{2})?)?$"
WHOLE_NUMBER = r"^[+-]?\d+(\.0*)?$"
SQL_TYPES = {Kind.DATE: "date", Kind.TIME: "timestamp", Kind.NUMBER: "integer"}


def stored_columns(feed: Feed) -> dict[str, str]:
    """Name and SQL type of every column kept of a row of `feed`, in order."""
    columns: dict[str, str] = {}
    for column in feed.columns:
        columns[column.name] = SQL_TYPES.get(column.kind, "varchar")
        if column.kind is Kind.TIME:
            columns[day_of(column)] = "date"
        if column.kind.is_parsed:
            columns[column.given] = "boolean"
    return columns


def day_of(column: Column) -> str:
    """The name of the day, in London, on which a moment falls: held_at -> held_on."""
    return column.name.removesuffix("_at") + "_on"


def parsed_columns(column: Column, *, month_first: bool) -> list[str]:
    """SQL that reads the text column `<name>` into the columns that are kept of it."""
    name = column.name
    if not column.kind.is_parsed:
        return [name]
    if column.kind is Kind.TIME:
        moment = _moment(name, month_first=month_first)
        return [
            f"{moment} as {name}",
            f"{_london_day(moment)} as {day_of(column)}",
            _reads(column, moment),
        ]
    value = {
        Kind.DATE: _london_day(_moment(name, month_first=month_first)),
        Kind.NUMBER: f"case when regexp_matches({name}, '{WHOLE_NUMBER}') "
        f"then try_cast(split_part({name}, '.', 1) as integer) end",
        Kind.NOTE: f"case when not {holds_an_identifier(name)} then {name} end",
        Kind.CHOICE: _choice(column),
    }[column.kind]
    return [f"{value} as {name}", _reads(column, value)]


def _choice(column: Column) -> str:
    chosen = f"{_list(column.choices)}[list_position({_list(column.choices, lower=True)}, lower({column.name}))]"
    last = column.choices[-1] if column.choices else ""
    if not last.endswith("*"):
        return chosen
    beginning = last.removesuffix("*").lower()
    return (
        f"coalesce({chosen}, case when starts_with(lower({column.name}), '{beginning}') "
        f"and length({column.name}) > {len(beginning)} then '{last}' end)"
    )


def unreadable_text(feed: Feed) -> str:
    """SQL for the text of a row's unreadable cells, NULL where every cell can be read."""
    parsed = [column for column in feed.columns if column.kind.is_parsed]
    cells = ", ".join(f"case when not {column.given} then '{column.name}=' || {column.name} end" for column in parsed)
    return f"nullif(concat_ws(chr(31), {cells}), '')"


def _reads(column: Column, value: str) -> str:
    return f"case when {column.name} is not null then ({value}) is not null end as {column.given}"


def _local(name: str, *, month_first: bool) -> str:
    day = "%m/%d/%Y" if month_first else "%d/%m/%Y"
    return (
        f"case when regexp_matches({name}, '{ISO}') then try_cast({name} as timestamp) "
        f"when regexp_matches({name}, '{SLASHED}') "
        f"then try_strptime({name}, ['{day}', '{day} %H:%M', '{day} %H:%M:%S']) end"
    )


def _moment(name: str, *, month_first: bool) -> str:
    local = _local(name, month_first=month_first)
    return (
        f"case when regexp_matches({name}, '{HAS_OFFSET}') and regexp_matches({name}, '{ISO}') "
        f"then timezone('UTC', try_cast({name} as timestamptz)) "
        f"else timezone('UTC', timezone('Europe/London', {local})) end"
    )


def _london_day(moment: str) -> str:
    return f"cast(timezone('Europe/London', timezone('UTC', {moment})) as date)"


def _list(values: tuple[str, ...], *, lower: bool = False) -> str:
    return "[" + ", ".join(f"'{value.lower() if lower else value}'" for value in values) + "]"
