"""One process at a time may change a data folder."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines.errors import InvolveError
from pipelines.lock_holder import Holder, held, say_busy

LOCK = ".lock"
REBUILDING = ".rebuilding"
RESTORING = ".restoring"
# Stands while what is restored takes its place; whoever finds it later knows that the folder is half one, half other.
HALF_RESTORED = ".half-restored"
# What is wrong with the disk, whichever file was to be written.
OF_THE_DISK = {
    getattr(errno, name)
    for name in ("ENOSPC", "EDQUOT", "EFBIG", "EROFS", "EIO", "EACCES", "EPERM")
    if hasattr(errno, name)
}


class DataFolderError(InvolveError):
    """The data folder cannot be used now; the message says why and what to do."""


class BusyError(DataFolderError):
    """Another process is at work on the data folder."""

    is_transient = True


@contextmanager
def locked(data: Path, *, is_restored: bool = False) -> Iterator[Holder | None]:
    """Keeps every other process of ours from changing `data` while the block runs. Raises DataFolderError.

    Gives the holder before, where he ended without letting go: what he did was cut off.
    A folder that was left half restored is refused, except to be restored (`is_restored`).
    """
    lock = FileLock(data / LOCK, timeout=0)
    try:
        # For its owner alone, as nobody said otherwise: what one wants to share is made first, with the mode one wants.
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise BusyError(say_busy(data, LOCK)) from error
    except OSError as error:
        raise _not_written(data, error) from error
    try:
        # Nobody else is at work: what lies here was left by one that was ended in the middle.
        for folder in (REBUILDING, RESTORING):
            shutil.rmtree(data / folder, ignore_errors=True)
        if (data / HALF_RESTORED).exists() and not is_restored:
            raise DataFolderError(f"{data} was left half restored. Restore it again: involve restore DIR --replace")
        with held(data) as left:
            yield left
    except OSError as error:
        if error.errno in OF_THE_DISK:
            raise _not_written(data, error) from error
        raise
    finally:
        lock.release()


def _not_written(data: Path, error: OSError) -> DataFolderError:
    return DataFolderError(
        f"The data folder {data} cannot be written: {error.strerror}. What was published before stands."
    )
