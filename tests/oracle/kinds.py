"""Which of our functions answers which kind of case."""

from collections.abc import Callable

from polars.exceptions import PolarsError

from pipelines.statistics.charts import SeriesError
from tests.oracle.case import Answer, Case
from tests.oracle.comparing import Difference, compare
from tests.oracle.funnel_cases import answer_funnel
from tests.oracle.phe_cases import (
    answer_byar,
    answer_limits,
    answer_proportion,
    answer_quantile,
    answer_rate,
    answer_significance,
    answer_wilson,
)
from tests.oracle.qic_cases import answer_qic
from tests.oracle.xmr_cases import answer_variant, answer_vectors, answer_xmr

ANSWERS: dict[str, Callable[[Case], Answer]] = {
    "xmr": answer_xmr,
    "xmr_mdc_variant": answer_variant,
    "rule_vectors": answer_vectors,
    "funnel_od": answer_funnel,
    "phe_proportion": answer_proportion,
    "phe_rate": answer_rate,
    "wilson": answer_wilson,
    "byar": answer_byar,
    "phe_quantile": answer_quantile,
    "phe_funnel_limits": answer_limits,
    "phe_funnel_significance": answer_significance,
    **{f"qic_{chart}": answer_qic for chart in ("run", "i", "mr", "p", "pp", "c", "u", "up", "g", "t")},
}

CRASHES = (ArithmeticError, AssertionError, LookupError, TypeError, ValueError, PolarsError)


def judge(case: Case) -> list[Difference]:
    """Every cell in which we differ; none where the reference stops and we refuse in words or answer."""
    answer = ANSWERS.get(case.kind)
    if answer is None:
        return [Difference("kind", None, case.kind, f"one of {', '.join(ANSWERS)}")]
    try:
        ours = answer(case)
    except SeriesError as refusal:
        return [] if _stops(case) else [Difference("table", None, "an answer", f"refused: {refusal}")]
    except CRASHES as crash:
        return [Difference("table", None, "an answer", f"crashed: {type(crash).__name__}: {crash}")]
    if case.vectors:
        wanted = [(str(place), vector["flag"]) for place, vector in enumerate(case.vectors)]
        return [Difference(name, None, want, ours.columns[name]) for name, want in wanted if ours.columns[name] != want]
    return [] if _stops(case) else compare(case, ours)


def _stops(case: Case) -> bool:
    return case.expected is None and bool(case.summary.get("error"))
