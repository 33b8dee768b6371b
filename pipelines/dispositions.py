"""What becomes of every raw row: loaded, quarantined, duplicate or superseded. Derived anew in each run.

The only inputs are the raw rows, in ledger order, and the checks of the feed; files that were refused have no rows.
"""

from collections.abc import Iterable

from pipelines.cells import stored_columns
from pipelines.errors import InvolveError
from pipelines.feed import Feed
from pipelines.suite import Check, SuiteError, broken_by, read_suite
from pipelines.views import View
from pipelines.warehouse import QueryError, Warehouse

# Rows are judged in three passes, each over what the passes before left standing.
PASSES = {"all": 1, "sound": 1, "good": 2, "settled": 3}

# Which person an e-mail address of the register is, the latest row deciding, and how many people it was given for.
ALIASES = (
    "select email, arg_max(person, row_id) as person, count(distinct person) as people from raw.people "
    "where email is not null and person is not null and email <> person group by email"
)


class BalanceError(InvolveError):
    """Rows were lost or counted twice; the message says of which feed and where to look."""


def derive(warehouse: Warehouse, feeds: tuple[Feed, ...], views: Iterable[View]) -> dict[str, dict[str, int]]:
    """Disposes of every raw row; gives for each feed how many rows break each of its checks, by the check's name."""
    facts = {view.name: view for view in views if view.layer == "facts"}
    make_aliases(warehouse)
    counts = {}
    for feed in feeds:
        resolve_people(warehouse, feed)
        make_facts(warehouse, feed, facts.get(feed.name))
        try:
            counts[feed.name] = judge(warehouse, feed)
        except QueryError as error:
            raise SuiteError(f"A check in {feed.name}.suite.toml cannot be carried out: {error}.") from error
        dispose(warehouse, feed)
    summarise(warehouse, feeds)
    return counts


def resolve_people(warehouse: Warehouse, feed: Feed) -> None:
    """Makes `resolved.<feed>`: every raw row, with an e-mail address that the register knows as that person."""
    source = "select * from raw." + feed.name
    named = [name for name in feed.persons if name in feed.key]
    if named:
        resolved = ", ".join(f"coalesce(alias_of_{name}.person, entry.{name}) as {name}" for name in named)
        joins = " ".join(
            f"left join resolved.alias as alias_of_{name} on entry.{name} = alias_of_{name}.email" for name in named
        )
        source = f"select entry.* replace ({resolved}) from raw.{feed.name} as entry {joins}"
    warehouse.execute(f"create or replace view resolved.{feed.name} as {source}")


def make_aliases(warehouse: Warehouse) -> None:
    """Makes `resolved.alias`: which person an e-mail address of the register is; the latest row decides."""
    warehouse.execute(f"create or replace table resolved.alias as {ALIASES}")


def make_facts(warehouse: Warehouse, feed: Feed, view: View | None) -> None:
    """Makes `facts.<feed>`: its rows joined to what its rules need; as they are where no view says more."""
    body = view.body if view else f"select * from resolved.{feed.name}"
    warehouse.execute(f"create or replace table facts.{feed.name} as {body}")


def judge(warehouse: Warehouse, feed: Feed) -> dict[str, int]:
    """Makes `judged.<feed>`, one row for each row and rule it breaks; gives the rows that break each check by name."""
    suite = [check for check in read_suite(feed) if check.holds_rows_back]
    warehouse.execute(f"create or replace table judged.{feed.name} (row_id bigint, rule varchar, pass integer)")
    for schema, before in (("good", 2), ("settled", 3)):
        warehouse.execute(
            f"create or replace view {schema}.{feed.name} as select * from facts.{feed.name} as entry "
            f"anti join (select row_id from judged.{feed.name} where pass < {before}) as bad "
            "on entry.row_id = bad.row_id"
        )
    _find_key_twice(warehouse, feed)
    counts = _judge_single_rows(warehouse, feed, [check for check in suite if PASSES[check.over] == 1])
    for check in sorted(suite, key=lambda check: PASSES[check.over]):
        if PASSES[check.over] > 1:
            counts[check.name] = _judge_together(warehouse, feed, check)
    return counts


def dispose(warehouse: Warehouse, feed: Feed) -> None:
    """Makes `dispositions.<feed>`, one row for each raw row, and `validated.<feed>`, the rows that count.

    Stored is what became of the few rows that are not simply loaded; both are readings of that.
    """
    _find_repeats(warehouse, feed)
    warehouse.execute(
        f"""create or replace table judged.{feed.name}_fate as
        select
            row_id,
            case
                when repeat.is_duplicate then 'duplicate'
                when repeat.is_superseded then 'superseded'
                when bad.rules is not null then 'quarantined'
                else 'loaded'
            end as disposition,
            bad.rules
        from (
            select row_id, list(distinct rule order by rule) as rules from judged.{feed.name} group by row_id
        ) as bad
        full join judged.{feed.name}_repeat as repeat using (row_id)"""
    )
    warehouse.execute(
        f"""create or replace view dispositions.{feed.name} as
        select entry.row_id, entry.file_id, coalesce(fate.disposition, 'loaded') as disposition, fate.rules
        from facts.{feed.name} as entry
        left join judged.{feed.name}_fate as fate on entry.row_id = fate.row_id"""
    )
    warehouse.execute(
        f"""create or replace view validated.{feed.name} as
        select entry.* from facts.{feed.name} as entry
        anti join (select row_id from judged.{feed.name}_fate where disposition <> 'loaded') as held
            on entry.row_id = held.row_id"""
    )
    _must_balance(warehouse, feed)


def _must_balance(warehouse: Warehouse, feed: Feed) -> None:
    """Raises BalanceError unless every raw row has one disposition."""
    # Rows and the sum of their hashes tell two sets of rows apart for a fifth of what counting distinct rows costs.
    read, disposed = (
        warehouse.rows(f"select count(*), sum(hash(row_id)) from {schema}.{feed.name}")[0]
        for schema in ("raw", "dispositions")
    )
    if read != disposed:
        distinct = int(warehouse.value(f"select count(distinct row_id) from dispositions.{feed.name}"))
        raise BalanceError(
            f"{feed.name}: of {read[0]:,} rows read {distinct:,} were disposed of, {disposed[0]:,} times in all, each "
            f"must be once. Look at sql/facts/{feed.name}.sql: it may lose or double rows. Nothing is published."
        )


def summarise(warehouse: Warehouse, feeds: tuple[Feed, ...]) -> None:
    """Makes `dispositions.file_count` and `dispositions.reason_count`, readings of every feed's dispositions."""
    files = " union all ".join(
        f"select '{feed.name}' as feed, file_id, disposition, count(*) as rows_count "
        f"from dispositions.{feed.name} group by all"
        for feed in feeds
    )
    reasons = " union all ".join(
        f"select '{feed.name}' as feed, unnest(rules) as rule from judged.{feed.name}_fate "
        "where disposition = 'quarantined'"
        for feed in feeds
    )
    warehouse.execute(f"create or replace table dispositions.file_count as {files}")
    warehouse.execute(
        f"create or replace table dispositions.reason_count as "
        f"select feed, rule, count(*) as rows_count from ({reasons}) group by all"
    )


def condition(check: Check) -> str:
    """SQL that is true for a row of the facts which breaks a check that judges rows one by one."""
    return "is_ragged" if check.over == "all" else f"(not is_ragged and coalesce({broken_by(check)}, false))"


def _judge_single_rows(warehouse: Warehouse, feed: Feed, checks: list[Check]) -> dict[str, int]:
    conditions = [condition(check) for check in checks]
    places = ", ".join(f"case when {broken} then {place} end" for place, broken in enumerate(conditions))
    warehouse.execute(
        f"create or replace temp table broken_alone as select row_id, unnest([{places}]) as place "
        f"from facts.{feed.name} where {' or '.join(conditions)}"
    )
    rules = ", ".join(f"({place}, '{check.rule}')" for place, check in enumerate(checks))
    warehouse.execute(
        f"insert into judged.{feed.name} select distinct row_id, rule, 1 "
        f"from broken_alone inner join (values {rules}) as check_of (place, rule) using (place)"
    )
    counted = dict(warehouse.rows("select place, count(*) from broken_alone where place is not null group by place"))
    return {check.name: int(counted.get(place, 0)) for place, check in enumerate(checks)}


def _judge_together(warehouse: Warehouse, feed: Feed, check: Check) -> int:
    schema = check.over
    query = str(check.arguments["query"]).replace("{batch}", f"{schema}.{feed.name}")
    warehouse.execute(f"create or replace temp table broken_together as select distinct row_id from ({query}) as found")
    warehouse.execute(
        f"insert into judged.{feed.name} select row_id, ?, ? from broken_together", [check.rule, PASSES[check.over]]
    )
    return int(warehouse.value("select count(*) from broken_together"))


def _find_key_twice(warehouse: Warehouse, feed: Feed) -> None:
    """Makes `judged.<feed>_twice`: the rows whose key may occur more than once, by its hash. All others are at rest.

    Whatever compares rows looks at these alone, so that ten million rows stay cheap.
    """
    key = f"hash({_natural_key(feed)})"
    found = [name for name in feed.key if name not in {column.name for column in feed.read_key}]
    names = [*(column.given for column in feed.read_key), *found]
    given = f"not is_ragged and {' and '.join(f'{name} is not null' for name in names)}"
    warehouse.execute(
        f"""create or replace table judged.{feed.name}_twice as
        select row_id from facts.{feed.name}
        where {given} and {key} in (
            select {key} from facts.{feed.name} where {given} group by all having count(*) > 1
        )"""
    )


def _natural_key(feed: Feed) -> str:
    """SQL for the columns of the key; cells of it that cannot be read are told apart by their digest."""
    unread = " or ".join(f"not {column.given}" for column in feed.read_key if column.kind.is_parsed)
    return ", ".join([*feed.key, *([f"case when {unread} then unreadable end"] if unread else [])])


def _find_repeats(warehouse: Warehouse, feed: Feed) -> None:
    """Makes `judged.<feed>_repeat`: which rows of a key that occurs more than once repeat one, or are replaced."""
    content = ", ".join([*stored_columns(feed), "unreadable"])
    warehouse.execute(
        f"""create or replace table judged.{feed.name}_repeat as
        with contested as (
            select entry.row_id, file_id, {content}, row({_natural_key(feed)}) as natural_key,
                bad.row_id is null as is_good
            from facts.{feed.name} as entry
            semi join judged.{feed.name}_twice as twice on entry.row_id = twice.row_id
            left join (select distinct row_id from judged.{feed.name}) as bad on entry.row_id = bad.row_id
        )
        select
            row_id,
            row_number() over (partition by file_id, {content} order by row_id) > 1 as is_duplicate,
            coalesce(max(file_id) filter (where is_good) over (partition by natural_key) > file_id, false)
                as is_superseded
        from contested"""
    )
