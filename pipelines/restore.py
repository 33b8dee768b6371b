"""Puts a backup back: looked through to the last byte first, and only the whole takes its place."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from pipelines import ledger
from pipelines.backup import DATA, LANDING, SETTINGS, BackupError, Contents, copied, must_lie_apart, read_contents
from pipelines.ledger_copy import LEDGER, LedgerCopy, LedgerError, read_copy, write_copy
from pipelines.lock import HALF_RESTORED, RESTORING, locked
from pipelines.pseudonyms import Pseudonyms
from pipelines.publish import POINTER, PUBLISHED, move_pointer, sha256
from pipelines.settings import Settings


def restore(settings: Settings, backup: Path, *, is_replacing: bool = False) -> tuple[Contents, tuple[str, ...]]:
    """Puts landing and data folder back as they were; gives what was restored, and what to know of it, in words.

    Raises BackupError, SettingsError, DataFolderError; then nothing was changed.
    """
    must_lie_apart(settings, backup)
    contents = read_contents(backup)
    notes = _notes_on_key(settings, contents)
    with locked(settings.data, is_restored=True):
        if not is_replacing:
            _must_be_empty(settings, contents, backup)
        staged = settings.data / RESTORING
        _bring(contents, backup / DATA, staged, DATA)
        forgotten = _keep_tombstones(settings.data / LEDGER, staged / LEDGER)
        _bring(contents, backup / LANDING, settings.landing, LANDING)
        _put_in_place(settings.data, staged, contents.shown)
    if forgotten:
        notes.append(
            f"People were forgotten since this backup was made ({forgotten} keys), and their rows are back. Remove "
            "them: involve rebuild"
        )
    settings_of_then = [backup / name for name in contents.files if name.startswith(f"{SETTINGS}/")]
    notes += [f"The settings of then are not put back; they stand in {path}." for path in settings_of_then]
    if contents.shown is None:
        notes.append("Nothing was published when the backup was made. Make figures: involve run")
    return contents, tuple(notes)


def _notes_on_key(settings: Settings, contents: Contents) -> list[str]:
    if settings.pseudonym_key or settings.pseudonym_key_file:
        ledger.must_be_the_key(contents.key_id, Pseudonyms(settings.secret()))
        return []
    return ["The secret of the pseudonyms is not in a backup and not set here. Runs need the one it was made with."]


def _must_be_empty(settings: Settings, contents: Contents, backup: Path) -> None:
    """Raises BackupError where the restored would take the place of something else."""
    again = f"involve restore {backup} --data {settings.data} --landing {settings.landing} --replace"
    if any(not path.name.startswith(".") for path in settings.data.iterdir()):
        raise BackupError(
            f"There is data in {settings.data}. Restore into another folder with --data, or let the backup take its "
            f"place: {again}"
        )
    for name, digest in contents.files.items():
        there = settings.landing / Path(name).relative_to(Path(name).parts[0])
        if name.startswith(f"{LANDING}/") and there.exists() and sha256(there) != digest:
            raise BackupError(
                f"{there} is not as in the backup. Restore into another folder with --landing, or let the backup take "
                f"its place: {again}"
            )


def _bring(contents: Contents, source: Path, target: Path, name: str) -> None:
    """Copies the files of one folder of the backup, each appearing whole; what is there already as it was is left."""
    target.mkdir(parents=True, exist_ok=True)
    for path, digest in contents.files.items():
        if not path.startswith(f"{name}/"):
            continue
        inside = Path(path).relative_to(name)
        final = target / inside
        if final.exists() and sha256(final) == digest:
            continue
        new = final.with_name(f".restored-{final.name}")
        if copied(source / inside, new) != digest:
            raise BackupError(f"{path} changed while it was copied. The data folder was not changed; try again.")
        new.replace(final)


def _keep_tombstones(present: Path, restored: Path) -> int:
    """Lets those who were forgotten since stay forgotten in the ledger; gives how many keys that are."""
    copy = read_copy(restored)
    try:
        since = {*read_copy(present).tombstones} - {*copy.tombstones}
    except LedgerError:
        return 0  # what is damaged is what the backup is put back for
    if since:
        write_copy(restored, LedgerCopy(copy.key_id, copy.arrivals, (*copy.tombstones, *sorted(since, key=str))))
    return len(since)


def _put_in_place(data: Path, staged: Path, shown: str | None) -> None:
    mark = data / HALF_RESTORED
    mark.touch()
    _remove(path for path in data.iterdir() if not path.name.startswith("."))
    for path in staged.iterdir():
        path.replace(data / path.name)
    if shown and (data / PUBLISHED / shown).is_dir():
        (data / PUBLISHED / POINTER).unlink(missing_ok=True)
        move_pointer(data / PUBLISHED, shown)
    staged.rmdir()
    mark.unlink()


def _remove(paths: Iterable[Path]) -> None:
    for path in list(paths):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def say_restored(contents: Contents, notes: Iterable[str]) -> str:
    """What was restored, in words."""
    shown = f", which shows {contents.shown}" if contents.shown else ""
    return "\n".join([f"Restored {len(contents.files):,} files of the backup of {contents.made_at}{shown}.", *notes])
