"""Commands that tell people: alerts, and the week in five lines."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from pipelines.cli.application import Data, app, in_words
from pipelines.settings import RoleName


@app.command()
def alerts(
    data: Data = None,
    try_out: Annotated[
        bool, typer.Option("--try", help="Send a word to every address, to see that they work.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing; the log tells all.")] = False,
) -> None:
    """Tells what happened and was not told yet, and sends the digest when its time has come.

    Exit 0: all is delivered; 1: something could not be. The schedule does so by itself.
    Without it, let this command run every few minutes: a late run is told that way.

    Example: involve alerts --try
    """
    from pipelines.alerts.digest import send_due
    from pipelines.alerts.telling import tell
    from pipelines.alerts.telling import try_out as post_to_all
    from pipelines.settings import load

    settings = load(data=data)
    if try_out:
        tried = post_to_all(settings)
        for where, fault in tried:
            typer.echo(f"{where}: {say_taken(fault)}")
        if not tried:
            typer.echo("No address is set: see alerts in the settings.")
        raise typer.Exit(1 if any(fault for _, fault in tried) else 0)
    now = datetime.now(UTC)
    with in_words("What there is to tell cannot be read or kept"):
        told, digests = tell(settings, now), send_due(settings, now)
    sent, failed = told[0] + digests[0], told[1] + digests[1]
    if not quiet:
        typer.echo(f"{sent} messages sent, {failed} could not be delivered and wait for the next time.")
    raise typer.Exit(1 if failed else 0)


def say_taken(fault: str) -> str:
    """Whether a post was taken, in words."""
    return f"not taken ({fault.replace('_', ' ')})" if fault else "taken"


@app.command()
def digest(
    role: Annotated[RoleName, typer.Option(help="Whose digest.")] = "executive",
    data: Data = None,
) -> None:
    """Shows the week in five lines as a role gets it, sends nothing.

    Example: involve digest --role member
    """
    from pipelines.alerts.digest import write
    from pipelines.settings import load

    typer.echo("\n".join(write(load(data=data).data, role)))
