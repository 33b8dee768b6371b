"""Everything but the key, copied away: the landing folder, the data folder and the settings, each with its digest.

A backup is a folder with `landing/`, `data/`, `settings/` and, written last, `backup.json`; without that it was never
finished. Settings are kept to be read, not put back: they belong to a machine.
"""

import json
import os
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipelines.errors import InvolveError
from pipelines.ledger_copy import LEDGER, read_copy
from pipelines.lock import locked
from pipelines.publish import sha256, sync
from pipelines.settings import Settings, config_file
from pipelines.status import StatusError, current_snapshot

CONTENTS = "backup.json"
FORMAT = 1
DATA, LANDING, SETTINGS = "data", "landing", "settings"


class BackupError(InvolveError):
    """The backup cannot be made or used; nothing was changed, and the message says what to do."""


@dataclass(frozen=True)
class Contents:
    """What a backup holds: `files` by path within it, each with its digest, and which snapshot was shown."""

    files: dict[str, str]
    key_id: str | None
    shown: str | None
    made_at: str
    version: str
    format: int = FORMAT


def back_up(settings: Settings, to: Path, *, is_without_landing: bool = False) -> Contents:
    """Copies the trust's folders to the new folder `to`, while nothing else is at work.

    Raises BackupError, DataFolderError, SettingsError.
    """
    if settings.pseudonym_key or settings.pseudonym_key_file:
        settings.secret()  # refuses a key file that would be copied with the rest
    must_lie_apart(settings, to)
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise BackupError(f"{to} is not empty. Give each backup a folder of its own.")
    with locked(settings.data):
        sources = {DATA: settings.data} | ({} if is_without_landing else {LANDING: settings.landing})
        files = {f"{name}/{path}": source / path for name, source in sources.items() for path in _files(source)}
        files |= {f"{SETTINGS}/{path.name}": path for path in _files_of_settings(settings)}
        if not (settings.data / LEDGER).exists():
            raise BackupError(f"There is nothing in {settings.data} to back up yet. Run: involve run")
        if not is_without_landing and not any(name.startswith(f"{LANDING}/") for name in files):
            raise BackupError(
                f"There is no file in the landing folder {settings.landing}: is the share mounted? To leave delivered "
                "files out on purpose: involve backup --without-landing"
            )
        try:
            to.mkdir(mode=0o700, parents=True, exist_ok=True)
            digests = {name: copied(source, to / name) for name, source in files.items()}
            contents = Contents(digests, _key_id(settings), _shown(settings), _now(), version("involvement-dashboard"))
            _write(to / CONTENTS, json.dumps(asdict(contents), indent=1, ensure_ascii=False) + "\n")
        except OSError as error:
            raise BackupError(f"The backup in {to} was not finished and is none: {error.strerror}.") from error
    return contents


def copied(source: Path, target: Path) -> str:
    """Copies a file so that it outlives a power cut; gives the digest of the copy. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    sync(target)
    return sha256(target)


def read_contents(backup: Path) -> Contents:
    """What the backup says it holds, every file of it found whole. Raises BackupError."""
    try:
        told: dict[str, Any] = json.loads((backup / CONTENTS).read_text(encoding="utf-8"))
        if told["format"] > FORMAT:
            raise BackupError(f"{backup} was made by a newer version of involve ({told['version']}). Use that one.")
        contents = Contents(**told)
    except OSError as error:
        raise BackupError(f"{backup} is no backup, or one that was never finished: {CONTENTS} is missing.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{backup} cannot be used: its {CONTENTS} is damaged. Take another backup.") from error
    damaged = [name for name, digest in contents.files.items() if not _is_whole(backup, name, digest)]
    if damaged:
        more = f" and {len(damaged) - 3} more" if len(damaged) > 3 else ""
        raise BackupError(
            f"{backup} is damaged or not complete: {', '.join(damaged[:3])}{more}. Nothing was changed; take another "
            "backup."
        )
    return contents


def _is_whole(backup: Path, name: str, digest: str) -> bool:
    path = backup / name
    # A name that leads out of the backup is none of its files.
    inside = ".." not in Path(name).parts and not Path(name).is_absolute()
    try:
        return inside and not path.is_symlink() and sha256(path) == digest
    except OSError:
        return False


def must_lie_apart(settings: Settings, backup: Path) -> None:
    """Raises BackupError for a backup inside of what it is a backup of, or that inside of the backup."""
    for folder in (settings.data, settings.landing):
        if backup.resolve().is_relative_to(folder.resolve()):
            raise BackupError(f"{backup} lies inside {folder}, which is what is backed up. Name another folder.")
        if folder.resolve().is_relative_to(backup.resolve()):
            raise BackupError(f"{folder} lies inside {backup}: what changes there would spoil it. Name another folder.")


def _files(folder: Path) -> Iterator[Path]:
    """Every file under `folder`; what begins with a dot is a lock or a trace of work, and a link may lead anywhere."""
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        is_trace = any(part.startswith(".") for part in relative.parts)
        if path.is_file() and not is_trace and path.resolve().is_relative_to(folder.resolve()):
            yield relative


def _files_of_settings(settings: Settings) -> list[Path]:
    """The file of settings, where there is one in which the key does not stand, under whatever name."""
    file = config_file()
    if not file.is_file():
        return []
    text = file.read_text(encoding="utf-8")
    has_key = settings.pseudonym_key or settings.pseudonym_key_file
    names_it = any(name.lower() == "pseudonym_key" for name in tomllib.loads(text))
    return [] if names_it or (has_key and settings.secret().decode() in text) else [file]


def _key_id(settings: Settings) -> str | None:
    return read_copy(settings.data / LEDGER).key_id


def _shown(settings: Settings) -> str | None:
    try:
        return current_snapshot(settings.data).name
    except StatusError:
        return None


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    sync(path)
    sync(path.parent)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def say_backed_up(contents: Contents, to: Path) -> str:
    """What was backed up and what was not, in words."""
    holds_deliveries = any(name.startswith(f"{LANDING}/") for name in contents.files)
    holds_settings = any(name.startswith(f"{SETTINGS}/") for name in contents.files)
    is_open = os.name != "nt" and to.stat().st_mode & 0o077
    return "\n".join(
        [
            f"Backed up {len(contents.files):,} files to {to}.",
            "The secret of the pseudonyms is not among them: keep it in another place, and never lose it.",
            "Delivered files are among them and name people: keep the backup as safe as the landing folder."
            if holds_deliveries
            else "Delivered files are not among them: without them a damaged warehouse cannot be built anew.",
            *(
                [f"{config_file()} is not among them, as the key stands in it: name a key file there instead."]
                if config_file().is_file() and not holds_settings
                else []
            ),
            *([f"Others on this machine may look into it. Let its owner alone: chmod 700 {to}"] if is_open else []),
        ]
    )
