"""The way from interest to the first meeting: what ends where, who waits, who gets through, in stored words."""

import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.access import Role, scope_of_role
from dashboard.charts import bars, waiting
from dashboard.store import Store
from dashboard.way import CAME, DECIDED
from dashboard.wording import SIDES
from tests.dashboard import snapshot
from tests.dashboard.conftest import RUN_ID, Render, drawn_rows, page, text_of
from tests.dashboard.edition import write_edition
from tests.dashboard.involvement import NOT_NOW, REASONS, STAGES, WAITED

READERS: list[Role] = ["executive", "member", "qi_lead", "analyst", "admin"]


def chart(app: Any, number: int) -> dict[str, Any]:
    """A chart of the page as it is drawn."""
    found: dict[str, Any] = json.loads(app.get("vega_lite_chart")[number].proto.spec)
    return found


@pytest.mark.parametrize("role", READERS)
def test_every_part_of_the_way_is_told_to_every_reader(render: Render, role: Role) -> None:
    got = text_of(render("getting_involved", role))
    for want in (
        "From interest to involvement, Jan–Mar 2026: ",
        "A judgement about the person",
        "We could change some of these: meeting times, payment.",
        NOT_NOW,
        WAITED,
        "After the eligibility check</th><td>too few people to say",
        "By route: clearly fewer come through: 1 of 2 groups.",
        "By ethnic group: clearly under-represented: 1 of 4 groups; 1 too few to say.",
        "Not enough people to say.",
    ):
        assert want in got


def test_stages_and_reasons_stand_in_their_order_hidden_ones_too(render: Render) -> None:
    app = render("getting_involved", "executive")
    stages, reasons = (drawn_rows(app, number) for number in (0, 1))
    assert [row["title"] for row in stages] == [title for _, _, title, _ in STAGES]
    assert [row["title"] for row in reasons] == [title for _, _, _, title, _ in REASONS[1:]]
    assert [row["words"] for row in stages] == ["20", "hidden: too few people", "hidden: too few people", "60"]
    domain = [row["label"] for row in reasons]
    assert all(layer["encoding"]["y"]["scale"]["domain"] == domain for layer in chart(app, 1)["layer"])


def test_whose_decision_it_was_is_said_in_words_and_not_by_colour_alone(render: Render) -> None:
    rows = drawn_rows(render("getting_involved", "executive"), 1)
    assert all(SIDES[row["group"]] in row["label"].replace("|", " ") for row in rows)
    assert set(DECIDED) == set(SIDES)


def test_a_place_too_small_for_these_figures_is_shown_the_trust(render: Render) -> None:
    got = text_of(render("getting_involved", "qi_lead", place="Ash ward"))
    assert "Getting involved: Whole trust" in got
    assert "Ash ward. Shown for the whole trust" in got
    assert "Shown for the whole trust" not in text_of(render("getting_involved", "executive", place="Wards"))


def test_where_every_reason_is_hidden_nothing_is_drawn_and_the_table_says_why(render: Render) -> None:
    app = render("getting_involved", "executive", place="Wards")
    assert not app.get("vega_lite_chart")
    assert "hidden: too few people" in text_of(app)
    assert "This is told for the whole trust only" in text_of(app)


@pytest.mark.parametrize("name", ["getting_involved", "side_by_side"])
def test_before_anything_is_complete_each_part_says_so(tmp_path: Path, name: str) -> None:
    from streamlit.testing.v1 import AppTest

    folder = tmp_path / "published" / RUN_ID
    folder.mkdir(parents=True)
    told = snapshot.tables(RUN_ID, "board", late=False)
    empty = {table: rows if table in ("snapshot", "place", "indicator") else [] for table, rows in told.items()}
    write_edition(folder / "board.duckdb", "board", empty)
    store = Store(tmp_path / "published", RUN_ID)
    given = {"name": name, "scope": scope_of_role("executive"), "store": store}
    app = AppTest.from_function(page, kwargs=given, default_timeout=60).run()
    assert not app.exception
    assert not app.get("vega_lite_chart")
    want = {
        "getting_involved": "No period of this place is complete yet.",
        "side_by_side": "No four quarters are complete",
    }
    assert want[name] in text_of(app)


def test_a_bar_of_nobody_has_no_length_and_says_none() -> None:
    row = {"title": "No reply", "denominator": None, "status": "no_activity"}
    assert bars.bar(row, "not_known", "not known")["words"] == "none"
    filled = bars.fill(bars.template("light", tuple(CAME.items())), [bars.bar(row, "came", "came")])
    assert filled["layer"][0]["encoding"]["x"]["scale"]["domain"] == [0, bars.HEADROOM]


def test_a_waiting_curve_is_told_in_weeks_and_drawn_from_all_to_none() -> None:
    row = {"day": 84, "waiting": 45.0, "lower": None, "upper": None}
    filled = waiting.fill(waiting.template("dark"), [row])
    [value] = filled["data"]["values"]
    assert (value["week"], value["after"], value["share"]) == (12, "12 weeks", "45\u00a0%")
    assert all(
        layer["encoding"]["y"].get("scale", {"domain": [0, 100]})["domain"] == [0, 100] for layer in filled["layer"]
    )
