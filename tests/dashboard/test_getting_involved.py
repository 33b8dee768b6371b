"""The way from interest to the first meeting: what ends where, who waits, who gets through, in stored words."""

import json
import re
from pathlib import Path
from typing import Any

import polars
import pytest

from dashboard import section
from dashboard.access import Role, scope_of_role
from dashboard.charts import bars, waiting
from dashboard.store import Store
from dashboard.take_away import take_away
from dashboard.way import CAME, DECIDED
from dashboard.wording import LONG_ABSENCE, NOT_AT_A_MEETING, OF_ENDED, SIDES
from tests.dashboard import snapshot
from tests.dashboard.conftest import RUN_ID, Render, drawn_rows, page, text_of
from tests.dashboard.edition import write_edition
from tests.dashboard.involvement import NOT_NOW, REASONS, WAITED

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
    assert [row["title"] for row in stages] == [
        "No further than: said they were interested",
        "No further than: eligibility check",
        "No further than: first conversation",
        "First meeting",
    ]
    assert [row["title"] for row in reasons] == [title for _, _, _, title, _ in REASONS]
    assert [row["words"] for row in stages] == ["20", "hidden: too few people", "hidden: too few people", "60"]
    domain = [row["label"] for row in reasons]
    assert all(layer["encoding"]["y"]["scale"]["domain"] == domain for layer in chart(app, 1)["layer"])


def test_chart_and_table_tell_all_of_whom_the_sentence_above_speaks(render: Render) -> None:
    app = render("getting_involved", "executive")
    got = text_of(app)
    assert OF_ENDED in got
    assert "People whose way came to a first outcome" in got
    assert "Took part</th><td>became involved</td><td>40 people" in got
    assert [row["people"] for row in drawn_rows(app, 1)] == [people or None for *_, people in REASONS]


def test_of_who_did_not_come_it_is_not_said_that_they_wait(render: Render) -> None:
    app = render("getting_involved", "executive")
    assert "still waiting" not in text_of(app).lower()
    assert NOT_AT_A_MEETING in text_of(app)
    layers = chart(app, 2)["layer"]
    assert {layer["encoding"]["y"]["title"] for layer in layers} == {"% not yet at a meeting"}


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("name", ["getting_involved", "side_by_side"])
def test_files_hold_numbers_and_no_words_in_their_place(
    render: Render, name: str, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: dict[str, polars.DataFrame] = {}

    def kept(part: str, title: str, *, numbers: polars.DataFrame, **shown: Any) -> None:
        taken[part] = numbers
        take_away(part, title, numbers=numbers, **shown)

    monkeypatch.setattr(section, "take_away", kept)
    render(name, role)
    cells = [cell for frame in taken.values() for row in frame.rows() for cell in row if isinstance(cell, str)]
    assert len(taken) >= 2
    assert not [cell for cell in cells if re.match(r"\d+\s*(people|days?|%|weeks)", cell) or cell.startswith("hidden:")]
    if name == "getting_involved":
        assert taken["way"]["people"].to_list() == [20, None, None, 60]
        assert taken["way"]["status"].to_list() == ["shown", "hidden", "hidden", "shown"]
        assert taken["steps"]["half_waited_at_most_days"].to_list() == [21, None]
    else:
        absent = taken["pair"].filter(number=LONG_ABSENCE)
        assert absent.select("place", "counted", "of").rows() == [("Wards", 2, 14), ("Community", 0, 26)]


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
    assert all(layer["encoding"]["x"]["scale"]["domain"] == [0, 12] for layer in filled["layer"])
    assert all(
        layer["encoding"]["y"].get("scale", {"domain": [0, 100]})["domain"] == [0, 100] for layer in filled["layer"]
    )
