"""Every page for every reader, on a snapshot with the edges a page must survive."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import chart_panel, filters, pages
from dashboard.access import ROLES, Role, scope_of_role
from dashboard.filters import Place
from dashboard.pages import DECLARED, EXAMPLE, PageError, find_pages
from dashboard.store import Store
from dashboard.summary_table import summary_numbers
from dashboard.trend import nothing_to_draw, tells
from tests.dashboard.conftest import Render, text_of

NAMES = [found.name for found in find_pages()]
SECRET_TEAMS = ("Birch ward", "Cedar team", "Dogwood team")


def small_percentages(text: str) -> list[str]:
    """Percentages printed beside a denominator under 30."""
    return re.findall(r"\b\d+ of [12]?\d(?:\)|</span>)?(?:<[^>]*>)*\s*\(?\d+(?:\.\d)?\u00a0%", text)


def alts(app: AppTest) -> list[str]:
    """The accessible names of the charts drawn."""
    return [chart.proto.alt for chart in app.get("vega_lite_chart")]


def test_every_file_of_the_folder_is_a_page_in_its_order() -> None:
    folder = Path(pages.__file__).parent
    assert sorted(NAMES) == sorted(file.stem for file in folder.glob("*.py") if file.stem != "__init__")
    assert NAMES[:2] == ["overview", "trends"]
    assert all(page.title and page.icon.startswith(":material/") for page in find_pages())


def test_a_page_file_dropped_in_the_folder_appears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["TITLE, ORDER, ICON, FILTERS = 'Learning', 0, ':material/school:', ()", "def render(scope, store): pass"]
    (tmp_path / "learning_dropped.py").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(pages, "__path__", [*pages.__path__, str(tmp_path)])
    assert next((page.name, page.title) for page in find_pages()) == ("learning_dropped", "Learning")


@pytest.mark.parametrize("missing", DECLARED)
def test_a_page_file_that_lacks_a_declaration_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    lines = [line for line in EXAMPLE.splitlines() if missing not in line]
    (tmp_path / f"without_{missing}.py").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(pages, "__path__", [*pages.__path__, str(tmp_path)])
    with pytest.raises(PageError, match=rf"dashboard/pages/without_{missing}\.py lacks {missing}\.") as got:
        find_pages()
    assert EXAMPLE in str(got.value)


def test_the_example_of_a_page_is_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "page_of_the_example.py").write_text(EXAMPLE, encoding="utf-8")
    monkeypatch.setattr(pages, "__path__", [*pages.__path__, str(tmp_path)])
    assert "page_of_the_example" in [page.name for page in find_pages()]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", NAMES)
def test_every_page_opens_for_every_reader(render: Render, name: str, role: Role) -> None:
    app = render(name, role)
    assert not app.exception
    assert "Complete to 30 Sep 2026, figures as at 3 Oct 2026" in text_of(app)
    assert "20261103-061002" in text_of(app)


@pytest.mark.parametrize("place", ["Wards", "Acute wards", "Brain injury", "Ash ward"])
@pytest.mark.parametrize("name", NAMES)
def test_every_page_opens_for_every_kind_of_place(render: Render, name: str, place: str) -> None:
    app = render(name, "qi_lead", place=place)
    assert not app.exception
    by_place = filters.PLACE in next(page.filters for page in find_pages() if page.name == name)
    assert place in text_of(app) or not by_place
    assert small_percentages(text_of(app)) == []


@pytest.mark.parametrize("role", ["executive", "member", "qi_lead"])
@pytest.mark.parametrize("name", NAMES)
def test_no_page_names_another_team(render: Render, name: str, role: Role) -> None:
    app = render(name, role, place="Birch ward")
    shown = text_of(app) + str([box.options for box in app.selectbox])
    assert not any(team in shown for team in SECRET_TEAMS)


def test_a_proposal_of_new_limits_is_told_in_words_where_there_is_one(render: Render) -> None:
    got = text_of(render("trends", "executive", place="Community"))
    assert "Time for new limits?" in got
    assert "9 months in a row lie above the average of 40" in got
    assert "Time for new limits?" not in text_of(render("trends", "executive"))


def test_a_chart_has_an_alt_a_sentence_a_table_a_download_and_its_meaning(render: Render) -> None:
    app = render("trends", "executive")
    sentence = "presence: no sign of change beyond the usual ups and downs."
    assert alts(app) == [f"Meetings with a service user in the room: Whole trust. {sentence}"]
    assert sentence in text_of(app)
    assert '<table class="inv-numbers"><caption>' in text_of(app)
    kinds = [button.proto.label.partition("(")[2] for button in app.get("download_button")]
    assert kinds == ["PNG)", "SVG)", "XLSX)", "CSV)", "XLSX)", "CSV)"]  # of the chart, and of its notes
    assert "Presence is not influence." in text_of(app)


def test_the_sql_behind_a_number_is_for_analysts(render: Render) -> None:
    assert [code.value for code in render("trends", "analyst").code] == ["select secret_presence from marts.meeting"]
    assert not render("trends", "executive").code


def test_small_multiples_are_one_for_each_area_on_one_scale(render: Render) -> None:
    app = render("trends", "executive", view="Service areas")
    assert [alt.split(".")[0] for alt in alts(app)] == ["Acute wards", "Brain injury", "Community mental health"]
    tops = {re.search(r'"domain": \[0, ([\d.]+)\]', chart.proto.spec)[1] for chart in app.get("vega_lite_chart")}  # type: ignore[index]
    assert len(tops) == 1


@pytest.mark.parametrize(
    ("filters", "want"),
    [
        ({"indicator": "Turned away by us"}, "Every figure of this place is hidden"),
        ({"indicator": "Training completed"}, "too few points to judge"),
        ({"place": "Brain injury"}, "Jul–Sep 2025 and Oct–Dec 2025 (none held)"),
        ({"indicator": "From interest to involvement"}, "Apr–Jun 2025 (hidden: too few people)"),
        ({"place": "Ash ward"}, "too few meetings for limits"),
    ],
)
def test_each_honest_state_has_its_own_words(render: Render, filters: dict[str, str], want: str) -> None:
    app = render("trends", "qi_lead", **filters)
    assert not app.exception
    assert want in text_of(app)


def test_counts_too_few_for_a_percentage_are_said_to_be_so(render: Render) -> None:
    app = render("trends", "executive", place="Acute wards", indicator="From interest to involvement")
    assert "Too few people for a percentage" in text_of(app)
    assert alts(app) == []


def test_a_name_in_the_address_that_is_not_there_falls_back(render: Render) -> None:
    app = render("trends", "executive", place="Nowhere", indicator="Nothing")
    assert "Meetings with a service user in the room: Whole trust" in text_of(app)


LOST = "in this link is not open to you, or no longer exists"


@pytest.mark.parametrize("place", ["Birch ward", "Nowhere"])
def test_a_link_to_what_is_not_open_or_not_there_says_so_and_not_which(render: Render, place: str) -> None:
    app = render("trends", "executive", place=place, indicator="Nothing")
    got, shown = text_of(app), app.selectbox(key="indicator").value
    assert f"The place {LOST}: the whole trust is shown." in got
    assert f"The number {LOST}: {shown} is shown." in got
    assert got.index(LOST) < got.index("<h1")
    assert place not in got


@pytest.mark.parametrize("asked", [{}, {"place": "Wards"}, {"place": "Whole trust"}])
def test_a_link_to_what_is_there_says_nothing_of_it(render: Render, asked: dict[str, str]) -> None:
    assert LOST not in text_of(render("trends", "executive", **asked))


@pytest.mark.parametrize("way", ["reset", "choose"])
def test_what_a_link_did_not_show_is_told_until_the_reader_chooses(render: Render, way: str) -> None:
    app = render("trends", "executive", place="Nowhere")
    assert LOST in text_of(app.run())
    changed = app.button(key="reset").click() if way == "reset" else app.selectbox(key="place").select("Wards")
    assert LOST not in text_of(changed.run())


def test_reset_takes_the_filters_back(render: Render) -> None:
    app = render("trends", "executive", place="Wards", indicator="Share of seats")
    assert "Share of seats taken by service users: Wards" in text_of(app)
    app.button(key="reset").click().run()
    assert "Meetings with a service user in the room: Whole trust" in text_of(app)


def test_text_of_the_snapshot_is_shown_as_text(tmp_path: Path) -> None:
    from dashboard.components import table

    got = table("<script>x</script>", ["<b>", "<i>"], [["<img src=x>", "1 & 2"]])
    assert "<script>" not in got
    assert "<img" not in got
    assert "1 &amp; 2" in got


def test_a_number_that_is_not_given_for_a_level_says_so_there() -> None:
    team = Place("team", "T1", "Ash ward", "Team: Ash ward")
    got = nothing_to_draw({"levels": ["trust", "care_setting"]}, [], team)
    assert got == "This number is not given for a team: choose a larger place."


def test_a_number_that_is_not_judged_says_so_and_blames_no_lack_of_figures(store: Store) -> None:
    reader, trust = scope_of_role("executive"), filters.TRUST
    indicator = store.indicators(reader).row(0, named=True)
    rows = store.series(reader, "trust", indicator_id=indicator["indicator_id"]).to_dicts()
    shown = {**indicator, "chart": ["none", "run", "none"]}
    assert tells(reader, store, shown, trust, rows) == "Shown as it is: this number is not judged for change."
    assert "no sign of change" in tells(reader, store, indicator, trust, rows)


def test_the_mark_of_a_point_that_is_not_judged_is_named_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.chart_panel.theme", lambda: "light")
    point = {"point_type": "none", "value": 4.0, "is_open": False, "centre": None, "lower_limit": None, "target": None}
    assert [words for _, words in chart_panel.entries([point], is_judged=False)] == ["not judged"]
    assert [words for _, words in chart_panel.entries([point])] == ["too few points to judge"]


def test_where_nothing_is_drawn_only_its_own_words_stand(store: Store) -> None:
    reader, trust = scope_of_role("executive"), filters.TRUST
    indicator = {**store.indicators(reader).row(0, named=True), "levels": ["team"]}
    assert tells(reader, store, indicator, trust, []) == ""


def test_a_team_s_counts_are_few_of_what_is_counted(store: Store) -> None:
    reader, team = scope_of_role("qi_lead", "T1"), Place("team", "T1", "Ash ward", "Ash ward")
    indicator = {**store.indicators(reader).row(0, named=True), "unit": "people"}
    rows = [{"numerator": 1, "value": None, "status": "shown"}]
    assert "too few people for limits" in tells(reader, store, indicator, team, rows)
    summary = [{**row, "unit": "people"} for row in store.summary(reader, "team", "T1").to_dicts()]
    assert {row["usual_range"] for row in summary_numbers(team, summary).to_dicts()} == {"too few people"}
