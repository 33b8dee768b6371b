"""Commands about the rows that are held back."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.application import Data, app
from pipelines.progress import showing

quarantine = typer.Typer(
    help="What is held back, and why.\n\nExample: involve quarantine list", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(quarantine, name="quarantine")


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
