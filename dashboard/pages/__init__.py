"""The pages: every module of this folder with a title, an order, an icon, its filters and `render(scope, store)`.

A page that is not for every reader names its READERS, which are roles.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from dashboard.access import ROLES, Role, Scope
from dashboard.store import Store

DECLARED = ("TITLE", "ORDER", "ICON", "FILTERS", "render")
EXAMPLE = """\
TITLE = "Learning"
ORDER = 3
ICON = ":material/school:"
FILTERS = ()
def render(scope, store): ...
"""


class PageError(Exception):
    """A file of this folder that is not a page: which file, what it lacks, and what a right one declares."""

    def __init__(self, file: str, lacking: list[str]) -> None:
        super().__init__(f"The page file {file} lacks {', '.join(lacking)}. A page declares, for example:\n{EXAMPLE}")


@dataclass(frozen=True)
class Page:
    """A page as its file declares it; `name` is the file's name and the page's address."""

    name: str
    title: str
    order: int
    icon: str
    filters: tuple[str, ...]
    render: Callable[[Scope, Store], None]
    readers: Collection[Role] = ROLES


def find_pages() -> list[Page]:
    """Every page of the folder in its order; a file without one of its declarations raises PageError."""
    pages = [_page(import_module(f"{__name__}.{found.name}")) for found in iter_modules(__path__)]
    return sorted(pages, key=lambda page: (page.order, page.name))


def _page(module: ModuleType) -> Page:
    lacking = [name for name in DECLARED if not hasattr(module, name)]
    if lacking:
        raise PageError(f"{module.__name__.replace('.', '/')}.py", lacking)
    name = module.__name__.rpartition(".")[2]
    return Page(
        name, module.TITLE, module.ORDER, module.ICON, module.FILTERS, module.render, getattr(module, "READERS", ROLES)
    )
