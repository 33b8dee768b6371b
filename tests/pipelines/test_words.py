"""What readers are told blames nobody and ranks nobody."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from pipelines.feed import discover
from pipelines.headers import IndicatorHeader
from pipelines.settings import PROJECT_ROOT, SQL_ROOT
from pipelines.suite import read_suite
from pipelines.views import View, read_views

VIEWS = read_views(SQL_ROOT)
INDICATORS = [(view, view.header) for view in VIEWS if isinstance(view.header, IndicatorHeader)]
# Each judges somebody, or puts one before another.
BANNED = (
    r"worst|best|rank(s|ed|ing)?|league|leader ?board|score[sd]?|top (team|ward)s?|bottom (team|ward)s?",
    r"fail(s|ed|ing|ures?)?|poor(ly)?|badly|blame[sd]?|fault|guilty|underperform\w*|perform(s|ed|ing|ance|er|ers)",
    r"DNA(s|'d)?|did not attend|no[- ]shows?|non-?complian(ce|t)|non-?attend\w*|refusals?|hard[- ]to[- ]reach|"
    r"disengaged?|difficult (people|patients?)|patients?|unsuitable|unreliable",
)
JUDGES = re.compile(rf"\b({'|'.join(BANNED)})\b", re.IGNORECASE)
SAID_BY = ("dashboard", "dashboard/pages", "pipelines/statistics")


def words_of_header(view: View, header: IndicatorHeader) -> str:
    texts = (value for value in header.model_dump().values() if isinstance(value, str))
    return " ".join([view.name.replace("_", " "), *texts])


def said_in_sql(view: View) -> Iterator[str]:
    """The text literals of a view that read like words for people."""
    for literal in sqlglot.parse_one(view.body, read="duckdb").find_all(exp.Literal):
        if literal.is_string and " " in literal.name.strip():
            yield literal.name


def said_in_python(path: Path) -> Iterator[str]:
    """The text of a module that holds a space, its docstrings aside."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in told
            and " " in node.value
        ):
            yield node.value


def modules() -> list[Path]:
    roots = [PROJECT_ROOT / name for name in SAID_BY]
    return sorted(path for root in roots for path in ([root] if root.suffix else root.glob("*.py")))


@pytest.mark.parametrize(("view", "header"), INDICATORS, ids=lambda value: getattr(value, "name", ""))
def test_an_indicator_judges_nobody(view: View, header: IndicatorHeader) -> None:
    assert JUDGES.findall(words_of_header(view, header)) == []


@pytest.mark.parametrize("view", [view for view in VIEWS if view.layer == "published"], ids=lambda view: view.name)
def test_a_published_table_judges_nobody(view: View) -> None:
    assert [words for words in said_in_sql(view) if JUDGES.search(words)] == []


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PROJECT_ROOT)))
def test_no_sentence_of_the_run_or_of_a_page_judges_anybody(path: Path) -> None:
    assert [words for words in said_in_python(path) if JUDGES.search(words)] == []


def test_no_check_judges_anybody() -> None:
    told = [check.sentence for feed in discover() for check in read_suite(feed)]
    assert [words for words in told if re.search(rf"\b({BANNED[0]}|{BANNED[2]})\b", words, re.IGNORECASE)] == []


@pytest.mark.parametrize("words", ["the worst ward", "ranked third", "DNA rate", "Non-compliance", "teams that failed"])
def test_the_words_that_judge_are_found(words: str) -> None:
    assert JUDGES.search(words)


@pytest.mark.parametrize(("view", "header"), INDICATORS, ids=lambda value: getattr(value, "name", ""))
def test_an_indicator_reads_aloud_well(view: View, header: IndicatorHeader) -> None:
    """Whole sentences, a question that asks, a title that fits a line; no capitals or signs."""
    assert header.definition.endswith(".")
    assert header.caution.endswith(".")
    assert header.question.endswith("?")
    assert len(header.title) <= 60
    assert len(header.short_title) <= 34
    assert not re.search(r"\b[A-Z]{3,}\b|[%≥<>=/]", f"{header.title} {header.definition} {header.caution}")
    assert view.name.count("_") >= 1


@pytest.mark.parametrize(("view", "header"), INDICATORS, ids=lambda value: getattr(value, "name", ""))
def test_an_indicator_says_what_to_read_beside_it_and_which_finding_it_speaks_to(
    view: View, header: IndicatorHeader
) -> None:
    assert header.beside
    assert header.finding
    assert set(header.finding) <= {f"F{number}" for number in range(1, 11)}
