"""Commands that show what is published: the dashboard, how things stand, an earlier snapshot."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.application import Data, Port, app


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
    open_dashboard(settings.data, settings.port, is_demo=dev or settings.access == "demo", snapshot=snapshot)


@app.command()
def status(
    data: Data = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Says when the last runs were and the next are, what became of the files and which feeds are late.

    Example: involve status --data data
    """
    import json
    from datetime import UTC, datetime

    from pipelines.settings import load
    from pipelines.status import StatusError, read_runs, read_status, say_runs, say_status

    settings = load(data=data)
    runs = read_runs(settings, datetime.now(UTC))
    try:
        found = read_status(settings.data)
    except StatusError:
        # Runs that failed and runs to come are worth knowing also where nothing is published.
        typer.echo(json.dumps(runs, indent=1, default=str) if as_json else say_runs(runs))
        raise
    typer.echo(json.dumps(found | runs, indent=1, default=str) if as_json else f"{say_status(found)}\n{say_runs(runs)}")


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


def open_dashboard(data: Path, port: int | None, *, is_demo: bool, snapshot: str | None) -> None:
    """Serves `data` until Ctrl-C, then ends with the server's code."""
    from dashboard.serve import serve as serve_dashboard
    from pipelines.settings import load

    raise typer.Exit(serve_dashboard(data, port=load(port=port).port, demo=is_demo, snapshot=snapshot))
