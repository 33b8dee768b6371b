"""One run in a process of its own, as the schedule starts it: `python -m pipelines.scheduling.attempt [FEED ...]`.

A process of its own, as a run over a large register needs hundreds of megabytes that Python would keep afterwards, and
what a library breaks (a crash, memory the system refuses) then ends the run and not the schedule. It says how it ended
by its exit code, and what became of it in history and log.
"""

import os
import signal
import sys
from datetime import datetime

from pipelines.errors import STOPPED, TRY_AGAIN, InvolveError, note_stop, was_stopped
from pipelines.run import run
from pipelines.scheduling.timetable import LONDON
from pipelines.settings import load


def main(feeds: list[str]) -> int:
    """Carries out one run over new files of `feeds`, of all without any; gives the exit code."""
    signal.signal(signal.SIGINT, _stop)
    try:
        return run(load(), datetime.now(LONDON).date(), only=feeds, tell=lambda _: None).exit_code
    except BaseException as error:
        if was_stopped(error):
            return STOPPED
        if not isinstance(error, InvolveError):
            raise
        sys.stderr.write(f"involve: {error}\n")
        return TRY_AGAIN if error.is_transient else error.exit_code


def _stop(number: int, _: object) -> None:
    note_stop(number)
    sys.unraisablehook = lambda _: None  # where it hits a destructor, Python would write a traceback
    raise KeyboardInterrupt


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stderr.flush()
    os._exit(code)  # before the libraries say their last words
