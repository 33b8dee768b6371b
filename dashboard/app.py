"""The entry of the dashboard: who reads, which snapshot, which page."""

import logging
from functools import partial
from pathlib import Path

import polars
import streamlit

from dashboard import NAME, access, components, filters, new_figures
from dashboard.charts import drawings
from dashboard.pages import PageError, find_pages
from dashboard.store import OtherVersionError, SnapshotError, Store, current, is_published
from pipelines.settings import Settings, load

HERE = Path(__file__).parent
SEEN_AT_ONCE = 6  # pages that stand in the navigation themselves; the others open from its last word
LOG = logging.getLogger(__name__)


def main() -> None:
    """One run of the page a reader has open."""
    streamlit.set_page_config(page_title=NAME, page_icon=str(HERE / "icon.svg"), layout="wide")
    streamlit.html(HERE / "style.css")
    if components.theme() == "dark":
        streamlit.html(HERE / "dark_print.css")
    streamlit.logo(drawings.name_plate(NAME, components.theme()), size="medium")
    settings = load()
    allowed = access.signed_in_scope() if settings.access == "sign_in" else None
    if isinstance(allowed, access.Refusal):
        refuse(allowed, settings.contact)
        return
    store = open_store(settings)
    if store is None:
        explain_nothing(settings)
        return
    try:
        show(allowed or demonstration_scope(store), store, is_pinned=settings.snapshot is not None)
    except (OtherVersionError, polars.exceptions.ColumnNotFoundError) as error:
        LOG.error("%s", error)
        explain_other_version(store, settings.contact)
    except SnapshotError as error:
        LOG.error("%s", error)
        explain_unreadable(store, settings.contact)
    except PageError as error:
        LOG.error("%s", error)
        components.message("A page is not complete", *str(error).splitlines(), "Mend it and start the server again.")


def show(scope: access.Scope, store: Store, *, is_pinned: bool) -> None:
    """The navigation over the reader's pages, and the page chosen; a pinned snapshot is never replaced by a newer."""
    found = [page for page in find_pages() if scope.role in page.readers]
    pages = [
        streamlit.Page(
            partial(page.render, scope, store),
            title=page.title,
            icon=page.icon,
            url_path=page.name,
            default=page is found[0],
        )
        for page in found
    ]
    sections = {"": pages[:SEEN_AT_ONCE], "More": pages[SEEN_AT_ONCE:]}
    turned_to = streamlit.navigation({name: some for name, some in sections.items() if some}, position="top")
    streamlit.set_page_config(page_title=f"{turned_to.title} · {NAME}")
    if not is_pinned:
        new_figures.offer_new_figures(store, store.snapshot(scope)["as_at"].item())
    wanted = next(page.filters for page in found if page.title == turned_to.title)
    filters.bar(wanted, store.places(scope), store.indicators(scope))
    turned_to.run()
    components.foot(scope, store)


def open_store(settings: Settings) -> Store | None:
    """The snapshot this session reads; None when there is none."""
    published = settings.data / "published"
    newest = settings.snapshot or current(published)
    run_id = filters.snapshot_in_use(newest)
    if run_id is None or not is_published(published, run_id):
        filters.use_snapshot(newest)
        run_id = newest
    return Store(published, run_id) if run_id and is_published(published, run_id) else None


def demonstration_scope(store: Store) -> access.Scope:
    """The scope of the reader chosen in the visible switch; only where the settings say access is a demonstration."""
    teams = store.places(access.scope_of_role("admin")).filter(polars.col("level") == "team")
    with streamlit.container(horizontal=True, vertical_alignment="center", key="inv_demo"):
        streamlit.html('<p class="inv-demo">Demonstration: read as</p>', width="content")
        return access.scope_of_role(*filters.reader(teams))


def refuse(refusal: access.Refusal, contact: str) -> None:
    """Says why nothing is shown."""
    components.message("Nothing can be shown", refusal.value, f"Questions? Ask {contact}.")
    if refusal in (access.Refusal.SIGNED_OUT, access.Refusal.EXPIRED):
        streamlit.button("Sign in", on_click=streamlit.login, type="primary")


def explain_unreadable(store: Store, contact: str) -> None:
    """Says that the files of the snapshot are damaged, and what to do."""
    components.message(
        "These figures cannot be read",
        "A file they are kept in is damaged or missing. Nothing that was delivered is lost.",
        next_step(store),
        f"Questions? Ask {contact}.",
        f"For those who look after the dashboard: “involve run” makes the figures of snapshot {store.run_id} anew. The "
        "log of the server says what is wrong.",
    )


def explain_other_version(store: Store, contact: str) -> None:
    """Says that the snapshot lacks something this version shows, and what to do."""
    components.message(
        "This page waits for new figures",
        "The dashboard was updated, and this page shows something that the figures, made by another version of it, do "
        "not hold yet. No figure is lost.",
        next_step(store),
        f"Questions? Ask {contact}.",
        "For those who look after the dashboard: “involve run” makes the figures now. The log of the server says what "
        f"snapshot {store.run_id} lacks.",
    )


def next_step(store: Store) -> str:
    """What a reader may do whose figures have to be made once more."""
    if new_figures.are_being_made(store.published):
        return "New figures are being made now. Open this page again in a few minutes."
    return "The next run makes them. Open this page again tomorrow, or ask for a run today."


def explain_nothing(settings: Settings) -> None:
    """Says that nothing is published yet, and what to do."""
    if settings.snapshot:
        components.message(
            "This snapshot is not here",
            f"No snapshot {settings.snapshot} is published. The command “involve status” lists the runs.",
        )
        return
    new_figures.wait_for_first_figures(settings.data / "published")


if __name__ == "__main__":
    main()
