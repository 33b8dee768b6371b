"""What the first reader would otherwise wait for, done before the server answers."""

import os
from contextlib import suppress

import typer

from dashboard.access import ROLES, Scope, scope_of_role
from dashboard.charts import counts, spc, theme
from pipelines.settings import Settings, load


def warm_up() -> None:
    """Imports pages, builds templates, asks what first pages ask; a file that is no page ends the process with 1."""
    # Only now: Streamlit's caches take their real storage once its runtime is there.
    from dashboard.pages import PageError, find_pages

    try:
        find_pages()
    except PageError as error:
        # Raised on, it would reach the terminal as a traceback. Nothing is served or open yet.
        typer.echo(str(error), nl=False, err=True)
        os._exit(1)
    for name in theme.PALETTES:
        counts.template(name)
        spc.template(name)
        spc.template(name, small=True)
    for role in ROLES:
        ask(load(), scope_of_role(role))


def ask(settings: Settings, scope: Scope) -> None:
    """Opens the edition of `scope` and asks what its first page asks, where something is published."""
    from dashboard.store import SnapshotError, Store, current, is_published

    published = settings.data / "published"
    run_id = settings.snapshot or current(published)
    if run_id is None or not is_published(published, run_id):
        return
    store = Store(published, run_id)
    with suppress(SnapshotError):  # a damaged snapshot is told on the page, and logged there
        for question in (store.snapshot, store.indicators, store.freshness, store.comparisons):
            question(scope)
        level, place_id = store.places(scope).select("level", "place_id").row(0)
        store.briefing(scope, level, place_id)
        store.summary(scope, level, place_id)
        store.series(scope, level, place_id=place_id)
