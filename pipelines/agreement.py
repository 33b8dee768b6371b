"""What the headers of indicators say of one another: each number has its own place, each neighbour is there."""

from collections.abc import Iterable, Iterator

from pipelines.faults import ViewError, closest, did_you_mean
from pipelines.headers import IndicatorHeader, line_of_key
from pipelines.views import View

# Keys that give an indicator its place in a row of numbers.
PLACES = ("overview", "side_by_side")


def disagreements(views: Iterable[View]) -> Iterator[ViewError]:
    """What is wrong between the headers of indicators; `views` are all there are."""
    headers = {view: view.header for view in views if isinstance(view.header, IndicatorHeader)}
    names = {view.name for view in headers}
    for view, header in headers.items():
        for name in header.beside:
            if name not in names - {view.name}:
                yield _no_neighbour(view, name, names - {view.name})
    for key in PLACES:
        yield from _shared_places(key, headers)


def _no_neighbour(view: View, name: str, names: Iterable[str]) -> ViewError:
    line = line_of_key("beside", view.toml, view.toml_line)
    why = f"The header's beside names '{name}', which is no other indicator."
    like = closest(name, names)
    meant = like or min(names, default="meetings_not_recorded")
    return ViewError(view.path, line, why + did_you_mean(like), f'beside        = ["{meant}"]')


def _shared_places(key: str, headers: dict[View, IndicatorHeader]) -> Iterator[ViewError]:
    """Each indicator that takes the place of another, which comes before it by name."""
    taken: dict[int, View] = {}
    free = max((getattr(header, key) or 0 for header in headers.values()), default=0) + 1
    for view in sorted(headers, key=lambda view: view.name):
        place = getattr(headers[view], key)
        if place != "" and taken.setdefault(place, view) is not view:
            line = line_of_key(key, view.toml, view.toml_line)
            why = f"The place {key} = {place} is taken by {taken[place].path}."
            yield ViewError(view.path, line, why, f"{key} = {free}")
