"""The log: one JSON line for each event, and nothing in it that could be somebody."""

import json
from pathlib import Path

import pytest

from pipelines.journal import LOGS, write_line
from pipelines.settings import Settings


def lines(data: Path) -> list[dict[str, object]]:
    return [json.loads(line) for path in (data / LOGS).iterdir() for line in path.read_text().splitlines()]


def test_a_line_says_when_in_which_run_and_what(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    write_line(settings, "20260710-060000", "file", feed="teams", outcome="loaded", rows_in=2)
    write_line(settings, "20260710-060000", "published")
    got = lines(tmp_path)
    assert [line["event"] for line in got] == ["file", "published"]
    assert got[0].keys() == {"at", "run_id", "event", "feed", "outcome", "rows_in"}


@pytest.mark.parametrize("text", ["Jane Doe", "jane@nhs.example", "a,b", "it's", 'say "so"', "x" * 65, "line\nline"])
def test_what_is_no_plain_word_is_not_written(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match="is no plain word") as refused:
        write_line(Settings(data=tmp_path), "r", "file", feed=text)
    assert (text in str(refused.value), list(tmp_path.iterdir())) == (False, [])


def test_a_container_logs_to_standard_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_line(Settings(data=tmp_path, log="stderr"), "r", "published")
    write_line(Settings(data=tmp_path, log="off"), "r", "published")
    assert (json.loads(capsys.readouterr().err)["event"], list(tmp_path.iterdir())) == ("published", [])
