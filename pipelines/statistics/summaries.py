"""The sentence of one signal: the point, the rule that fired, the direction, and what it means."""

from typing import Any

from pipelines.statistics.rules import RuleSet
from pipelines.statistics.wording import (
    GRAIN_WORDS,
    round_half_up,
    say_count,
    say_ordinal,
    say_percent,
    say_period,
    say_range,
)

Row = dict[str, Any]
FEWEST_TOLD = 3  # two in a row on one side of the middle are seen half of the time
VERDICTS = {
    "improvement": "an improvement, unlikely to be chance",
    "concern": "a change for the worse, unlikely to be chance",
    "neutral": "a change, unlikely to be chance, neither good nor bad in itself",
}


def summarise(row: Row, rule_set: RuleSet) -> str:
    """Sentences for one row of a signal, fit for a screen reader and an e-mail.

    The first begins with the name of the point, so that a text that has named it can say `That` instead
    (`drop_subject`).
    """
    first = f"{say_period(row['point_on'], row['grain'])} {_say_finding(row, rule_set)}."
    return " ".join(sentence for sentence in (first, _say_assurance(row)) if sentence)


def drop_subject(summary: str, point_on: Any, grain: str) -> str:
    """The same sentences for a reader who has just been told of that point."""
    return f"That{summary.removeprefix(say_period(point_on, grain))}"


def _say_finding(row: Row, rule_set: RuleSet) -> str:
    if row["limits"] != "full":
        return _say_too_short(row, rule_set)
    if row["point_type"] == "common_cause":
        return _say_common_cause(row, rule_set)
    return f"{_SAY_RULE[row['special_cause']](row)}: {VERDICTS[row['point_type'].split('_')[0]]}"


def _say_too_short(row: Row, rule_set: RuleSet) -> str:
    count = f"is {GRAIN_WORDS[row['grain']]} {row['points']} with a value"
    if row["limits"] == "trial" and row["lower_limit"] is not None:
        trial = f"trial limits are {_say_limits(row)}"
        return f"{count}: {trial}, and {rule_set.points_for_signals} values are needed to judge a change"
    return f"{count}: {rule_set.points_for_signals} are needed to judge a change"


def _say_common_cause(row: Row, rule_set: RuleSet) -> str:
    if row.get("signal"):
        return f"lies in no unusual run itself, but the series is not chance alone: {_say_runs(row)}"
    if row["is_flat"]:
        return f"is at {_say_value(row['centre'], row)}, as always so far: no sign of change"
    if row["lower_limit"] is None:
        return f"shows no sign of change around the {_say_centre(row)}{_say_running(row, rule_set)}"
    return f"is within the usual range ({_say_limits(row)}): no sign of change"


def _say_running(row: Row, rule_set: RuleSet) -> str:
    """For who sees a line that has left its middle: since when it has, and how long it takes to call that a change."""
    run, needed = row["side_run"], rule_set.shift_points
    if needed is None or run < FEWEST_TOLD or row["value"] == row["centre"]:
        return ""
    side = "above" if row["value"] > row["centre"] else "below"
    last = f"the last {run} {GRAIN_WORDS[row['grain']]}s are {side} it"
    return f": {last}, and it takes {needed} in a row to call that a change"


def _say_outside(row: Row) -> str:
    return f"is {_side(row)} the usual range ({_say_limits(row)})"


def _say_trend(row: Row) -> str:
    way = "higher" if _is_high(row) else "lower"
    return f"is the last of {row['trend_run']} {GRAIN_WORDS[row['grain']]}s in a row, each {way} than the one before"


def _say_two_in_three(row: Row) -> str:
    grain, end = GRAIN_WORDS[row["grain"]], "top" if _is_high(row) else "bottom"
    return f"makes at least two of the last three {grain}s close to the {end} of the usual range ({_say_limits(row)})"


def _say_shift(row: Row) -> str:
    if "signal" in row:
        return f"lies {_side(row)} the {_say_centre(row)} in a series that is not chance alone ({_say_runs(row)})"
    running = f"the {say_ordinal(row['side_run'])} {GRAIN_WORDS[row['grain']]} running"
    return f"is {running} {_side(row)} the {_say_centre(row)}"


def _say_runs(row: Row) -> str:
    """What Anhøj's test found: a run too long, too few crossings, or both."""
    grain, found = GRAIN_WORDS[row["grain"]], []
    if row["longest"] > row["longest_max"]:
        found.append(
            f"{row['longest']} {grain}s on one side of the {_name_centre(row)}, at most {row['longest_max']} expected"
        )
    if row["crossings"] < row["crossings_min"]:
        times = "once" if row["crossings"] == 1 else f"{row['crossings']} times"
        found.append(f"the {_name_centre(row)} crossed {times}, at least {row['crossings_min']} expected")
    return " and ".join(found)


_SAY_RULE = {
    "outside_limits": _say_outside,
    "trend": _say_trend,
    "two_in_three": _say_two_in_three,
    "shift": _say_shift,
}


def _say_assurance(row: Row) -> str:
    if row["assurance"] == "none":
        return ""
    target = f"The target of at {'least' if row['better'] == 'higher' else 'most'} {_say_value(row['target'], row)}"
    return {
        "pass": f"{target} is met across the usual range.",
        "fail": f"{target} is missed across the usual range.",
        "inconsistent": f"{target} lies within the usual range: ordinary ups and downs decide whether it is met.",
    }[row["assurance"]]


def _is_high(row: Row) -> bool:
    return bool(row["variation"].endswith("_high"))


def _side(row: Row) -> str:
    return "above" if _is_high(row) else "below"


def _say_centre(row: Row) -> str:
    return f"{_name_centre(row)} of {_say_value(row['centre'], row)}"


def _name_centre(row: Row) -> str:
    return "median" if row["chart"] in ("run", "g") else "average"


def _say_value(value: float, row: Row) -> str:
    return say_percent(value) if row["kind"] == "percent" else say_count(round_half_up(value))


def _say_limits(row: Row) -> str:
    lower, upper = row["lower_limit"], row["upper_limit"]
    if row["kind"] == "percent":
        return say_range(lower, upper)
    return f"{say_count(round_half_up(lower))} to {say_count(round_half_up(upper))}"
