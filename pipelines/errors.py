"""What every error that was foreseen has in common: one readable text, and the exit code it ends a command with."""


class InvolveError(Exception):
    """Something a person can understand and mend; the message says what is wrong and what to do."""

    exit_code = 1


class WrongUseError(InvolveError):
    """A command was given what it cannot use."""

    exit_code = 2
