"""Data folders of other versions of the program: built anew or refused in words, never misread."""

import json

import duckdb
import pytest

from pipelines.ledger_copy import LEDGER
from pipelines.rebuilding import rebuild
from pipelines.run import WAREHOUSE, run
from tests.faults.conftest import Tried, in_part
from tests.faults.test_backup import bytes_of
from tests.faults.trust import DAY, Trust
from tests.pipelines.terminal import KEY, involve


def change(trust: Trust, sql: str) -> None:
    with duckdb.connect(str(trust.data / WAREHOUSE)) as connection:
        connection.execute(sql)


OLDER = {
    "an earlier layout": "update ledger.layout set version = 1; alter table raw.meetings drop column mode",
    "a layout from before layouts had versions": "drop table ledger.layout; alter table ledger.run drop as_at",
}


@pytest.mark.parametrize("older", in_part(OLDER, 1))
def test_an_older_warehouse_is_not_written_and_a_rebuild_makes_it_of_today(
    kept: Trust, loaded: Trust, older: str, tried: Tried
) -> None:
    change(kept, OLDER[older])
    before = bytes_of(kept)
    code, said = kept.run()
    assert (code, "older version of involve (layout 1" in said, "involve rebuild" in said) == (1, True, True)
    assert bytes_of(kept) == before
    report = rebuild(kept.settings(), None, today=DAY, tell=lambda _: None)
    assert (report.exit_code, kept.kept()) == (0, loaded.kept())
    tried(f"a warehouse of {older}", 1, "told in words, not written; built anew with equal rows and cells")


@pytest.mark.parametrize("command", in_part(["run", "rebuild"], 1))
def test_a_newer_warehouse_is_left_alone(kept: Trust, command: str, tried: Tried) -> None:
    change(kept, "update ledger.layout set version = 99")
    before = bytes_of(kept)
    said = involve(command, folder=kept.folder, pseudonym_key=KEY)
    assert (said.returncode, "newer version of involve (layout 99" in said.stderr) == (1, True)
    assert "Traceback" not in said.stderr
    assert bytes_of(kept) == before
    tried("a warehouse of a newer version", 1, "refused in words, not a byte changed")


def test_a_newer_ledger_is_not_misread(kept: Trust) -> None:
    (kept.data / WAREHOUSE).unlink()
    ledger = kept.data / LEDGER
    head, *rest = ledger.read_text(encoding="utf-8").splitlines()
    ledger.write_text("\n".join([json.dumps(json.loads(head) | {"version": 2}), *rest]), encoding="utf-8")
    code, said = kept.run()
    assert (code, "ledger.jsonl was written by a newer version" in said) == (1, True)


def test_a_ledger_from_before_versions_is_read_as_before(kept: Trust, loaded: Trust) -> None:
    (kept.data / WAREHOUSE).unlink()
    ledger = kept.data / LEDGER
    ledger.write_text(ledger.read_text(encoding="utf-8").replace(', "version": 1', ""), encoding="utf-8")
    run(kept.settings(), DAY, tell=lambda _: None)
    assert kept.kept() == loaded.kept()
