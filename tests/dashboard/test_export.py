"""Numbers to take away are safe to open in a spreadsheet."""

import polars
import pytest

from dashboard.export import csv


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_would_run_as_a_formula_is_made_plain(start: str) -> None:
    got = csv(polars.DataFrame({"place": [f"{start}1+1"]})).decode("utf-8-sig")
    assert f"'{start}1+1" in got


def test_numbers_and_ordinary_text_stay_as_they_are() -> None:
    rows = polars.DataFrame({"place": ["Jul–Sep", None], "difference": [-17.5, 2.0]})
    assert csv(rows).decode("utf-8-sig").splitlines() == ["place,difference", "Jul–Sep,-17.5", ",2.0"]
