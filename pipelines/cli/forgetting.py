"""The command that removes a person."""

import sys
from typing import Annotated

import typer

from pipelines.cli.application import Data, app
from pipelines.progress import showing


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


def read_identifier() -> str:
    """What stands on standard input; at a terminal it is asked for and not shown."""
    if sys.stdin.isatty():
        return str(typer.prompt("Identifier (not shown)", hide_input=True, err=True))
    return sys.stdin.buffer.read(4096).decode("utf-8", "replace")
