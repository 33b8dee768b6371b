"""The demonstration: a believable trust's files, a key of its own, and a run over them."""

import os
import secrets
from pathlib import Path

from pipelines.demo import write_trust
from pipelines.run import Report, Tell, run
from pipelines.settings import load


def prepare(data: Path, *, tell: Tell) -> Report:
    """Makes the trust's landing folder and key beside the data folder and runs the pipelines on them.

    The files are the same to the byte each time, so a second demonstration finds nothing new to load.
    """
    landing = data.with_name(f"{data.name}-landing")
    tell("Making the files of a fictional trust")
    trust = write_trust(landing)
    settings = load(landing=landing, data=data, trust_name=trust.trust_name, pseudonym_key_file=make_key(data))
    return run(settings, trust.as_at, tell=tell)


def make_key(data: Path) -> Path:
    """The demonstration's secret: outside the data folder, readable by its owner alone, made once."""
    path = data.with_name(f"{data.name}.key")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_hex(32) + "\n")
    return path
