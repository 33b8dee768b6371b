"""`involve` as somebody at a terminal gives it."""

import os
import subprocess
import sys
from pathlib import Path

KEY = "a key that is only good for tests!"


def involve(*arguments: str | Path, folder: Path | None = None, **settings: str) -> subprocess.CompletedProcess[str]:
    """Runs the command in `folder`, with INVOLVE_* `settings` and nothing else of INVOLVE_* in its environment."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INVOLVE_")}
    given = {f"INVOLVE_{name.upper()}": value for name, value in settings.items()}
    return subprocess.run(
        [str(Path(sys.executable).with_name("involve")), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=kept | given,
        timeout=300,
    )
