"""What looks like a way to find a person in a free text, and what only looks a little like it."""

import pytest

from pipelines.identifiers import holds_an_identifier
from tests.pipelines.bench import Bench

IDENTIFIERS = [
    "ask jane.doe@trust.example",
    "Jane.Doe @ trust.example",
    "<j@b.example>",
    "j_d@localhost",
    "jane\N{FULLWIDTH COMMERCIAL AT}trust.example",
    "tel 01234 567890",
    "01204 12345",
    "0114 271 1900",
    "(0114) 271 1900",
    "020 7946 0958.",
    "07700900123",
    "07700 90 01 23",
    "call:07700.900.123!",
    "07700-900-123 or 07700-900-124",
    "+44 7700 900123",
    "+44 (0)114 271 1900",
    "0044 7700 900123",
    "7700900123",  # a workbook took the nought away
    "077\N{ZERO WIDTH SPACE}00900123",
    "9434765919",
    "NHS no. 943 476 5919.",
    "943-476-5919",
    "943\N{NO-BREAK SPACE}476\N{NO-BREAK SPACE}5919",
]
OTHERS = [
    "Evening meetings began",
    "Ward moved on 01/02/2025 at 10:30",
    "01-02-2025 10:30",
    "01.02.2025 10.30 to 12.00",
    "2025-10-01 10:30 to 12:00",
    "2025-09-30T14:00:00",
    "2025 10 01 1030",
    "20251001 1030",
    "07-09-2025 11-12",
    "Meet @ 2.30 pm",
    "sessions @10am",
    "team A @ ward B",
    "from 93 of 227 to 117 of 240",
    "between 2024-2025 and 2025-2026",
    "6 of 120. 240 of 4000",
    "budget 12 000 000 or 1,234,567 pounds",
    "1 2 3 4 5 6 7 8 9 10 11",
    "Tuesdays 0900 1000 1100, 0900-1030",
    "meeting M01100619 in room 1.02",
    "call 999 or 0800 1111",
    "open 24/7, 9-5",
]


def finds(bench: Bench, text: str) -> bool:
    return bool(bench.warehouse.value(f"select {holds_an_identifier('words')} from (select ? as words)", [text]))


@pytest.mark.parametrize("text", IDENTIFIERS)
def test_an_address_a_telephone_and_an_nhs_number_are_found(bench: Bench, text: str) -> None:
    assert finds(bench, text)
    assert finds(bench, f"Speak to us: {text} (any day)")


@pytest.mark.parametrize("text", OTHERS)
def test_dates_times_and_counts_are_not(bench: Bench, text: str) -> None:
    assert not finds(bench, text)
    assert not finds(bench, f"Since then: {text} (any day)")
