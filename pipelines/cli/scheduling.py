"""The command that keeps runs coming."""

from datetime import UTC, datetime

import typer

from pipelines.cli.application import Data, Landing, app, in_words, warn


@app.command()
def schedule(landing: Landing = None, data: Data = None) -> None:
    """Keeps running `run` at the times of the settings' schedule, until Ctrl-C or SIGTERM; then it ends cleanly.

    Times are cron expressions on the clocks of London. Runs missed while nothing ran are made up for by one. A folder
    or share that is down, or another run at work, is tried again later; nothing else is.

    Example: involve schedule --landing landing --data data
    """
    from pipelines.scheduling.keeper import keep
    from pipelines.settings import load

    settings = load(landing=landing, data=data)
    warn(settings.warnings())
    with in_words("The schedule cannot be kept"):
        keep(settings, say=lambda words: typer.echo(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {words}"))
