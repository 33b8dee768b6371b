"""The commands of `involve`, nothing else. What is heavy is imported inside the command that needs it."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from pipelines.errors import InvolveError
from pipelines.progress import showing

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

    settings = load(landing=landing, data=data)
    warn(settings.warnings())
    with showing() as tell:
        report = running.run(settings, as_at or today(), only=feed, tell=tell)
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
    with showing() as tell:
        report = prepare(folder, tell=tell)
    typer.echo(say(report))
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


@quarantine.command("export")
def quarantine_export(
    feed: Annotated[str, typer.Option(metavar="NAME", help="The feed whose rows are asked for.")],
    to: Annotated[Path | None, typer.Option(metavar="FILE", help="A file for a spreadsheet, not the screen.")] = None,
    data: Data = None,
) -> None:
    """Gives the rows held back as CSV, for their owner to correct and deliver again; nobody is named in it.

    Find each row in your own file by file_name and row_number. Correct it there, or fill in the empty cells here, and
    deliver the file under any name.

    Example: involve quarantine export --feed meetings --to to-correct.csv
    """
    from pipelines.quarantine import export, write_csv
    from pipelines.settings import load

    with showing() as tell:
        tell("Looking for the rows held back")
        text, count = export(load(data=data), feed)
    if to:
        write_csv(text, to)
    else:
        typer.echo(text, nl=False)
    typer.echo(f"{count:,} rows of {feed} are held back.", err=True)


@app.command()
def forget(
    role: Annotated[
        str | None, typer.Option("--as", metavar="ROLE", help="person or candidate, if it is both.")
    ] = None,
    data: Data = None,
) -> None:
    """Removes the person whose identifier stands on standard input; it is never an argument, which others could see.

    Example: involve forget --data data < identifier.txt
    """
    from pipelines.forgetting import forget as forget_person
    from pipelines.forgetting import role_of, say_forgotten
    from pipelines.settings import load

    settings = load(data=data)
    identifier, named_role = read_identifier(), role_of(role)
    with showing() as tell:
        tell("Removing every row and writing the warehouse anew")
        forgotten = forget_person(settings, identifier, named_role)
    typer.echo(say_forgotten(forgotten, settings.data))


@app.command()
def rebuild(
    landing: Landing = None,
    data: Data = None,
    as_at: AsAt = None,
    without_missing: Annotated[bool, typer.Option("--without-missing", help="Leave out files that are gone.")] = False,
) -> None:
    """Builds everything anew from the landing folder and the ledger, with equal values; killed half way, all stays.

    Example: involve rebuild --landing landing --data data
    """
    from pipelines.rebuilding import rebuild as rebuild_all
    from pipelines.settings import load
    from pipelines.summary import say

    settings = load(landing=landing, data=data)
    warn(settings.warnings())
    with showing() as tell:
        report = rebuild_all(settings, as_at, today=today(), is_without_missing=without_missing, tell=tell)
    typer.echo(say(report))
    raise typer.Exit(report.exit_code)


@app.command()
def check() -> None:
    """Reads, orders and binds every file under sql/ and every feed's suite without loading data.

    Example: involve check
    """
    from pipelines.rehearsal import rehearse

    with showing() as tell:
        tell("Building every view without data")
        views, checks = rehearse(today())
    typer.echo(f"{views} views and {checks} checks are in order.")


@app.command()
def rollback(
    run_id: Annotated[
        str | None, typer.Argument(metavar="[RUN_ID]", help="The snapshot; the one before unless given.")
    ] = None,
    data: Data = None,
) -> None:
    """Shows an earlier snapshot again.

    Example: involve rollback 20260710-060000 --data data
    """
    from pipelines.rollback import roll_back
    from pipelines.settings import load

    typer.echo(roll_back(load(data=data).data, run_id))


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


def read_identifier() -> str:
    """What stands on standard input; at a terminal it is asked for and not shown."""
    if sys.stdin.isatty():
        return str(typer.prompt("Identifier (not shown)", hide_input=True, err=True))
    return sys.stdin.buffer.read(4096).decode("utf-8", "replace")


def warn(warnings: list[str]) -> None:
    """What is allowed and unwise, on standard error."""
    for warning in warnings:
        typer.echo(f"Warning: {warning}", err=True)


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
