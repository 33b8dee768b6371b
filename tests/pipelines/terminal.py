"""`involve` as somebody at a terminal gives it."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

KEY = "a key that is only good for tests!"


def command(*arguments: str | Path, folder: Path | None = None, **settings: str) -> dict[str, Any]:
    """How subprocess starts `involve` in `folder`, with INVOLVE_* `settings` and nothing else of INVOLVE_*."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INVOLVE_")}
    given = {f"INVOLVE_{name.upper()}": value for name, value in settings.items()}
    involve = str(Path(sys.executable).with_name("involve"))
    return {"args": [involve, *map(str, arguments)], "cwd": folder, "env": kept | given}


def involve(
    *arguments: str | Path, folder: Path | None = None, stdin: str | None = None, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Runs the command to its end; `stdin` is what stands on its standard input."""
    started = command(*arguments, folder=folder, **settings)
    return subprocess.run(**started, input=stdin, capture_output=True, text=True, check=False, timeout=300)


def shown_at(reader: int) -> str:
    """All that was written to a terminal whose other end is closed; one read may give a part of it."""
    shown = b""
    with os.fdopen(reader, "rb", buffering=0) as terminal, suppress(OSError):  # EIO is how a terminal says it is over
        while part := terminal.read(4096):
            shown += part
    return shown.decode()
