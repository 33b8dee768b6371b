"""The only owner of shared widgets, their keys, the address of a view and what a session remembers.

Choices stand in the address by their names, so a link can be read, kept and sent; a name that is not there (any
more), or that the reader may not see, falls back to the default, and the page says that it did.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Literal, cast, get_args
from urllib.parse import urlencode, urlsplit

import polars
import streamlit

from dashboard import wording
from dashboard.access import Role
from dashboard.export import About

PLACE, INDICATOR, VIEW, READER, TEAM = "place", "indicator", "view", "reader", "team"
PERIOD, CATEGORY = "period", "category"
PAIR, FIRST, SECOND = "pair", "first", "second"
OF_TEAM, FOLLOWED, LOST = "of_team", "place_followed", "lost"
NOT_OPEN = "The {} in this link is not open to you, or no longer exists: {} is shown."  # never which of the two
KINDS = {PLACE: "place", INDICATOR: "number", OF_TEAM: "team", FIRST: "first place", SECOND: "second place"}
SNAPSHOT, DEFAULTS, CHOSEN, RESET, ABOUT = "snapshot_in_use", "default_choices", "chosen", "reset", "about"
NARROWEST, WIDEST = 130, 262  # pixels: the widest leaves room for a button beside it on a phone
WHOLE_TRUST = "Whole trust"
ONE_DAY = timedelta(days=1)
View = Literal["One place", "Service areas"]
VIEWS: tuple[View, ...] = get_args(View)
PERIODS = {"All time": None, "Last 2 years": 2, "Last 12 months": 1}  # years back from the last day of the figures
EVERYONE = "Everyone"
READERS: dict[str, Role] = {
    "Executive": "executive",
    "QI lead": "qi_lead",
    "Member": "member",
    "Analyst": "analyst",
    "Admin": "admin",
}


@dataclass(frozen=True)
class Place:
    """A place of the snapshot; `label` is its name in lists and addresses."""

    level: str
    place_id: str
    name: str
    label: str


TRUST = Place("trust", "trust", WHOLE_TRUST, WHOLE_TRUST)


@dataclass(frozen=True)
class Filters:
    """What a page is asked to show; the trust, no indicator and one place where it has no such filter.

    `team` is the one team a page of a team is about: the reader's own, or the one chosen; None where none is open.
    """

    place: Place
    indicator_id: str | None
    view: View
    period: str
    dimension: str | None
    pair: tuple[Place, Place] | None
    team: Place | None

    def since(self, data_to: date) -> date | None:
        """The first day of the period chosen; None for all time."""
        years = PERIODS[self.period]
        return None if years is None else (data_to + ONE_DAY).replace(year=data_to.year + (data_to.month == 12) - years)

    def words(self, *shown: str) -> str:
        """What is shown, in words: `shown`, then the period where it is not all time."""
        return ", ".join([*shown, *([self.period.lower()] if PERIODS[self.period] else [])])


def snapshot_in_use(newest: str | None) -> str | None:
    """The snapshot this session reads: the newest when it began, until the reader asks for a newer one."""
    if streamlit.session_state.get(SNAPSHOT) is None:
        streamlit.session_state[SNAPSHOT] = newest
    return cast(str | None, streamlit.session_state[SNAPSHOT])


def use_snapshot(run_id: str | None) -> None:
    """From now on this session reads `run_id`."""
    streamlit.session_state[SNAPSHOT] = run_id


def remember(about: About) -> None:
    """What the page now drawn is of, for the files taken from it."""
    streamlit.session_state[ABOUT] = about


def about() -> About:
    """What the page now drawn is of; its state line has said so."""
    return cast(About, streamlit.session_state[ABOUT])


def reader(teams: polars.DataFrame) -> tuple[Role, str | None]:
    """The demonstration's switch between readers: the role, and a QI lead's own team."""
    chosen = _choose("Read as", list(READERS), READER)
    role = READERS[chosen]
    if role != "qi_lead" or teams.is_empty():
        return role, None
    labels = _labels(teams)
    return role, labels[_choose("Own team", list(labels), TEAM)].place_id


def bar(wanted: Sequence[str], places: polars.DataFrame, indicators: polars.DataFrame) -> None:
    """The filters a page asks for in one row; `chosen` says what they stand at.

    A page may ask for PLACE, INDICATOR, VIEW, PERIOD, CATEGORY, PAIR and OF_TEAM, which is seen by those to whom
    several teams are open. All are drawn on every page, in the same
    order, those it does not ask for unseen: a choice that comes and goes with the pages goes out of the address too,
    and does not always come back when a reader is quick.
    """
    labels = _labels(places)
    ids = dict(zip(indicator_labels(indicators), indicators["indicator_id"], strict=True))
    groups = dict(zip(indicators["indicator_id"].to_list(), indicators["breakdown"].to_list(), strict=True))
    dimensions = {EVERYONE: None} | {f"By {word}": name for name, word in wording.DIMENSIONS.items()}
    with streamlit.container(horizontal=True, vertical_alignment="center", gap="small", key="inv_filters"):
        indicator_id = ids[_choose("Number", list(ids), INDICATOR)] if ids else None
        view = cast(View, _choose("Show", VIEWS, VIEW))
        place = labels[_choose("Place", list(labels), PLACE)]
        dimension = dimensions[_choose("Groups of people", list(dimensions), CATEGORY)]
        period = _choose("Period", list(PERIODS), PERIOD)
        pair = _pair(labels)
        teams = {label: each for label, each in labels.items() if each.level == "team"}
        team = _team(teams, place)
        streamlit.button("Reset", key=RESET, on_click=_take_back, help="Back to the whole trust")
    given = groups.get(indicator_id) or ()
    by_place = PLACE in wanted and (VIEW not in wanted or view == VIEWS[0])
    by_group = CATEGORY in wanted and by_place and bool(given)
    is_split = by_group and dimension in given
    asked = {INDICATOR: INDICATOR in wanted, VIEW: VIEW in wanted, PLACE: by_place, CATEGORY: by_group}
    asked |= {PERIOD: PERIOD in wanted and not is_split, OF_TEAM: OF_TEAM in wanted and len(teams) > 1}
    asked |= dict.fromkeys((FIRST, SECOND), PAIR in wanted)
    asked[RESET] = any(asked.values())
    streamlit.html(f"<style>{''.join(f'.st-key-{key} {{display: none}}' for key in asked if not asked[key])} </style>")
    streamlit.session_state[CHOSEN] = Filters(
        place if by_place else next(iter(labels.values())),
        indicator_id if INDICATOR in wanted else None,
        view if VIEW in wanted else VIEWS[0],
        period if asked[PERIOD] else next(iter(PERIODS)),
        dimension if is_split else None,
        pair if PAIR in wanted else None,
        team,
    )
    _tell_lost([key for key in KINDS if asked.get(key)], team if OF_TEAM in wanted else None)


def chosen() -> Filters:
    """What the filters of this page stand at."""
    return cast(Filters, streamlit.session_state[CHOSEN])


def link(page: str, **chosen: str) -> str:
    """The address of `page` with the filters in use, `chosen` ones replaced."""
    kept = {
        key: streamlit.session_state[key] for key in (PLACE, PERIOD, READER, TEAM) if key in streamlit.session_state
    }
    return f"{page}?{urlencode({**kept, **chosen})}"


def place_label(places: polars.DataFrame, place_id: str) -> str:
    """The name under which a place (columns of Store.places) is listed."""
    return next(label for label, place in _labels(places).items() if place.place_id == place_id)


def indicator_label(indicators: polars.DataFrame, indicator_id: str) -> str:
    """The name under which an indicator (columns of Store.indicators) is listed."""
    return str(dict(zip(indicators["indicator_id"], indicator_labels(indicators), strict=True))[indicator_id])


def indicator_labels(indicators: polars.DataFrame) -> list[str]:
    """The names under which indicators (columns of Store.indicators) are listed, in their order."""
    return unique(indicators["short_title"].to_list(), indicators["indicator_id"].to_list())


def unique(names: Sequence[str], tellers: Sequence[str]) -> list[str]:
    """`names`, with what tells them apart in brackets where two are the same."""
    often = Counter(names)
    return [name if often[name] == 1 else f"{name} ({teller})" for name, teller in zip(names, tellers, strict=True)]


def _labels(places: polars.DataFrame) -> dict[str, Place]:
    rows = places.to_dicts()
    tellers = [f"{wording.LEVELS[row['level']]} {row['place_id']}" for row in rows]
    names = [WHOLE_TRUST if row["level"] == "trust" else row["name"] for row in rows]
    labels = unique(names, tellers)
    return {
        label: Place(row["level"], row["place_id"], row["name"], label) for label, row in zip(labels, rows, strict=True)
    }


def _pair(labels: dict[str, Place]) -> tuple[Place, Place] | None:
    """Two places of one level to put beside each other: care settings, the later by name first, or service areas."""
    levels = ("care_setting", "service_area")
    settings, areas = ([place for place in labels.values() if place.level == level] for level in levels)
    firsts = [*settings[::-1], *areas] if len(settings) > 1 else areas
    if len(firsts) < 2:
        return None
    first = labels[_choose("Compare", [place.label for place in firsts], FIRST)]
    others = [place for place in firsts if place.level == first.level and place != first]
    second = _choose("with", [place.label for place in others], SECOND) if others else None
    return (first, labels[second]) if second else None


def _team(teams: dict[str, Place], place: Place) -> Place | None:
    """The team a page of one team is about; a reader who turns to a team's place finds that team there."""
    if len(teams) < 2:
        _note_lost(OF_TEAM, list(teams))
        return next(iter(teams.values()), None)
    state = streamlit.session_state
    if place.level == "team" and state.get(FOLLOWED) != place.label and OF_TEAM not in streamlit.query_params:
        state[OF_TEAM] = place.label
    state[FOLLOWED] = place.label
    return teams[_choose("Team", list(teams), OF_TEAM)]


def _note_lost(key: str, options: Sequence[str]) -> None:
    """Keeps in mind that the address asks for what is not among the options: Streamlit takes it out at once."""
    lost = streamlit.session_state.setdefault(LOST, {})
    if streamlit.query_params.get(key, *options[:1]) not in [*options, None]:
        lost[key] = _path()
    elif streamlit.session_state.get(key, *options[:1]) not in [*options[:1], None]:
        lost.pop(key, None)


def _tell_lost(asked: Sequence[str], team: Place | None) -> None:
    """Says, while the reader stays on the page, what its link asks for and does not show."""
    defaults, lost = streamlit.session_state[DEFAULTS], streamlit.session_state[LOST]
    told = {key: defaults[key] for key in asked} | (dict.fromkeys((PLACE, OF_TEAM), team.label) if team else {})
    shown = {key: "the whole trust" if name == WHOLE_TRUST else name for key, name in told.items()}
    words = [NOT_OPEN.format(KINDS[key], shown[key]) for key in KINDS if key in shown and lost.get(key) == _path()]
    if words:
        streamlit.html("".join(f'<p class="inv-offer" role="status">{escape(text)}</p>' for text in words))


def _path() -> str:
    """The path of the page the reader is on."""
    return urlsplit(streamlit.context.url or "").path


def _choose(label: str, options: Sequence[str], key: str) -> str:
    streamlit.session_state.setdefault(DEFAULTS, {})[key] = options[0]
    _note_lost(key, options)
    if streamlit.session_state.get(key, options[0]) not in options:
        streamlit.session_state[key] = options[0]
    chosen = streamlit.selectbox(
        label, options, key=key, bind="query-params", label_visibility="collapsed", width=_width(options)
    )
    return chosen if chosen in options else options[0]


def _width(options: Sequence[str]) -> int:
    return min(WIDEST, max(NARROWEST, 64 + 8 * max(map(len, options))))


def _take_back() -> None:
    # Assigned, not deleted: a deleted choice comes back from the address.
    streamlit.session_state[LOST] = {}
    for key in (PLACE, INDICATOR, VIEW, PERIOD, CATEGORY, FIRST, SECOND, OF_TEAM):
        if key in streamlit.session_state[DEFAULTS]:
            streamlit.session_state[key] = streamlit.session_state[DEFAULTS][key]
