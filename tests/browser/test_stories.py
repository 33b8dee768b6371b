"""Each reader's story from end to end, on the demonstration: what they came for, found, and taken away."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator

from tests.browser.conftest import Visit, visiting

TEAM = "Community brain injury team 1"
WORD_LIMIT = 120


@pytest.fixture
def reader(browser: Browser, demo_address: str) -> Visit:  # type: ignore[misc]
    """Somebody at a small laptop."""
    with visiting(browser, demo_address, 1366, "light") as visit:
        yield visit
        assert (visit.errors, visit.outside) == ([], [])


def taken(visit: Visit, label: str) -> Path:
    """What the first Download button of the page gives under `label`."""
    visit.page.get_by_role("button", name="Download").first.click()
    button: Locator = visit.page.get_by_role("button", name=label)
    button.wait_for()
    with visit.page.expect_download() as waiting:
        button.click()
    return waiting.value.path()


def test_an_executive_goes_from_the_first_sentence_to_a_change_its_chart_and_its_picture(reader: Visit) -> None:
    reader.open("/?reader=Executive")
    sentence = reader.page.locator(".inv-headline").inner_text()
    assert "a service user in the room" in sentence or "A service user was in the room" in sentence
    box = reader.page.locator(".inv-headline").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 400
    changed = reader.page.locator("tr.inv-number").filter(has_text="Better").first
    number = changed.get_by_role("link").first.inner_text()
    changed.get_by_role("link").first.click()
    reader.page.wait_for_url("**/trends?**")
    reader.drawn()
    assert reader.page.get_by_role("combobox", name="Number").input_value() == number
    told = reader.page.locator("p.inv-tells").inner_text()
    assert told
    assert reader.page.locator(f'[aria-label*="{told[:30]}"]').count() >= 1
    assert reader.page.locator("svg.marks").is_visible()
    picture = taken(reader, "Picture to enlarge (SVG)").read_text(encoding="utf-8")
    assert picture.lstrip().startswith("<svg")
    assert told[:20] in picture
    assert "Whole trust" in picture


def test_a_qi_lead_finds_the_team_s_strip_and_a_colleague_opens_the_same_page_by_its_link(
    reader: Visit, browser: Browser, demo_address: str
) -> None:
    reader.open("/?reader=QI+lead")
    reader.choose("Own team", TEAM)
    reader.go_by_menu("Our team")
    reader.page.wait_for_url("**/our_team?**")
    reader.page.get_by_role("heading", level=1, name=TEAM).wait_for()
    reader.drawn()
    assert "of the last 12 meetings" in reader.text()
    assert "%" not in reader.page.locator("[data-testid=stMain] h1 ~ p").first.inner_text()
    with visiting(browser, demo_address, 1366, "dark") as colleague:
        colleague.page.goto(reader.page.url)
        colleague.page.get_by_role("heading", level=1, name=TEAM).wait_for()
        colleague.drawn()
        assert colleague.text() == reader.text()


def test_a_member_reads_it_in_plain_words_and_prints_one_sheet(reader: Visit, tmp_path: Path) -> None:
    reader.open("/?reader=Member")
    reader.go_by_menu("In plain words")
    reader.page.wait_for_url("**/plain_words?**")
    reader.page.wait_for_selector(".inv-plain")
    reader.drawn()
    words = reader.page.locator(".inv-plain p").all_inner_texts()
    assert 10 < sum(len(text.split()) for text in words[:-1]) <= WORD_LIMIT
    size = reader.page.locator(".inv-plain p").first.evaluate("text => parseFloat(getComputedStyle(text).fontSize)")
    assert size >= 20
    reader.page.pdf(path=tmp_path / "plain.pdf", format="A4")
    assert (tmp_path / "plain.pdf").read_bytes().count(b"/Type /Page\n") == 1


def test_an_analyst_goes_from_a_figure_to_its_sql_and_what_it_is_made_of(reader: Visit) -> None:
    reader.open("/?reader=Analyst")
    reader.page.locator("tr.inv-number").get_by_role("link").first.click()
    reader.page.wait_for_url("**/trends?**")
    reader.drawn()
    reader.page.get_by_role("button", name="What this number means").click()
    reader.page.locator("[data-testid=stPopoverBody] code").get_by_text("from").first.wait_for()
    reader.page.keyboard.press("Escape")
    reader.go_by_menu("What the numbers mean")
    reader.page.wait_for_url("**/definitions?**")
    reader.page.get_by_role("heading", level=1, name="What the numbers mean").wait_for()
    definition = reader.page.locator("details.inv-definition").first
    definition.locator("summary").first.click()
    assert "select" in definition.locator("pre").first.inner_text().lower()


def test_the_sql_is_not_shown_to_an_executive(reader: Visit) -> None:
    reader.open("/definitions?reader=Executive")
    assert reader.page.locator("details.inv-definition").count() > 10
    assert reader.page.locator("details.inv-definition pre").count() == 0
