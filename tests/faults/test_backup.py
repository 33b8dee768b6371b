"""Backups: everything but the key, refused when damaged, and enough when all else is gone."""

import json
import os
import shutil
import stat
from pathlib import Path

import pytest

from pipelines.backup import CONTENTS, BackupError, back_up
from pipelines.forgetting import forget
from pipelines.lock import HALF_RESTORED, DataFolderError, locked
from pipelines.rebuilding import rebuild
from pipelines.restore import restore
from pipelines.run import run
from pipelines.settings import SettingsError
from pipelines.status import current_snapshot
from tests.faults.conftest import Tried
from tests.faults.trust import DAY, Trust
from tests.pipelines.terminal import KEY, involve


def bytes_of(trust: Trust) -> dict[Path, bytes]:
    """Every file of both folders, but for the lock and what tells of each try: the log and the history of runs."""
    files = [path for folder in (trust.data, trust.landing) for path in folder.rglob("*") if path.is_file()]
    tells = {trust.data / "runs.jsonl", *(trust.data / "logs").glob("*")}
    return {path: path.read_bytes() for path in files if not path.name.startswith(".lock") and path not in tells}


def lose_all_but_the_backup(trust: Trust) -> None:
    shutil.rmtree(trust.data)
    shutil.rmtree(trust.landing)


def test_from_the_backup_alone_all_is_as_it_was(kept: Trust, loaded: Trust, tried: Tried) -> None:
    lose_all_but_the_backup(kept)
    said = involve("restore", "backup", folder=kept.folder, pseudonym_key=KEY)
    assert (said.returncode, said.stderr) == (0, "")
    assert (kept.kept(), kept.shown()) == (loaded.kept(), loaded.shown())
    kept.must_show_the_truth()
    kept.deliver()
    assert kept.run()[0] == 0
    kept.must_show_the_truth()
    tried("everything but a backup deleted", 1, "restored: every row, file, cell and snapshot; the next run completed")


@pytest.mark.parametrize(
    ("settings", "is_kept"),
    [("", True), (f'PSEUDONYM_KEY = "{KEY}"\n', False), (f"# it was {KEY}\n", False)],
    ids=["no key", "the key", "the key in a comment"],
)
def test_settings_are_kept_to_be_read_unless_the_key_is_among_them(
    kept: Trust, settings: str, *, is_kept: bool
) -> None:
    (kept.folder / "involve.toml").write_text('trust_name = "Ours"\n' + settings)
    said = involve("backup", "another", folder=kept.folder, pseudonym_key=KEY)
    assert (said.returncode, said.stderr) == (0, "")
    assert (kept.folder / "another/settings/involve.toml").is_file() == is_kept
    assert ("as the key stands in it" in said.stdout) == (not is_kept)
    (kept.folder / "involve.toml").unlink()
    lose_all_but_the_backup(kept)
    said = involve("restore", "another", folder=kept.folder, pseudonym_key=KEY)
    assert (said.returncode, "another/settings/involve.toml" in said.stdout) == (0, is_kept)
    assert not (kept.folder / "involve.toml").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such modes")
def test_nobody_else_looks_into_a_backup_or_a_data_folder_that_was_made(kept: Trust, tmp_path: Path) -> None:
    (kept.folder / "open").mkdir(mode=0o755)
    told = [involve("backup", name, folder=kept.folder).stdout for name in ("new", "open")]
    assert ["chmod 700" in words for words in told] == [False, True]
    assert stat.S_IMODE((kept.folder / "new").stat().st_mode) == 0o700
    with locked(tmp_path / "made"):
        assert stat.S_IMODE((tmp_path / "made").stat().st_mode) == 0o700


def test_what_was_restored_can_be_built_anew(kept: Trust) -> None:
    lose_all_but_the_backup(kept)
    restore(kept.settings(), kept.folder / "backup")
    before = kept.shown()
    report = rebuild(kept.settings(), None, today=DAY, tell=lambda _: None)
    assert report.notes == (f"Every published value is as in {before}.",)


def test_the_key_is_in_no_byte_of_it_and_its_id_is(kept: Trust) -> None:
    files = [path.read_bytes() for path in (kept.folder / "backup").rglob("*") if path.is_file()]
    assert files
    assert not [content for content in files if KEY.encode() in content]
    assert json.loads((kept.folder / "backup" / CONTENTS).read_text())["key_id"]


def test_a_key_file_among_the_data_is_refused_before_it_is_copied(kept: Trust) -> None:
    key = kept.data / "key"
    key.write_text(KEY)
    with pytest.raises(SettingsError, match="lies inside"):
        back_up(
            kept.settings().model_copy(update={"pseudonym_key": None, "pseudonym_key_file": key}), kept.folder / "b"
        )
    assert not (kept.folder / "b").exists()


def spoil(backup: Path, how: str) -> None:
    file = next(backup.glob("data/published/*/board.duckdb"))
    contents = backup / CONTENTS
    if how == "a byte":
        with file.open("r+b") as opened:
            opened.seek(5000)
            opened.write(b"!")
    elif how == "a file less":
        file.unlink()
    elif how == "the end of a file":
        file.write_bytes(file.read_bytes()[:-1])
    elif how == "never finished":
        contents.unlink()
    elif how == "half a list":
        contents.write_text(contents.read_text()[:300])
    elif how == "newer":
        contents.write_text(json.dumps(json.loads(contents.read_text()) | {"format": 99, "version": "9.0"}))
    elif how == "leads out":
        told = json.loads(contents.read_text())
        told["files"]["data/../../landing/teams/teams.csv"] = "0" * 64
        contents.write_text(json.dumps(told))


SPOILT = {
    "a byte": r"is damaged or not complete: data/published/.*board\.duckdb\. Nothing was changed",
    "a file less": r"is damaged or not complete: data/published/.*board\.duckdb",
    "the end of a file": r"is damaged or not complete: data/published/.*board\.duckdb",
    "never finished": r"is no backup, or one that was never finished",
    "half a list": r"its backup\.json is damaged",
    "newer": r"was made by a newer version of involve \(9\.0\)",
    "leads out": r"is damaged or not complete: data/\.\./",
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_spoilt_backup_is_refused_in_words_and_nothing_changes(kept: Trust, how: str, tried: Tried) -> None:
    spoil(kept.folder / "backup", how)
    before = bytes_of(kept)
    with pytest.raises(BackupError, match=SPOILT[how]):
        restore(kept.settings(), kept.folder / "backup", is_replacing=True)
    assert bytes_of(kept) == before
    tried("a backup spoilt or not complete", 1, "refused in words each time, nothing changed")


def test_data_that_is_there_is_replaced_only_when_asked(kept: Trust) -> None:
    first = current_snapshot(kept.data).name
    kept.deliver()
    run(kept.settings(), DAY, tell=lambda _: None)
    before = bytes_of(kept)
    again = rf"--data {kept.data} --landing {kept.landing} --replace"
    with pytest.raises(BackupError, match=rf"There is data in .* {again}"):
        restore(kept.settings(), kept.folder / "backup")
    assert bytes_of(kept) == before
    restore(kept.settings(), kept.folder / "backup", is_replacing=True)
    assert kept.shown() == first
    kept.must_show_the_truth(2)


def test_another_landing_file_is_replaced_only_when_asked(kept: Trust) -> None:
    shutil.rmtree(kept.data)
    file = kept.landing / "teams" / "teams.csv"
    was = file.read_bytes()
    file.write_bytes(b"something else")
    with pytest.raises(BackupError, match=r"teams\.csv is not as in the backup"):
        restore(kept.settings(), kept.folder / "backup")
    assert file.read_bytes() == b"something else"
    restore(kept.settings(), kept.folder / "backup", is_replacing=True)
    assert file.read_bytes() == was


def test_with_another_key_it_is_refused(kept: Trust) -> None:
    lose_all_but_the_backup(kept)
    with pytest.raises(SettingsError, match="not the one"):
        restore(kept.settings(KEY[::-1]), kept.folder / "backup")
    assert not kept.data.exists()


def test_without_a_key_it_is_restored_and_told(kept: Trust) -> None:
    lose_all_but_the_backup(kept)
    said = involve("restore", "backup", folder=kept.folder)
    assert (said.returncode, "not set here" in said.stdout) == (0, True)


@pytest.mark.parametrize("place", ["data/backup", "landing/backup", "landing"])
def test_a_backup_has_a_place_of_its_own(kept: Trust, place: str) -> None:
    with pytest.raises(BackupError, match="Name another folder"):
        back_up(kept.settings(), kept.folder / place)


def test_nothing_is_restored_into_the_backup_itself(kept: Trust) -> None:
    inside = kept.settings().model_copy(update={"data": kept.folder / "backup/data"})
    with pytest.raises(BackupError, match="would spoil it"):
        restore(inside, kept.folder / "backup", is_replacing=True)


def test_a_folder_that_holds_something_is_not_written_into(kept: Trust) -> None:
    with pytest.raises(BackupError, match="is not empty"):
        back_up(kept.settings(), kept.folder / "backup")


def test_before_the_first_run_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match=r"nothing in .* to back up yet"):
        back_up(Trust(tmp_path).settings(), tmp_path / "backup")


def test_beside_a_run_both_give_way(kept: Trust) -> None:
    with locked(kept.data):
        with pytest.raises(DataFolderError, match="Another run is at work"):
            back_up(kept.settings(), kept.folder / "another")
        with pytest.raises(DataFolderError, match="Another run is at work"):
            restore(kept.settings(), kept.folder / "backup", is_replacing=True)
    assert not (kept.folder / "another").exists()


@pytest.mark.parametrize("how", ["missing", "empty"])
def test_deliveries_that_are_not_there_are_not_left_out_in_silence(kept: Trust, how: str) -> None:
    shutil.rmtree(kept.landing)
    if how == "empty":
        kept.landing.mkdir()
    said = involve("backup", "another", folder=kept.folder, pseudonym_key=KEY)
    assert (said.returncode, "no file in the landing folder" in said.stderr) == (1, True)
    assert "--without-landing" in said.stderr
    assert not (kept.folder / "another").exists()
    assert back_up(kept.settings(), kept.folder / "another", is_without_landing=True).files


def test_delivered_files_can_be_left_out_and_are_left_alone(kept: Trust) -> None:
    contents = back_up(kept.settings(), kept.folder / "another", is_without_landing=True)
    assert {name.split("/")[0] for name in contents.files} == {"data"}
    before = bytes_of(kept)
    restore(kept.settings(), kept.folder / "another", is_replacing=True)
    assert bytes_of(kept) == before


def test_a_folder_left_half_restored_is_refused_until_it_is_restored(kept: Trust) -> None:
    (kept.data / HALF_RESTORED).touch()  # as a kill leaves it while files take their places
    (kept.data / "warehouse.duckdb").unlink()
    code, said = kept.run()
    assert (code, "left half restored. Restore it again" in said) == (1, True)
    restore(kept.settings(), kept.folder / "backup", is_replacing=True)
    assert kept.run()[0] == 0
    kept.must_show_the_truth()


def test_who_was_forgotten_since_is_told_and_a_rebuild_removes_them(kept: Trust) -> None:
    forget(kept.settings(), "S1")
    _, notes = restore(kept.settings(), kept.folder / "backup", is_replacing=True)
    assert [note for note in notes if "forgotten since this backup was made (1 keys)" in note]
    rebuild(kept.settings(), None, today=DAY, tell=lambda _: None)
    rows = next(rows for query, rows in kept.kept().items() if "raw.attendance" in query)
    assert sorted(str(row[-1]) for row in rows) == ["1"] * 3 * kept.deliveries + ["2"] * kept.deliveries
