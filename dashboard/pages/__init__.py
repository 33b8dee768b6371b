"""The pages: every module of this folder with a title, an order, an icon, its filters and `render(scope, store)`."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from dashboard.access import Scope
from dashboard.store import Store


@dataclass(frozen=True)
class Page:
    """A page as its file declares it; `name` is the file's name and the page's address."""

    name: str
    title: str
    order: int
    icon: str
    filters: tuple[str, ...]
    render: Callable[[Scope, Store], None]


def find_pages() -> list[Page]:
    """Every page of the folder in its order; a file without one of its declarations raises AttributeError."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    pages = [
        Page(module.__name__.rpartition(".")[2], module.TITLE, module.ORDER, module.ICON, module.FILTERS, module.render)
        for module in modules
    ]
    return sorted(pages, key=lambda page: (page.order, page.name))
