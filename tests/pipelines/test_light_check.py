"""`involve check` is what an analyst waits for after each change: it imports nothing that it does not need."""

import subprocess
import sys

import pytest

REHEARSED = (
    "import sys\nfrom datetime import date\nfrom pipelines.rehearsal import rehearse\n"
    "from pipelines.settings import load\n"
    "print(*rehearse(load(), date(2026, 7, 10)), {name!r} in sys.modules)"
)


@pytest.mark.parametrize("name", ["numpy", "pyarrow", "scipy", "great_expectations", "streamlit"])
def test_a_rehearsal_does_without(name: str) -> None:
    said = subprocess.run(
        [sys.executable, "-c", REHEARSED.format(name=name)], capture_output=True, text=True, check=True, timeout=120
    )
    assert said.stdout.split()[-1] == "False"
    assert int(said.stdout.split()[0]) > 100
    assert said.stderr == ""
