"""Commands that keep what there is: copied away, and put back."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.application import Data, Landing, app
from pipelines.progress import showing


@app.command()
def backup(
    to: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is not there yet, or empty.")],
    landing: Landing = None,
    data: Data = None,
    without_landing: Annotated[
        bool, typer.Option("--without-landing", help="Leave out delivered files, which name people.")
    ] = False,
) -> None:
    """Copies everything but the key away: delivered files, ledger, warehouse, snapshots, logs.

    Example: involve backup /backups/2026-07-10 --data data
    """
    from pipelines.backup import back_up, say_backed_up
    from pipelines.settings import load

    settings = load(landing=landing, data=data)
    with showing() as tell:
        tell("Copying everything but the key")
        contents = back_up(settings, to, is_without_landing=without_landing)
    typer.echo(say_backed_up(contents, to))


@app.command()
def restore(
    backup: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a backup.")],
    landing: Landing = None,
    data: Data = None,
    replace: Annotated[bool, typer.Option("--replace", help="Take the place of data that is there.")] = False,
) -> None:
    """Puts a backup back, after every file of it was found as it was written.

    Example: involve restore /backups/2026-07-10 --data data
    """
    from pipelines.restore import restore as put_back
    from pipelines.restore import say_restored
    from pipelines.settings import load

    settings = load(landing=landing, data=data)
    with showing() as tell:
        tell("Looking through the backup and putting it back")
        contents, notes = put_back(settings, backup, is_replacing=replace)
    typer.echo(say_restored(contents, notes))
