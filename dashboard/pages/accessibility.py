"""How far everybody can use these pages: what was tested, how, on what, and what was not."""

from html import escape

import streamlit

from dashboard import components
from dashboard.access import Scope
from dashboard.store import Store

TITLE = "Accessibility"
ORDER = 11
ICON = ":material/accessibility_new:"
FILTERS = ()
AIM = (
    "These pages should be usable by everybody: with a keyboard alone, with a screen reader, with large text, on a "
    "phone, in the dark, on paper. The measure is the Web Content Accessibility Guidelines (WCAG) 2.2 at level AA."
)
SECTIONS = {
    "What you can do": [
        "Use everything with the keyboard: Tab goes on, Shift and Tab goes back, Enter or the space bar presses, "
        "Escape closes. The first stop on each page skips the menu.",
        "Read every chart without seeing it: a sentence says what it shows, and the same numbers stand in a table.",
        "Enlarge to 400 %, or use a phone: text wraps, and nothing has to be scrolled sideways but wide tables.",
        "Choose light or dark in your device's settings. No meaning is carried by colour alone: marks have shapes, "
        "letters and words.",
        "Ask your device to reduce motion: nothing then moves.",
        "Print any page. The page In plain words fits on one sheet.",
    ],
    "What is tested, each time these pages are changed": [
        "Every page is looked through by axe-core 4.12, for WCAG 2.0, 2.1 and 2.2 at levels A and AA and for good "
        "practice: on a wide screen in light and in dark, and on a phone. With the menu closed it finds nothing. Such "
        "a tool finds only some of the barriers there can be.",
        "A keyboard goes through every page, reaches every control in the order of the page, sees where it is, and "
        "works the filters, menus and buttons.",
        "Every chart has a name, and its numbers stand in a table below it. Tables stay tables on a phone.",
        "Every page fits a width of 320 pixels, which is what is left of a laptop's screen at 400 %.",
        "All this is tried in one browser, Chromium on Linux, with the figures of an invented trust.",
    ],
    "What does not work yet": [
        "On a phone, the open menu is not marked up as one list, so a screen reader may not say how many pages it "
        "holds. Every page in it can be reached and is named.",
        "On a wide screen, what opens under More stands outside the named parts of the page, so a screen reader that "
        "goes from part to part passes it by. It is reached by opening More with the keyboard.",
    ],
    "What has not been tested": [
        "People who use screen readers, magnifiers, voice control or switches have not tried these pages yet.",
        "Other browsers (Edge, Firefox, Safari) and telephones themselves have not been tried, only a screen as narrow "
        "as a telephone's.",
        "Nobody from outside has audited these pages, so we do not claim that they meet the guidelines.",
        "In plain words is written plainly. It is not called easy read, because no group it is for has checked it yet.",
        "Files you download (pictures, workbooks) have not been tested beyond what stands in them.",
    ],
}


def render(scope: Scope, store: Store) -> None:
    """The aim, what a reader can do, what is tested and what is not, and whom to tell."""
    components.state_line(scope, store, "these pages themselves")
    contact = str(store.snapshot(scope)["contact"].item())
    body = "".join(section(title, points) for title, points in SECTIONS.items())
    tell = (
        f"Tell {contact} what you could not read or use, and on what device. Ask for any figure in another form: large "
        "print, a call, a meeting. If you are not content with the answer, the Equality Advisory and Support Service "
        "advises on your rights."
    )
    streamlit.html(
        f'<article class="inv-statement"><h1 class="inv-title">{TITLE}</h1><p>{escape(AIM)}</p>{body}'
        f'<h2 class="inv-small">Something in your way?</h2><p>{escape(tell)}</p></article>'
    )


def section(title: str, points: list[str]) -> str:
    """A heading and its points."""
    items = "".join(f"<li>{escape(point)}</li>" for point in points)
    return f'<h2 class="inv-small">{escape(title)}</h2><ul>{items}</ul>'
