"""Charts as dictionaries: what is in them, and that nothing leaves them out."""

import json
import re
from itertools import pairwise
from typing import Any, get_args

import pytest

from dashboard import wording
from dashboard.access import scope_of_role
from dashboard.charts import counts, drawings, icons, sheet, spc, theme
from dashboard.charts.points import begun, note, points
from dashboard.charts.theme import PALETTES, POINT_COLOURS, POINT_LETTERS, POINT_SHAPES, Theme
from dashboard.store import Store

THEMES: tuple[Theme, ...] = get_args(Theme)
MARKS = ("common", "improvement", "concern", "neutral", "target", "quiet", "ink")
LIGHTEST = 3.0  # WCAG 2.2, 1.4.11
TEXT = ("ink", "quiet")


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def drawn(store: Store, indicator_id: str, place: str = "trust", level: str = "trust") -> list[dict[str, Any]]:
    """The chart rows of a series of the small snapshot."""
    series = store.series(scope_of_role("analyst"), level, indicator_id=indicator_id, place_id=place)
    return points(begun(series.to_dicts()), 5.0)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("mark", MARKS)
def test_every_mark_stands_out_from_its_background(name: Theme, mark: str) -> None:
    palette = PALETTES[name]
    assert contrast(getattr(palette, mark), palette.background) >= (4.5 if mark in TEXT else LIGHTEST)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("mark", ["common", "improvement", "concern", "neutral"])
def test_points_stand_out_from_the_usual_range_too(name: Theme, mark: str) -> None:
    palette = PALETTES[name]
    assert contrast(getattr(palette, mark), palette.band) >= LIGHTEST


def test_a_special_cause_is_told_by_shape_and_letter_and_not_by_colour_alone() -> None:
    special = set(POINT_COLOURS) - {"common_cause", "none"}
    assert special == set(POINT_LETTERS)
    assert POINT_SHAPES["common_cause"] not in {POINT_SHAPES[kind] for kind in special}
    assert len(set(POINT_LETTERS.values())) == len(special)


@pytest.mark.parametrize("name", THEMES)
def test_a_template_is_built_once_and_never_changed_by_filling(store: Store, name: Theme) -> None:
    template = spc.template(name)
    before = json.dumps(template)
    spc.fill(template, drawn(store, "presence"), axis_title="% of meetings, each month", notes={"Jan 25": "1"})
    assert spc.template(name) is template
    assert json.dumps(template) == before


def test_a_filled_chart_holds_its_rows_and_one_scale_on_every_layer(store: Store) -> None:
    rows = drawn(store, "presence")
    got = spc.fill(spc.template("light"), rows, axis_title="% of meetings, each month", top=60)
    assert [row.items() <= filled.items() for row, filled in zip(rows, got["data"]["values"], strict=True)] == [
        True
    ] * 25
    heights = [layer["encoding"]["y"] for layer in got["layer"] if "y" in layer["encoding"]]
    assert [y["title"] for y in heights if y["axis"] and y["title"]] == ["% of meetings, each month"]
    assert all(y["scale"]["domain"] == [0, 60] for y in heights)
    assert all(layer["encoding"]["x"]["scale"]["domain"] == [row["tick"] for row in rows] for layer in got["layer"])


def test_what_the_lines_are_stands_at_their_end_and_never_touches() -> None:
    row = {"lower_limit": 38.0, "centre": 40.0, "upper_limit": 41.0, "target": 40.5}
    got = spc.ends([row], 100, 300)
    assert [text for _, text in got] == ["38\u00a0%", "middle 40\u00a0%", "target 40\u00a0%", "41\u00a0%"]
    apart = [(high - low) * 3 for (low, _), (high, _) in pairwise(got)]
    assert min(apart) >= spc.APART - 1e-4


def test_a_limit_that_is_the_middle_is_told_once() -> None:
    row = {"lower_limit": 0.0, "centre": 0.0, "upper_limit": 4.0, "target": None}
    assert [text for _, text in spc.ends([row], 10, 300, lambda line: f"{line:g}")] == ["middle 0", "4"]


def test_labels_at_the_top_of_the_axis_move_down_and_stay_on_it() -> None:
    row = {"lower_limit": 99.0, "centre": 100.0, "upper_limit": 100.0, "target": 95.0}
    got = [at for at, _ in spc.ends([row], 100, 150)]
    assert got == sorted(got)
    assert got[-1] <= 100


def test_labels_at_the_foot_of_the_axis_move_up() -> None:
    row = {"lower_limit": 0.0, "centre": 0.0, "upper_limit": 0.0, "target": 0.0}
    got = [at for at, _ in spc.ends([row], 10, 300)]
    assert got[0] >= 0
    assert min(high - low for low, high in pairwise(got)) >= spc.APART * 10 / 300 - 1e-4


def test_notes_are_numbered_above_the_plot_and_lined_through_it(store: Store) -> None:
    rows = drawn(store, "presence")
    got = spc.fill(spc.template("light"), rows, axis_title="", notes={"Jan 25": "1", "Mar 25": "2–3"})
    above = [axis for layer in got["layer"] if (axis := layer["encoding"]["x"]["axis"]) and axis.get("orient") == "top"]
    assert [axis["values"] for axis in above] == [["Jan 25", "Mar 25"]]
    assert '"Mar 25": "2\\u20133"' in above[0]["labelExpr"]
    assert [row["tick"] for row in got["data"]["values"] if row["notes"]] == ["Jan 25", "Mar 25"]


@pytest.mark.parametrize(("width", "is_whole"), [(860, True), (150, False)])
def test_numbers_of_notes_that_would_read_as_one_give_way(store: Store, width: int, is_whole: bool) -> None:
    rows = drawn(store, "presence")
    numbers = {row["tick"]: f"n{n}" for n, row in enumerate(rows)}
    spec = spc.fill(spc.template("light"), rows, axis_title="", notes=numbers)
    svg = sheet.drawn_spec({**spec, "width": width})
    written = re.findall(r"<text(?![^>]* opacity=.0.)[^>]*>(n\d+)<", svg)
    assert len(set(written)) > 3
    assert (set(written) == set(numbers.values())) == is_whole


def test_a_run_of_one_letter_is_lettered_at_its_first_point_where_there_is_little_room(store: Store) -> None:
    rows = [row for row in drawn(store, "agenda") if row["letter"]]
    assert len(rows) > 3
    assert [row["begins"] for row in rows] == [True] + [False] * (len(rows) - 1)


def test_only_the_points_are_read_out(store: Store) -> None:
    layers = spc.fill(spc.template("light"), drawn(store, "presence"), axis_title="")["layer"]
    heard = [layer["mark"]["type"] for layer in layers if layer["mark"].get("aria", True)]
    assert heard == ["point"]


def test_a_chart_carries_no_description_because_it_has_an_alt(store: Store) -> None:
    assert "description" not in spc.fill(spc.template("light"), drawn(store, "presence"), axis_title="")


def test_a_month_that_has_not_ended_is_hollow_and_not_joined(store: Store) -> None:
    last = drawn(store, "presence")[-1]
    assert (last["is_open"], last["joined"], last["note"]) == (True, None, "not ended yet")
    assert last["value"] is not None


def test_periods_without_a_figure_leave_a_gap_and_say_why(store: Store) -> None:
    rows = drawn(store, "presence", "A2", "service_area")
    assert [row["joined"] is None for row in rows][3:5] == [True, True]
    assert {row["note"] for row in rows[3:5]} == {"none held"}


def test_under_six_points_there_is_a_line_and_nothing_else(store: Store) -> None:
    rows = [row for row in drawn(store, "active", "A2", "service_area") if row["value"] is not None]
    assert 0 < len(rows) < 6
    assert {(row["centre"], row["lower_limit"], row["letter"]) for row in rows} == {(None, None, "")}


def test_a_special_cause_says_its_rule(store: Store) -> None:
    row = next(row for row in drawn(store, "presence") if row["letter"])
    assert (row["letter"], row["note"]) == ("C", "concern: outside the usual range")


@pytest.mark.parametrize(
    ("highest", "want"),
    [(None, 100), (0.0, 10), (8.0, 10), (9.9, 20), (51.0, 60), (88.0, 100), (100.0, 100)],
)
def test_the_axis_starts_at_nought_and_holds_everything(highest: float | None, want: float) -> None:
    row = {"value": highest, "upper_limit": None, "centre": None, "target": None}
    assert spc.reach([row]) == want


def test_periods_that_hold_nothing_yet_are_left_off_the_end() -> None:
    ended = {"period_start": 1, "is_complete": True, "denominator": None}
    hidden = {"period_start": 2, "is_complete": False, "denominator": None}
    none_yet = {"period_start": 3, "is_complete": False, "denominator": 0}
    under_way = {"period_start": 4, "is_complete": False, "denominator": 4}
    assert begun([ended, hidden, none_yet, under_way]) == [ended, under_way]


def test_counts_without_a_published_percentage_say_so() -> None:
    row = {"numerator": 15, "value": None, "status": "shown", "special_cause": None, "point_type": None}
    assert note(row) == "counts only: too few for a percentage"


def test_a_team_s_chart_has_counts_and_no_limits(store: Store) -> None:
    rows = drawn(store, "presence", "T1", "team")
    got = counts.fill(counts.template("dark"), rows, axis_title="meetings in each month")
    fields = [layer["encoding"]["y"]["field"] for layer in got["layer"] if "y" in layer["encoding"]]
    assert fields == ["denominator", "numerator"]
    assert not any("%" in row["figure"] for row in rows)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("variation", ["common_cause", "improvement_high", "concern_low", "neutral_high", "none"])
def test_an_icon_of_special_cause_says_high_or_low_in_a_letter(name: Theme, variation: str) -> None:
    got = icons.variation_icon(variation, name)
    want = {"improvement_high": "H", "concern_low": "L", "neutral_high": "H"}.get(variation)
    assert got.startswith("<svg")
    assert (f'data-letter="{want}"' in got) if want else ("data-letter" not in got)


@pytest.mark.parametrize("name", THEMES)
def test_every_icon_looks_like_no_other(name: Theme) -> None:
    drawn = [icons.variation_icon(kind, name) for kind in (*icons.VARIATION_MARKS, "none")]
    drawn += [icons.assurance_icon(kind, name) for kind in icons.ASSURANCE_MARKS]
    assert len(set(drawn)) == len(drawn)


def test_every_stored_variation_and_assurance_has_an_icon_and_words() -> None:
    assert set(icons.VARIATION_MARKS) | {"none"} == set(wording.VARIATIONS)
    assert set(icons.ASSURANCE_MARKS) | {"none"} == set(wording.ASSURANCES)


@pytest.mark.parametrize("kind", icons.VARIATION_MARKS)
def test_an_icon_of_24_pixels_has_lines_of_at_least_one(kind: str) -> None:
    widths = re.findall(r'stroke-width="([0-9.]+)"', icons.variation_icon(kind, "light"))
    assert min(map(float, widths)) * 24 / 40 >= 1


def test_a_sparkline_breaks_where_there_is_no_figure() -> None:
    got = drawings.sparkline([10.0, 20.0, None, 30.0, 40.0], [None] * 5, 25.0, "light")
    assert got.count("M") - got.count("stroke-dasharray") == 2


@pytest.mark.parametrize("values", [[], [None], [5.0], [5.0, 5.0]])
def test_a_sparkline_survives_little(values: list[float | None]) -> None:
    assert drawings.sparkline(values, [None] * len(values), None, "dark").startswith("<svg")


def test_a_dot_without_a_value_is_an_empty_axis() -> None:
    assert "circle" not in drawings.dot(None, None, None, "light")
    assert "circle" in drawings.dot(41.0, 30.0, 52.0, "light")


@pytest.mark.parametrize("kind", POINT_COLOURS)
def test_every_kind_of_point_has_a_mark_for_the_legend(kind: str) -> None:
    assert theme.colour_of(kind, "light") in drawings.point(kind, "light")
