"""Our own small cases prove every kind; the national set, where it lies beside the project, proves them at length."""

import json
from pathlib import Path

import pytest

from tests.oracle.__main__ import main
from tests.oracle.kinds import ANSWERS

OWN = Path(__file__).parent / "cases"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "oracle"
KINDS = [case["kind"] for case in json.loads((OWN / "manifest.json").read_text(encoding="utf-8"))["cases"]]


def write_case(folder: Path, **changes: object) -> Path:
    """A copy of our run chart's manifest entry and files, changed."""
    (folder / "input.csv").write_text("x,value\n1,4\n2,6\n", encoding="utf-8")
    (folder / "expected.csv").write_text("x,cl\n1,5\n2,5\n", encoding="utf-8")
    (folder / "summary.json").write_text('{"error": false}', encoding="utf-8")
    params = {"chart": "run", "multiply": 1, "screened_moving_ranges": False, "runs_method": "anhoej"}
    files = {"input": "input.csv", "expected": "expected.csv", "expected_summary": "summary.json"}
    case = {"id": "one", "kind": "qic_run", "params": params, "tags": [], **files, **changes}
    (folder / "manifest.json").write_text(json.dumps({"cases": [case]}), encoding="utf-8")
    return folder


def test_every_kind_has_a_case_of_our_own() -> None:
    assert set(ANSWERS) == set(KINDS)


def test_our_own_cases_agree(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(OWN)]) == 0
    assert capsys.readouterr().out.endswith(f"{len(KINDS) - 1} of {len(KINDS)} cases agree, 1 excused\n")


@pytest.mark.skipif(not SHARED.exists(), reason="the reference cases are not beside the project")
def test_the_reference_cases_agree_or_are_excused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(SHARED)]) == 0
    assert "DISAGREES" not in capsys.readouterr().out


def test_one_kind_alone_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(OWN), "--kind", "qic_t"]) == 0
    assert capsys.readouterr().out == "qic_t: 2 / 2\n2 of 2 cases agree, 0 excused\n"


def test_a_wrong_number_is_named_with_its_first_cell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_case(tmp_path)
    (folder / "expected.csv").write_text("x,cl\n1,5\n2,5.0001\n", encoding="utf-8")
    assert main([str(folder)]) == 1
    assert "one: cl, row 2: want '5.0001', got 5.0 (1 cells) - DISAGREES" in capsys.readouterr().out


def test_an_unknown_kind_is_a_disagreement(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(write_case(tmp_path, kind="horoscope"))]) == 1
    assert capsys.readouterr().out.endswith("0 of 1 cases agree, 0 excused\n")


def test_a_case_that_trips_us_is_a_disagreement(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(write_case(tmp_path, params={"chart": "run"}))]) == 1
    assert "crashed: KeyError" in capsys.readouterr().out


def test_what_the_reference_refuses_we_may_answer(tmp_path: Path) -> None:
    folder = write_case(tmp_path, expected=None)
    (folder / "summary.json").write_text('{"error": true}', encoding="utf-8")
    assert main([str(folder)]) == 0


@pytest.mark.parametrize(
    ("name", "text", "want"),
    [
        ("manifest.json", "no JSON", "is not JSON"),
        ("manifest.json", "[]", "has no list of cases"),
        ("manifest.json", '{"cases": []}', "has no case"),
        ("manifest.json", '{"cases": [{"id": "one"}]}', "has no kind"),
        ("input.csv", "x,value\n1\n", "longer or shorter than its header"),
        ("input.csv", "", "is not a table"),
        ("summary.json", "{", "is not JSON"),
    ],
)
def test_a_folder_that_is_none_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, want: str
) -> None:
    (write_case(tmp_path) / name).write_text(text, encoding="utf-8")
    assert main([str(tmp_path)]) == 2
    assert want in capsys.readouterr().err


def test_a_missing_folder_and_an_absent_kind_are_refused_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(OWN / "nowhere")]) == 2
    assert main([str(OWN), "--kind", "horoscope"]) == 2
    assert "cannot be read" in (said := capsys.readouterr().err)
    assert "has no case of kind horoscope; it has: byar" in said
