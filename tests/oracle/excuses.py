"""Where we differ from a reference on purpose: predicates over tags, parameters and values, each with the reason."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, isclose, isnan, nan, sqrt

from tests.oracle.case import Case
from tests.oracle.comparing import Difference

WITH_RANGES = {"xmr", "xmr_mdc_variant", "qic_i", "qic_t", "qic_pp", "qic_up"}  # limits from moving ranges
WITH_PLAIN_RANGES = {"xmr", "xmr_mdc_variant", "qic_i"}  # of the values as they are
WIDTHS = {  # in mean moving ranges
    "lpl": -2.66,
    "upl": 2.66,
    "near_lpl": -2.66 * 2 / 3,
    "near_upl": 2.66 * 2 / 3,
    "lcl": -3 / 1.128,
    "ucl": 3 / 1.128,
    "lcl_2sigma": -2 / 1.128,
    "ucl_2sigma": 2 / 1.128,
}
OF_LIMITS = {
    *("lpl", "upl", "near_lpl", "near_upl", "mean_moving_range", "mr_used"),
    *("outside_limits", "rule_outside_limits", "close_to_limits", "rule_two_in_three"),
    *("special_cause_type", "special_cause_flag", "point_type"),
    *("lcl", "ucl", "lcl_2sigma", "ucl_2sigma", "sigma_signal"),
}
SUMMED_UP = ("icon", "type", "lpl", "upl", "n_sigma_signals", "common_cause", "improvement", "concern", "high", "low")
BISECTION = 1.2e-7
ROUNDING = 1e-14


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
    """What follows from limits, in a segment or part where the reference has none, or one value, beside a centre."""
    follows = cell.column.endswith(SUMMED_UP) if cell.row is None else cell.column in OF_LIMITS
    rows = range(len(_values_of(case))) if cell.row is None else [cell.row]
    if case.kind not in WITH_RANGES or not follows or not any(_is_collapsed(case, row) for row in rows):
        return False
    return _is_our_rule(case, cell)


def _values_of(case: Case) -> list[str]:
    return (case.expected or {}).get("value") or (case.expected or {}).get("y") or []


def _is_collapsed(case: Case, row: int) -> bool:
    centre, lower, upper = (_number(_at(case, name, row)) for name in _names(case, "mean lpl upl", "cl lcl ucl"))
    several = sum(not isnan(value) for value in _baseline(case, row)) > 1
    return several and not isnan(centre) and (isnan(lower) or isclose(lower, upper, rel_tol=1e-9))


def _is_our_rule(case: Case, cell: Difference) -> bool:
    """A limit of ours there is the centre of a constant series, and the unscreened one of a nearly constant one."""
    if cell.row is None or cell.column not in WIDTHS or case.kind not in WITH_PLAIN_RANGES:
        return True
    centre = _number(_at(case, _names(case, "mean", "cl")[0], cell.row))
    ranges = [abs(here - before) for before, here in pairwise(_baseline(case, cell.row))]
    known = [each for each in ranges if not isnan(each)]
    half = fsum(known) / len(known) * WIDTHS[cell.column] if known else nan
    return isinstance(cell.got, float) and isclose(cell.got, centre + half, rel_tol=1e-9, abs_tol=1e-12)


def _baseline(case: Case, row: int) -> list[float]:
    """The values the limits of a row come from, NaN where missing."""
    table, (group,) = case.expected or {}, _names(case, "rebase_group", "part")
    every = ["TRUE"] * len(_values_of(case))
    base, include = (table.get(name, every) for name in ("baseline", "include"))
    fixed = case.params.get("fix_after_n_points") or len(every)
    of = table.get(group, every)
    rows = [at for at, name in enumerate(of) if name == of[row]][:fixed]
    return [_number(_values_of(case)[at]) for at in rows if base[at] == include[at] == "TRUE"]


def _names(case: Case, of_xmr: str, of_qic: str) -> list[str]:
    return (of_xmr if case.kind.startswith("xmr") else of_qic).split()


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
        or asked.get("data_type") != "SR"
        or asked.get("sr_method") != "CQC"
        or not asked.get("draw_adjusted")
    ):
        return False
    if not cell.column.startswith("od_"):
        return cell.column in {"outlier", "summary.n_outliers", "summary.outliers"}
    if not isinstance(cell.got, float):
        return False
    root = max(_number(cell.want) / asked["multiplier"], 0)
    return isclose(root**2, cell.got / asked["multiplier"], rel_tol=1e-9)


def _is_folded_limit(case: Case, cell: Difference) -> bool:
    """A lower limit of a proportion, of the largest denominator, that we put at 0; and what is judged by it."""
    if case.kind != "funnel_od" or case.params.get("data_type") != "PR":
        return False
    sizes = [_number(size) for size in (case.expected or {}).get("denominator", [])]
    if cell.row is None:
        return cell.column in {"summary.n_outliers", "summary.outliers"} and "quirk" in case.tags
    is_limit = cell.column in {"ll95", "ll998", "od_ll95", "od_ll998"} and cell.got == 0
    return sizes[cell.row] == max(sizes) and (is_limit or cell.column == "outlier")


def _is_empty_warning_line(case: Case, cell: Difference) -> bool:
    return case.kind == "qic_t" and cell.column == "lcl_2sigma" and cell.want in ("", "NaN") and cell.got == 0


def _is_cancelled(case: Case, cell: Difference) -> bool:
    """A z so near 0 that its last digits are those its two angles or roots have in common."""
    if case.kind != "funnel_od" or cell.column not in {"z", "z_trimmed"} or not isinstance(cell.got, float):
        return False
    widest = max(_number(size) for size in (case.expected or {}).get("denominator", ["0"]))
    return abs(_number(cell.want) - cell.got) <= ROUNDING * sqrt(widest)


def _is_bisection(case: Case, cell: Difference) -> bool:
    """Within what the reference's halving of v = expected / (1 + observed + expected) can resolve."""
    observed = _number(_at(case, "Observed_events", cell.row) or _at(case, "Events", cell.row))
    if case.kind != "phe_funnel_limits" or isnan(observed):
        return False
    shares = [_share(case, cell.column, _number(value), observed) for value in (cell.want, cell.got)]
    return abs(shares[0] - shares[1]) <= BISECTION


def _share(case: Case, column: str, value: float, observed: float) -> float:
    unit = case.params.get("multiplier") or 1
    if case.params.get("statistic") == "rate":
        average = _number(_at(case, "baseline", 0)) / unit
        years = case.params.get("years_of_data") or 1
        expected = unit * average * observed / value if column.endswith("_limit") else value * average * years
        return expected / (1 + observed + expected)
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
    Excuse(
        "The lower warning line of a t chart is 0 where it has no root, as its limit is; the reference has none.",
        _is_empty_warning_line,
    ),
    Excuse("A z near 0 is the difference of two nearly equal numbers: its last digits are rounding.", _is_cancelled),
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
