"""Nobody is told of: no pseudonym is published, remade or not, and whatever counts people is under disclosure control.

Both are read from the lineage of columns, over as many tables as lie between. Text in, data out.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipelines.faults import ViewError
from pipelines.feed import Feed, Kind
from pipelines.headers import Header, IndicatorHeader, line_of_key
from pipelines.lineage import Lineage, Origin, Source
from pipelines.made_tables import MadeTable
from pipelines.views import View

EXAMPLE_OF_NOBODY = (
    "select\n    value.edition,\n    value.place_id,\n    value.numerator\n"
    "from published.indicator_value as value\nwhere value.indicator_id = 'meetings_with_service_user'"
)
EXAMPLE_OF_PEOPLE = "counts_people = true"
Makers = Mapping[str, View | MadeTable]


def betrayals(makers: Makers, lineages: Mapping[str, Lineage], feeds: Iterable[Feed]) -> Iterator[ViewError]:
    """What would tell of somebody: a published column of pseudonyms, an indicator of people that denies it."""
    kinds = {
        Source(f"raw.{feed.name}", column.name): column.kind
        for feed in feeds
        for column in feed.columns
        if column.kind.is_secret
    }
    people = _Trail(lineages, frozenset(each for each, kind in kinds.items() if kind is not Kind.SEALED))
    secrets = _Trail(lineages, frozenset(kinds))
    for name, lineage in lineages.items():
        maker = makers[name]
        header = maker.header if isinstance(maker, View) else None
        if isinstance(maker, View) and isinstance(header, IndicatorHeader) and not header.counts_people:
            yield from _denied(maker, lineage, people)
        elif isinstance(maker, View) and isinstance(header, Header) and header.editions:
            yield from _named(maker, lineage, secrets)


@dataclass(frozen=True)
class _Trail:
    """Follows columns back to the `secrets` whose values stand in them."""

    lineages: Mapping[str, Lineage]
    secrets: frozenset[Source]

    def behind(self, columns: Iterable[Source]) -> list[Source]:
        """The secrets whose values stand in these columns, in order."""
        return sorted(self._reached(columns) & self.secrets)

    def counted_for(self, origin: Origin) -> list[Source]:
        """The secrets that were counted, here or in a table before, for a column."""
        reached = self._reached(origin.held)
        before = (self._origin(source).counted for source in reached if source.column)
        return self.behind(origin.counted.union(*before))

    def _reached(self, columns: Iterable[Source]) -> set[Source]:
        found: set[Source] = set()
        waiting = set(columns)
        while waiting:
            source = waiting.pop()
            found.add(source)
            waiting |= set(self._origin(source).held) - found if source.column else set()
        return found

    def _origin(self, source: Source) -> Origin:
        return self.lineages[source.table].columns[source.column]


def _named(view: View, lineage: Lineage, secrets: _Trail) -> Iterator[ViewError]:
    """A pseudonym stands for one person, for ever; so does one that is written otherwise."""
    for name, origin in lineage.columns.items():
        for source in secrets.behind(origin.held)[:1]:
            how = "is" if origin.passed else "is made of"
            why = f"The column '{name}' {how} {source.table}.{source.column}, a pseudonym, which is not published; "
            why += "what is published counts people, as far as disclosure control lets it."
            yield ViewError(view.path, _line(view, lineage, name), why, EXAMPLE_OF_NOBODY)


def _denied(view: View, lineage: Lineage, people: _Trail) -> Iterator[ViewError]:
    """An indicator that says it does not count people, and whose units are people or whose numbers count them."""
    counting = {
        name: lineage.columns[name] for name in ("unit_id", "numerator", "denominator") if name in lineage.columns
    }
    for name, origin in counting.items():
        found = people.behind(origin.sources) if name == "unit_id" else people.counted_for(origin)
        for source in found[:1]:
            line = line_of_key("counts_people", view.toml, view.toml_line)
            verb = "is made of" if name == "unit_id" else "counts"
            why = f"'{name}' (line {_line(view, lineage, name)}) {verb} {source.table}.{source.column}, so this "
            why += "indicator counts people, whom disclosure control protects; the header says that it does not."
            yield ViewError(view.path, line, why, EXAMPLE_OF_PEOPLE)
            return


def _line(view: View, lineage: Lineage, column: str) -> int:
    return view.line_of(lineage.nodes[column]) if column in lineage.nodes else view.line
