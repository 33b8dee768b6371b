"""Where we differ from a reference on purpose: predicates over tags, parameters and values, each with the reason."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isclose, isnan, nan

from tests.oracle.case import Case
from tests.oracle.comparing import Difference

WITH_RANGES = {"xmr", "qic_i", "qic_t", "qic_pp", "qic_up"}  # limits from moving ranges
BISECTION = 1.2e-7


@dataclass(frozen=True)
class Excuse:
    """Why a differing cell is no fault of ours."""

    why: str
    covers: Callable[[Case, Difference], bool]


def _at(case: Case, name: str, row: int | None) -> str:
    """A cell of the expected table; empty where there is none."""
    cells = (case.expected or {}).get(name, [])
    return cells[row] if row is not None and 0 <= row < len(cells) else ""


def _number(cell: object) -> float:
    try:
        return float(str(cell))
    except ValueError:
        return nan


def _has_no_width(case: Case, cell: Difference) -> bool:
    """In a segment or part whose reference limits are missing or one value though there is a centre."""
    rows = range(len(case.input.get("value", case.input.get("numerator", [])))) if cell.row is None else [cell.row]
    return any(_is_collapsed(case, row) for row in rows) and case.kind in WITH_RANGES


def _is_collapsed(case: Case, row: int) -> bool:
    names = ("mean", "lpl", "upl") if case.kind == "xmr" else ("cl", "lcl", "ucl")
    centre, lower, upper = (_number(_at(case, name, row)) for name in names)
    values = case.input.get("value", case.input.get("numerator", []))
    several = sum(cell not in ("", "NA") for cell in values) > 1
    return several and not isnan(centre) and (isnan(lower) or lower == upper)


def _is_trend_at_a_turn(case: Case, cell: Difference) -> bool:
    """The last point of a trend, beside the first of the next one."""
    if case.kind != "xmr":
        return False
    trends = (case.expected or {}).get("rule_trend", [])
    rows = range(len(trends)) if cell.row is None else [cell.row]
    named = cell.column in {"special_cause_type", "point_type"} or cell.column.startswith("summary.")
    return named and any(
        _at(case, "rule_trend", at) == _at(case, "rule_trend", at + 1) == "TRUE" and _turns(case, at) for at in rows
    )


def _turns(case: Case, row: int) -> bool:
    """No step the way of the trend leads on from here."""
    before, here, after = (_number(_at(case, "value", at)) for at in (row - 1, row, row + 1))
    return (here - before) * (after - here) <= 0


def _is_on_a_border(case: Case, cell: Difference) -> bool:
    return "float_fragile" in case.tags and not isinstance(cell.got, float)


def _is_square_root_limit(case: Case, cell: Difference) -> bool:
    asked = case.params
    if (
        case.kind != "funnel_od"
        or asked["data_type"] != "SR"
        or asked["sr_method"] != "CQC"
        or not asked["draw_adjusted"]
    ):
        return False
    if not cell.column.startswith("od_"):
        return cell.column in {"outlier", "summary.n_outliers", "summary.outliers"}
    root = max(_number(cell.want) / asked["multiplier"], 0)
    return isclose(root**2, cell.got / asked["multiplier"], rel_tol=1e-9)


def _is_folded_limit(case: Case, cell: Difference) -> bool:
    """A lower limit of a proportion, of the largest denominator, that we put at 0; and what is judged by it."""
    if case.kind != "funnel_od" or case.params["data_type"] != "PR":
        return False
    sizes = [_number(size) for size in (case.expected or {}).get("denominator", [])]
    if cell.row is None:
        return cell.column in {"summary.n_outliers", "summary.outliers"} and "quirk" in case.tags
    is_limit = cell.column in {"ll95", "ll998", "od_ll95", "od_ll998"} and cell.got == 0
    return sizes[cell.row] == max(sizes) and (is_limit or cell.column == "outlier")


def _is_bisection(case: Case, cell: Difference) -> bool:
    """Within what the reference's halving of v = expected / (1 + observed + expected) can resolve."""
    observed = _number(_at(case, "Observed_events", cell.row))
    if case.kind != "phe_funnel_limits" or isnan(observed):
        return False
    shares = [_share(case, cell.column, _number(value), observed) for value in (cell.want, cell.got)]
    return abs(shares[0] - shares[1]) <= BISECTION


def _share(case: Case, column: str, value: float, observed: float) -> float:
    unit = case.params.get("multiplier") or 1
    expected = {"isr": unit * observed / value, "count": observed / (1 + value)}.get(column.split("_")[-1], value)
    return expected / (1 + observed + expected)


EXCUSES = [
    Excuse(
        "A constant or nearly constant series keeps limits (its mean, or the unscreened ones) and is judged by them; "
        "the reference has none there, or limits without width.",
        _has_no_width,
    ),
    Excuse(
        "The last point of a trend keeps that trend's direction beside a tie or a step back; the reference names it "
        "after the step that follows.",
        _is_trend_at_a_turn,
    ),
    Excuse("A value on a computed border is on it for us, whatever the last bit says.", _is_on_a_border),
    Excuse(
        "Adjusted CQC limits are squared, to lie on the scale of the ratio they are compared with.",
        _is_square_root_limit,
    ),
    Excuse(
        "Where the arcsine has no lower end the limit is 0, also at the largest denominator; the reference folds it.",
        _is_folded_limit,
    ),
    Excuse("Our Poisson limits are exact; the reference stops halving at 1e-7.", _is_bisection),
]


def find_excuses(case: Case, differences: list[Difference]) -> list[str]:
    """The reasons that together cover every differing cell; none where one cell is not covered."""
    reasons: dict[str, None] = {}
    for cell in differences:
        why = next((excuse.why for excuse in EXCUSES if excuse.covers(case, cell)), None)
        if why is None:
            return []
        reasons[why] = None
    return list(reasons)
