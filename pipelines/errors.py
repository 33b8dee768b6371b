"""What every error that was foreseen has in common: one readable text, and the exit code it ends a command with."""

STOPPED = 130
TRY_AGAIN = 75  # what sendmail and systemd call a temporary failure


class InvolveError(Exception):
    """Something a person can understand and mend; the message says what is wrong and what to do."""

    exit_code = 1
    # Whether it may pass by itself: a share that is down, a folder another run is at work on. Only such is tried again.
    is_transient = False


class WrongUseError(InvolveError):
    """A command was given what it cannot use."""

    exit_code = 2


_stops: list[int] = []


def note_stop(signal_number: int) -> None:
    """Keeps that this process was told to stop: DuckDB makes another error of what the signal raises inside it."""
    _stops.append(signal_number)


def was_stopped(error: BaseException | None) -> bool:
    """Whether somebody stopped the work: what is raised on the way out (a transaction, say) may hide that."""
    while error and not isinstance(error, KeyboardInterrupt):
        error = error.__context__
    return bool(_stops) or error is not None
