"""The steps of the road over an open warehouse, spelt once for runs, rehearsals and tests; the caller orders them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pipelines import ledger
from pipelines.building import Analysing, Run, begin, build_all
from pipelines.checks import Verdict
from pipelines.dictionary import publish_documents
from pipelines.dispositions import derive
from pipelines.documents import Documents, document
from pipelines.feed import Feed
from pipelines.gates import judge_tables
from pipelines.landing import Delivery
from pipelines.ledger_copy import Arrival, in_order
from pipelines.loading import Loader, load_all, make_raw_tables
from pipelines.pseudonyms import Pseudonyms
from pipelines.settings import Settings
from pipelines.tombstones import buried
from pipelines.views import View
from pipelines.warehouse import Warehouse


@dataclass(frozen=True)
class Road:
    """What every step of one run needs."""

    run: Run
    settings: Settings
    pseudonyms: Pseudonyms
    feeds: tuple[Feed, ...]
    views: tuple[View, ...]

    @cached_property
    def documents(self) -> Documents:
        """What every table and column is. Raises ViewError where something is not described."""
        return document(self.views, self.feeds)


def prepare(warehouse: Warehouse, feeds: tuple[Feed, ...], pseudonyms: Pseudonyms) -> None:
    """Makes what state is kept in, where it is not there yet. Raises SettingsError where the key is another one."""
    ledger.open_ledger(warehouse, pseudonyms)
    make_raw_tables(warehouse, feeds)


def load(
    warehouse: Warehouse, road: Road, deliveries: tuple[Delivery, ...], remembered: tuple[Arrival, ...] = ()
) -> Iterator[ledger.Entry]:
    """Loads what is new, in the order in which it once arrived; yields what became of each file."""
    known = {arrival.identity: arrival for arrival in remembered}
    marks = frozenset(tombstone.mark for tombstone in buried(warehouse))
    loader = Loader(
        warehouse, road.pseudonyms, road.run.run_id, road.settings.refuse_above, forgotten=marks, remembered=known
    )
    return load_all(loader, road.feeds, in_order(deliveries, remembered))


def judge(warehouse: Warehouse, road: Road) -> dict[str, dict[str, int]]:
    """Disposes of every raw row; gives for each feed how many rows break each of its checks, by the check's name."""
    begin(warehouse, road.run, road.settings, road.views)
    counts = derive(warehouse, road.feeds, road.views)
    of_tables = judge_tables(warehouse, road.feeds, road.settings, road.run.as_at)
    return {feed: counts[feed] | of_tables[feed] for feed in counts}


def build(
    warehouse: Warehouse, road: Road, verdicts: Iterable[Verdict], analysing: Analysing | None = None
) -> list[str]:
    """Builds every layer; gives the sentences of the critical checks that failed, which gate publishing."""
    warehouse.drop_unclaimed(road.documents.makers)
    gates = build_all(warehouse, road.views, road.feeds, road.run, road.settings, verdicts, analysing)
    publish_documents(warehouse, road.documents)
    return gates
