"""Commands that make figures: from files delivered, from those of a fictional trust, anew, and without any."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.application import AsAt, Data, Landing, Port, app, today, warn
from pipelines.cli.showing import open_dashboard
from pipelines.progress import showing


@app.command()
def run(
    landing: Landing = None,
    data: Data = None,
    as_at: AsAt = None,
    feed: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Load new files of this feed only; more than once for several."),
    ] = None,
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
        report = running.run(settings, as_at or today(), only=feed or (), tell=tell)
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
        open_dashboard(folder, port, is_demo=True, snapshot=None)


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
def check(
    sql: Annotated[Path | None, typer.Option("--sql", metavar="DIR", help="Another folder of SQL files.")] = None,
) -> None:
    """Reads, orders and binds every file under sql/ and every feed's suite without loading data.

    Example: involve check --sql my-copy/sql
    """
    from pipelines.rehearsal import rehearse
    from pipelines.settings import load

    settings = load(sql=sql)
    with showing() as tell:
        tell("Building every view without data")
        views, checks = rehearse(settings, today())
    typer.echo(f"{views} views and {checks} checks are in order.")
