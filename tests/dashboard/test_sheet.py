"""Pictures to take away say what they are of, in letters that are really drawn, whatever the screen shows."""

import io
from xml.etree import ElementTree

import pytest
from PIL import Image

from dashboard.access import scope_of_role
from dashboard.charts import drawings, sheet, spc
from dashboard.charts.points import begun, points
from dashboard.charts.theme import PALETTES, Theme
from dashboard.store import Store
from tests.dashboard.test_export import ABOUT, SAYS

TITLE, SENTENCE = "Meetings & more", "No sign of change <here>."
SVG = "{http://www.w3.org/2000/svg}"


def picture(store: Store, theme: Theme = "light") -> str:
    """A trend as a picture."""
    series = store.series(scope_of_role("analyst"), "trust", indicator_id="presence", place_id="trust").to_dicts()
    spec = spc.fill(spc.template(theme), points(begun(series), None), axis_title="% of meetings, each month")
    return sheet.sheet(spec, theme, TITLE, SENTENCE, [(drawings.point("concern", theme), "C: concern")], ABOUT.lines())


def words(svg: str) -> str:
    """The text drawn in a picture."""
    return " ".join("".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text"))


def ink(png: bytes, top: float, bottom: float) -> int:
    """How many pixels between two heights (0 to 1) are dark."""
    grey = Image.open(io.BytesIO(png)).convert("L")
    band = grey.crop((0, int(grey.height * top), grey.width, int(grey.height * bottom)))
    return sum(band.histogram()[:128])


def test_a_picture_says_inside_it_what_it_is_of(store: Store) -> None:
    drawn = words(picture(store))
    assert all(said in drawn for said in (*SAYS, TITLE, SENTENCE, "C: concern", "% of meetings, each month"))


def test_a_picture_carries_the_same_as_metadata(store: Store) -> None:
    root = ElementTree.fromstring(picture(store))
    assert [root.findtext(f"{SVG}{name}") for name in ("title", "desc")] == [TITLE, SENTENCE]
    told = "".join(root.find(f"{SVG}metadata").itertext())  # type: ignore[union-attr]
    assert all(said in told for said in SAYS)


def test_a_picture_taken_from_a_dark_screen_is_the_light_one(store: Store) -> None:
    assert picture(store, "dark") == picture(store, "light")


def test_every_colour_of_the_dark_palette_means_one_thing() -> None:
    colours = list(vars(PALETTES["dark"]).values())
    assert len(set(colours)) == len(colours)


def test_every_letter_of_a_picture_is_drawn_as_pixels(store: Store) -> None:
    svg = picture(store)
    lost = sheet.png(svg.replace(sheet.FONT, "A font that nobody has"), [])
    drawn = sheet.png(svg, [])
    assert ink(drawn, 0, 0.12) > 1000
    assert ink(drawn, 0.9, 1) > 500
    assert (ink(lost, 0, 0.12), ink(lost, 0.9, 1)) == (0, 0)


def test_a_png_says_what_it_is_of_in_its_metadata(store: Store) -> None:
    read = Image.open(io.BytesIO(sheet.png(picture(store), ABOUT.lines())))
    assert dict(read.text) == dict(ABOUT.lines())  # type: ignore[attr-defined]


def test_a_drawing_of_our_own_fits_the_picture() -> None:
    wide = drawings.sparkline([1.0, 2.0], [None, None], None, "light").replace('width="150"', 'width="3000"')
    assert "scale(0.3040)" in sheet.sheet(wide, "light", TITLE, "", [], ABOUT.lines())


def test_small_charts_stand_together_under_their_names(store: Store) -> None:
    spec = spc.fill(spc.template("light", small=True), [], axis_title="")
    svg = sheet.drawn_spec(sheet.together({"Acute wards": spec, "Brain injury": spec}))
    assert "Acute wards" in words(svg)
    assert "Brain injury" in words(svg)


def test_what_was_noted_stands_in_the_picture_under_its_number() -> None:
    mark = drawings.point("concern", "light")
    noted = [
        "1. 2 Jan 2026: Buddies come along (Acute wards) · change idea",
        "2. 3 Jan 2026: The register moved · event",
    ]
    svg = sheet.sheet(mark, "light", TITLE, SENTENCE, [], ABOUT.lines(), noted)
    assert all(line in words(svg) for line in noted)
    heights = [float(text.attrib["y"]) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]
    assert heights == sorted(set(heights))


@pytest.mark.parametrize("length", [10, 400])
def test_a_long_sentence_is_broken_into_lines(length: int) -> None:
    mark = drawings.point("concern", "light")
    svg = sheet.sheet(mark, "light", TITLE, "word " * (length // 5), [], ABOUT.lines())
    assert max(len("".join(text.itertext())) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")) < 160
