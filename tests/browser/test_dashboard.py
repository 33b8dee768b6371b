"""What only a browser shows: addresses, new data on an open page, screens, and that nothing leaves the machine."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.conftest import Visit
from tests.dashboard.snapshot import build

NEWER = "20261104-061002"
SIZES_AND_SCHEMES = [(1366, "light"), (1366, "dark"), (390, "light"), (390, "dark")]


def filters_of(address: str) -> dict[str, str]:
    """The filters that stand in an address."""
    return {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}


@pytest.mark.parametrize(("width", "scheme"), SIZES_AND_SCHEMES)
def test_the_first_sentence_is_seen_without_scrolling(visit: Visit, width: int) -> None:
    visit.open("/")
    box = visit.page.locator(".inv-headline").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < (visit.page.viewport_size or {"height": 0})["height"]


def test_a_filter_goes_into_the_address_and_comes_back_from_it(visit: Visit) -> None:
    visit.open("/trends")
    visit.choose("Number", "Share of seats")
    visit.choose("Place", "Wards")
    assert filters_of(visit.page.url) == {"indicator": "Share of seats", "place": "Wards"}
    visit.page.reload()
    visit.drawn()
    assert "Share of seats taken by service users: Wards" in visit.text()


def test_filters_are_kept_from_page_to_page_and_reset_in_one_click(visit: Visit) -> None:
    visit.open("/?place=Wards&reader=Analyst")
    visit.page.get_by_role("link", name="Trends").click()
    visit.page.get_by_text("Meetings with a service user in the room: Wards").wait_for()
    visit.page.wait_for_url("**/trends?*place=Wards*")
    assert filters_of(visit.page.url) == {"reader": "Analyst", "place": "Wards"}
    visit.page.get_by_role("button", name="Reset").click()
    visit.page.get_by_text("Meetings with a service user in the room: Whole trust").wait_for()
    assert filters_of(visit.page.url) == {"reader": "Analyst"}


def test_a_filter_of_one_page_is_still_there_after_another_page(visit: Visit) -> None:
    visit.open("/trends?indicator=Share+of+seats")
    visit.page.get_by_role("link", name="Overview").click()
    visit.page.get_by_text("Overview: Whole trust").wait_for()
    assert visit.page.get_by_role("combobox", name="Place").is_visible()
    assert not visit.page.get_by_role("combobox", name="Number").is_visible()
    visit.page.get_by_role("link", name="Trends").click()
    visit.page.get_by_text("Share of seats taken by service users: Whole trust").wait_for()
    visit.page.wait_for_url("**/trends?indicator=Share+of+seats")


def test_a_number_of_the_overview_leads_to_its_trend_with_the_filters_in_use(visit: Visit) -> None:
    visit.open("/?place=Wards&reader=Analyst")
    visit.page.get_by_role("link", name="Agenda items by service users").click()
    visit.page.wait_for_url("**/trends**")
    visit.drawn()
    assert "Agenda items raised by service users: Wards" in visit.text()
    assert filters_of(visit.page.url)["reader"] == "Analyst"
    assert visit.errors == []


def test_a_click_anywhere_on_a_row_and_the_keyboard_lead_to_its_trend(visit: Visit) -> None:
    visit.open("/")
    row = visit.page.locator("tr.inv-number", has_text="Agenda items by service users")
    row.locator("td.inv-range").first.click(force=True)  # the row's link lies above its cells
    visit.page.wait_for_url("**/trends**")
    visit.drawn()
    assert "Agenda items raised by service users: Whole trust" in visit.text()
    visit.open("/")
    visit.page.get_by_role("link", name="Meetings not recorded").focus()
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/trends**")
    visit.drawn()
    assert "Meetings where we do not know who came: Whole trust" in visit.text()


def test_two_places_chosen_stand_in_the_address_and_a_shared_link_opens_them(visit: Visit) -> None:
    visit.open("/side_by_side")
    visit.choose("Compare", "Brain injury")
    visit.choose("with", "Community mental health")
    assert filters_of(visit.page.url) == {"first": "Brain injury", "second": "Community mental health"}
    visit.open(visit.page.url.removeprefix(visit.address))
    assert "Side by side: Brain injury beside Community mental health" in visit.text()
    assert visit.errors == []


def test_an_open_page_tells_of_a_run_then_offers_its_figures_and_shows_them_when_asked(
    first_visit: Visit, own_data: Path
) -> None:
    visit = first_visit
    visit.open("/?place=Wards")
    assert "20261103-061002" in visit.text()
    (own_data / "published" / f".building-{NEWER}").mkdir()
    visit.page.get_by_text("Newer figures are being made.").wait_for(timeout=30_000)
    build(own_data, NEWER)
    visit.page.get_by_text("New figures are ready.").wait_for(timeout=30_000)
    assert "Newer figures are being made." not in visit.text()
    assert "20261103-061002" in visit.text()
    visit.page.get_by_role("button", name="Show them").click()
    visit.page.get_by_text(NEWER).first.wait_for()
    visit.drawn()
    assert "Overview: Wards" in visit.text()
    assert "New figures are ready." not in visit.text()
    assert visit.errors == []


def test_the_switch_between_readers_changes_what_is_there(visit: Visit) -> None:
    visit.open("/")
    visit.choose("Read as", "QI lead")
    visit.choose("Own team", "Birch ward")
    visit.choose("Place", "Birch ward")
    assert "Overview: Birch ward" in visit.text()
    visit.choose("Read as", "Executive")
    assert "Overview: Whole trust" in visit.text()
    assert "Birch ward" not in visit.text()


def test_a_chart_and_its_numbers_can_be_taken_away(visit: Visit) -> None:
    visit.open("/trends")
    visit.page.wait_for_selector("svg.marks")
    visit.page.locator("[class*=st-key-inv_take_away] button").first.click()
    taken = {}
    for kind in ("PNG", "SVG", "XLSX", "CSV"):
        with visit.page.expect_download() as waiting:
            visit.page.get_by_role("button", name=kind).click()
        assert waiting.value.suggested_filename == f"presence_trust_trust.{kind.lower()}"
        taken[kind] = waiting.value.path().read_bytes()
    assert taken["PNG"].startswith(b"\x89PNG")
    assert taken["XLSX"].startswith(b"PK")
    assert b"20261103-061002" in taken["SVG"]
    lines = [line for line in taken["CSV"].decode("utf-8-sig").splitlines() if not line.startswith("#")]
    assert lines[0] == "number,place,from,to,counted,of,percent,middle,usual_low,usual_high,reads_as,noted"
    assert len(lines) == 26


def test_no_chart_offers_a_picture_that_does_not_say_what_it_is_of(visit: Visit) -> None:
    visit.open("/trends")
    visit.page.locator("svg.marks").hover()
    assert not visit.page.get_by_test_id("stElementToolbar").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_prints_in_light_without_controls_and_within_the_sheet(visit: Visit, scheme: str) -> None:
    visit.open("/trends")
    visit.page.wait_for_selector("svg.marks")
    visit.page.emulate_media(media="print")
    visit.page.set_viewport_size({"width": 688, "height": 1000})
    for hidden in ("header", "[data-testid=stPopover]", ".st-key-inv_filters"):
        assert not visit.page.locator(hidden).first.is_visible()
    box = visit.page.locator("svg.marks").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 688
    assert visit.page.evaluate("getComputedStyle(document.querySelector('.inv-title')).color") == "rgb(0, 0, 0)"


def test_plain_words_fit_one_sheet_of_paper(visit: Visit, tmp_path: Path) -> None:
    visit.open("/plain_words")
    visit.page.pdf(path=tmp_path / "plain.pdf", format="A4")
    assert (tmp_path / "plain.pdf").read_bytes().count(b"/Type /Page\n") == 1


def test_the_first_reader_may_come_by_a_page_s_own_address(first_visit: Visit) -> None:
    visit = first_visit
    visit.open("/trends")
    assert visit.page.get_by_role("link", name="Overview").is_visible()
    assert "Meetings with a service user in the room: Whole trust" in visit.text()


def test_a_chart_is_named_by_its_title_and_sentence(visit: Visit) -> None:
    visit.open("/trends")
    name = "Meetings with a service user in the room: Whole trust. presence: no sign of change"
    assert visit.page.locator(f'[aria-label^="{name}"]').count() == 1
