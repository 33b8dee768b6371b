"""Each reader's story from end to end, on the demonstration: what they came for, found, and taken away."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator

from tests.browser.conftest import Visit, visiting

PARTS = [
    "How far people come",
    "Why it ends, and by whose decision",
    "How long it takes to the first meeting",
    "Waiting on us: days at each step",
    "Who gets through",
    "Like the people we serve",
]
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


def test_an_executive_goes_from_wards_beside_community_to_what_lies_behind_and_takes_the_numbers(reader: Visit) -> None:
    reader.open("/?reader=Executive")
    reader.page.get_by_role("link", name="Why? See them side by side").click()
    reader.page.wait_for_url("**/side_by_side?**")
    reader.page.get_by_role("heading", level=1, name="Side by side: Wards beside Community").wait_for()
    reader.drawn()
    told = reader.page.locator("p.inv-tells").first.inner_text()
    assert re.search(r"points (lower|higher) \(between \d+ and \d+ points|No clear difference: ", told)
    table = reader.page.get_by_role("table").first
    assert table.get_by_role("columnheader").all_inner_texts() == ["Number", "When", "Wards", "Community", "Difference"]
    assert not re.search(r" (team|ward) \d", reader.text())  # no single team: neither by name nor by rank
    reader.choose("Compare", "Community brain injury")
    reader.choose("with", "Older people's community")
    numbers = taken(reader, "Numbers as text (CSV)").read_text(encoding="utf-8-sig")
    assert "# Filters: Community brain injury beside Older people's community" in numbers
    lines = [line for line in numbers.splitlines() if not line.startswith("#")]
    assert len(lines) > 2
    assert {"Community brain injury", "Older people's community"} <= set(re.findall(r"[A-Z][\w' ]+", numbers))


def test_a_qi_lead_sees_where_people_s_way_ends_by_whose_decision_and_how_long_they_wait(reader: Visit) -> None:
    reader.open("/?reader=QI+lead")
    reader.go_by_menu("Getting involved")
    reader.page.wait_for_url("**/getting_involved?**")
    reader.page.get_by_role("heading", level=1, name="Getting involved: Whole trust").wait_for()
    reader.drawn()
    told = [reader.page.get_by_role("heading", level=2, name=name) for name in PARTS]
    assert [part.count() for part in told] == [1] * len(PARTS)
    reasons = reader.page.get_by_role("table").filter(has_text="Whose decision")
    deciders = reasons.locator("tbody td:nth-of-type(1)").all_inner_texts()
    assert {"on our side", "the person's own", "nobody's decision", "not known"} <= set(deciders)
    assert "not yet at a meeting" in reader.text()
    assert "We could change some of these: meeting times, payment." in reader.text()
    reader.choose("Place", "Wards")
    reader.page.get_by_role("heading", level=1, name="Getting involved: Wards").wait_for()
    picture = taken(reader, "Picture to enlarge (SVG)").read_text(encoding="utf-8")
    assert "From interest to involvement" in picture
    assert "Wards" in picture


def test_an_analyst_goes_from_a_figure_to_its_sql_and_what_it_is_made_of(reader: Visit) -> None:
    reader.open("/?reader=Analyst")
    reader.page.locator("tr.inv-number").get_by_role("link").first.click()
    reader.page.wait_for_url("**/trends?**")
    reader.drawn()
    number = reader.page.get_by_role("heading", level=1).inner_text().partition(": ")[0]
    reader.page.get_by_role("button", name="What this number means").click()
    sql = reader.page.locator("[data-testid=stPopoverBody] code").first
    sql.get_by_text("from").first.wait_for()
    shown = "".join(sql.inner_text().split())
    reader.page.keyboard.press("Escape")
    reader.go_by_menu("What the numbers mean")
    reader.page.wait_for_url("**/definitions?**")
    reader.page.get_by_role("heading", level=1, name="What the numbers mean").wait_for()
    definition = reader.page.locator("details.inv-definition").filter(
        has=reader.page.locator("summary strong", has_text=re.compile(f"^{re.escape(number)}$"))
    )
    definition.locator("summary").click()
    assert "".join(definition.locator("pre").inner_text().split()) == shown
    steps = definition.locator("ol.inv-lineage > li")
    assert steps.locator("strong").all_inner_texts()[0] == "Files people send"
    assert "Meetings" in steps.first.inner_text()
    assert "published" in steps.last.inner_text()


def test_the_sql_is_not_shown_to_an_executive(reader: Visit) -> None:
    reader.open("/definitions?reader=Executive")
    assert reader.page.locator("details.inv-definition").count() > 10
    assert reader.page.locator("details.inv-definition pre").count() == 0
