"""What runs did, one JSON line for each event, for the machines that watch over them; no value, name or text of a file.

Files are named by the beginning of their digest, which the ledger and the manifest lead back to a name.
"""

import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from pipelines.settings import Settings

LOGS = "logs"
DIGITS_OF_A_FILE = 12
# What may stand in a line: words of our own, digests, days. Nothing with a space, an @ or a quotation mark.
WORD = re.compile(r"[\w:.-]{0,64}")


def write_line(settings: Settings, run_id: str, event: str, **facts: str | float) -> None:
    """Adds a line to `logs/<year>-<month>.jsonl` of the data folder, or where the setting `log` says.

    Raises ValueError for a fact that is no plain word or number: it might be somebody's.
    """
    for name, fact in facts.items():
        if isinstance(fact, str) and not WORD.fullmatch(fact):
            raise ValueError(f"{name} is no plain word and does not enter the log.")
    now = datetime.now(UTC)
    at = now.isoformat(timespec="milliseconds")
    line = json.dumps({"at": at, "run_id": run_id, "event": event} | facts) + "\n"
    if settings.log == "stderr":
        sys.stderr.write(line)
    elif settings.log == "file":
        _append(settings.data / LOGS / f"{now:%Y-%m}.jsonl", line)


def _append(path: Path, line: str) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(line)
