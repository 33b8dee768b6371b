"""The application and what its commands share: the options, a day as it is typed, words on standard error."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines.errors import InvolveError

app = typer.Typer(
    name="involve",
    help="Shows whether service users are in the room when services are improved.\n\n"
    "Example: involve run --landing landing --data data",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Data = Annotated[Path | None, typer.Option("--data", metavar="DIR", help="The data folder.")]
Landing = Annotated[Path | None, typer.Option("--landing", metavar="DIR", help="The landing folder.")]
Port = Annotated[int | None, typer.Option("--port", metavar="N", min=0, max=65535, help="Port on 127.0.0.1.")]


def day(text: str) -> date:
    """A date as somebody types it."""
    try:
        read = date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"'{text}' is not a date such as 2026-07-10") from error
    if not 2000 <= read.year < 2200:
        raise typer.BadParameter(f"'{text}' is not a day between 2000 and 2199")
    return read


AsAt = Annotated[
    date | None,
    typer.Option("--as-at", metavar="DATE", parser=day, help="The last day that has happened; today unless given."),
]


@contextmanager
def in_words(what: str) -> Iterator[None]:
    """Tells an error of the disk beneath the block in words, beginning with `what`. Raises InvolveError."""
    try:
        yield
    except OSError as error:
        raise InvolveError(f"{what}: {error.strerror or type(error).__name__}.") from error


def warn(warnings: list[str]) -> None:
    """What is allowed and unwise, on standard error."""
    for warning in warnings:
        typer.echo(f"Warning: {warning}", err=True)


def today() -> date:
    """Today in London, where the trusts are."""
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo("Europe/London")).date()
