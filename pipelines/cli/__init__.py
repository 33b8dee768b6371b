"""The commands of `involve`: every module of this folder adds its own. What is heavy is imported inside the command."""

import sys
from importlib import import_module
from pkgutil import iter_modules

import typer
from typer.exceptions import TyperException

from pipelines.cli.application import app
from pipelines.errors import InvolveError

for _module in iter_modules(__path__):
    if _module.name != "__main__":
        import_module(f"{__name__}.{_module.name}")


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
