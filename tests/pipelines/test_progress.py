"""What a person at a terminal sees, and what a scheduler is spared."""

import io
import os
import pty
import time

from pipelines.progress import showing
from tests.pipelines.terminal import shown_at


def test_nothing_is_told_where_nobody_looks() -> None:
    out = io.StringIO()
    with showing(out) as tell:
        tell("Building figures")
    assert out.getvalue() == ""


def test_at_a_terminal_each_step_is_a_line_and_a_long_one_counts_its_seconds() -> None:
    reader, writer = pty.openpty()
    with os.fdopen(writer, "w") as out, showing(out) as tell:
        tell("Loading")
        tell("Building figures")
        time.sleep(1.3)
    shown = shown_at(reader)
    assert "  Loading\r\n  Building figures" in shown
    assert "Building figures ... 1 s" in shown
    assert shown.endswith("  Building figures\r\n")
