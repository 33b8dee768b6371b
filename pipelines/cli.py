"""The commands of `involve`, nothing else. What is heavy is imported inside the command that needs it."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

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
quarantine = typer.Typer(
    help="What is held back, and why.\n\nExample: involve quarantine list", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(quarantine, name="quarantine")

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


@app.command()
def run(
    landing: Landing = None,
    data: Data = None,
    as_at: AsAt = None,
    feed: Annotated[str | None, typer.Option(metavar="NAME", help="Load new files of this feed only.")] = None,
) -> None:
    """Loads, checks, builds and publishes, once. Exit 0: all loaded; 1: a file refused or a gate failed; 2: wrong use.

    Example: involve run --landing landing --data data --as-at 2026-07-10
    """
    from pipelines import run as running
    from pipelines.settings import load
    from pipelines.summary import say

    report = running.run(load(landing=landing, data=data), as_at or today(), only=feed, tell=progress)
    typer.echo(say(report))
    raise typer.Exit(report.exit_code)


@app.command()
def demo(
    data: Data = None,
    port: Port = None,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Stop after the run.")] = False,
) -> None:
    """Makes a believable trust's files in the real formats, runs the pipelines on them, opens the dashboard.

    Example: involve demo --port 8501
    """
    from pipelines.demonstration import prepare
    from pipelines.summary import say

    folder = data or Path(".demo/data")
    typer.echo(say(prepare(folder, tell=progress)))
    typer.echo("The trust is fictional. Some faults are in its files on purpose, to show what becomes of them.")
    if not no_serve:
        _serve(folder, port, is_demo=True, snapshot=None)


@app.command()
def serve(
    data: Data = None,
    port: Port = None,
    snapshot: Annotated[str | None, typer.Option(metavar="RUN_ID", help="Show this snapshot, not the latest.")] = None,
    dev: Annotated[bool, typer.Option("--dev", help="Choose the reader on the page, without sign-in.")] = False,
) -> None:
    """Opens the dashboard on what is published.

    Example: involve serve --data data --port 8501
    """
    from pipelines.settings import load

    settings = load(data=data, port=port)
    _serve(settings.data, settings.port, is_demo=dev or settings.access == "demo", snapshot=snapshot)


@app.command()
def status(
    data: Data = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Says when the last run was, what became of the files and which feeds are late.

    Example: involve status --data data
    """
    from pipelines.settings import load
    from pipelines.status import read_status, say_status

    found = read_status(load(data=data).data)
    if as_json:
        import json

        typer.echo(json.dumps(found, indent=1, default=str))
    else:
        typer.echo(say_status(found))


@quarantine.command("list")
def quarantine_list(data: Data = None) -> None:
    """Lists how many rows of each feed are held back for which reason.

    Example: involve quarantine list --data data
    """
    from pipelines.settings import load
    from pipelines.status import read_status
    from pipelines.summary import say_held_back

    typer.echo(say_held_back(read_status(load(data=data).data)["held_back"]))


@app.command()
def check() -> None:
    """Reads, orders and binds every file under sql/ and every feed's suite without loading data.

    Example: involve check
    """
    from pipelines.rehearsal import rehearse

    views, checks = rehearse(today())
    typer.echo(f"{views} views and {checks} checks are in order.")


def main() -> None:
    """The entry of the command `involve`: an error that was foreseen is one readable text, never a traceback."""
    try:
        code = app(standalone_mode=False)
    except TyperException as error:
        typer.echo(f"involve: {error.format_message().rstrip('.')}. See 'involve --help'.", err=True)
        code = 2
    except InvolveError as error:
        typer.echo(f"involve: {error}", err=True)
        code = error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        typer.echo("involve: stopped.", err=True)
        code = 130
    sys.exit(code)


def progress(step: str) -> None:
    """One line on standard error for each step."""
    typer.echo(f"  {step}", err=True)


def today() -> date:
    """Today in London, where the trusts are."""
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo("Europe/London")).date()


def _serve(data: Path, port: int | None, *, is_demo: bool, snapshot: str | None) -> None:
    from dashboard.serve import serve as serve_dashboard
    from pipelines.settings import load

    raise typer.Exit(serve_dashboard(data, port=load(port=port).port, demo=is_demo, snapshot=snapshot))


if __name__ == "__main__":
    main()
