"""The headline of one place: which of its variants fits the figures, and the sentences."""

from dataclasses import dataclass
from datetime import date

from pipelines.statistics.summaries import drop_subject
from pipelines.statistics.wording import (
    FEW,
    capitalise,
    say_about,
    say_count,
    say_of,
    say_percent,
    say_period,
    say_units,
    say_when,
)

NOT_RECORDED_TOO_OFTEN = 0.20  # of all held; above it the known ones may not stand for the rest
PERIODS_FOR_A_HISTORY = 12


@dataclass(frozen=True)
class Phrases:
    """How an indicator speaks of itself; `{count}` is where the figure goes."""

    unit: str
    happened: str  # a service user was in the room at {count}
    change: str  # meetings now have a service user in the room
    not_recorded: str  # for {count} we do not know who came


@dataclass(frozen=True)
class Part:
    """A place within the place: its figure in the same period and its variation."""

    name: str
    numerator: int
    denominator: int
    variation: str


@dataclass(frozen=True)
class Before:
    """The periods before the latest, added up."""

    periods: int
    last_start: date
    numerator: int
    denominator: int


@dataclass(frozen=True)
class Headline:
    """The stored figures a headline is written from; None and `` mean: not known, not said."""

    phrases: Phrases
    grain: str
    period_start: date
    status: str
    numerator: int
    denominator: int
    not_recorded: int | None = None
    periods: int = 0
    before: Before | None = None
    variation: str = "none"
    summary: str = ""
    summary_on: date | None = None
    parts: tuple[Part, ...] = ()


def write_headline(headline: Headline) -> str:
    """The sentences of one place, from stored figures only; what is not there is left out."""
    if headline.status == "hidden":
        return f"The number for {_say_latest(headline)} is not shown, to protect the few people behind it."
    if _is_too_little(headline):
        return _join(_open_little(headline), _say_before(headline), _say_still_to_record(headline))
    is_change = _is_change(headline)
    opening = _open_change(headline) if is_change else _open_normal(headline)
    return _join(opening, _say_signal(headline), _say_parts(headline) if is_change else "", _say_not_recorded(headline))


def _is_change(headline: Headline) -> bool:
    return headline.variation not in ("none", "common_cause") and headline.summary_on == headline.period_start


def _is_too_little(headline: Headline) -> bool:
    """Few meetings in the latest period say little alone; where the whole series shows a change, that is said."""
    known, missing = headline.denominator, headline.not_recorded or 0
    too_often = missing > NOT_RECORDED_TOO_OFTEN * (known + missing)
    return (known < FEW and not _is_change(headline)) or too_often or headline.periods < PERIODS_FOR_A_HISTORY


def _open_normal(headline: Headline) -> str:
    happened = _fill(headline.phrases.happened, _say_figure(headline, headline.phrases.unit))
    return f"{say_when(headline.period_start, headline.grain)} {happened}, {_say_share(headline)}."


def _open_change(headline: Headline) -> str:
    amount = "More" if headline.variation.endswith("_high") else "Fewer"
    when = say_when(headline.period_start, headline.grain)
    figure = f"{_say_figure(headline)} {when[:1].lower()}{when[1:]}"
    share = "" if headline.denominator < FEW else f", {_say_share(headline)}"
    return f"{amount} {headline.phrases.change}: {figure}{share}."


def _open_little(headline: Headline) -> str:
    unit, known, missing = headline.phrases.unit, headline.denominator, headline.not_recorded or 0
    opening = f"It is too soon to say much about {_say_latest(headline)}"
    if known + missing == 0:
        return f"{opening}: there were no {unit} to count."
    if not missing:
        return f"{opening}: {_fill(headline.phrases.happened, _say_figure(headline, unit))}."
    were = "was" if known + missing == 1 else "were"
    all_of_them = f"{opening}. There {were} {say_units(known + missing, unit)}"
    unknown = _fill(headline.phrases.not_recorded, say_count(missing) if known else f"all {say_count(missing)}")
    if not known:
        return f"{all_of_them}: {unknown}."
    happened = _fill(headline.phrases.happened, f"{say_count(headline.numerator)} of the other {say_count(known)}")
    return f"{all_of_them}: {unknown}, and {happened}."


def _say_before(headline: Headline) -> str:
    before = headline.before
    if before is None or before.denominator == 0:
        return ""
    periods = say_units(before.periods, {"month": "months", "quarter": "quarters"}.get(headline.grain, "years"))
    until = say_period(before.last_start, headline.grain, year=False)
    figure = say_of(before.numerator, before.denominator)
    share = "" if before.denominator < FEW else f", {say_about(100 * before.numerator / before.denominator)}"
    return f"Over the {periods} to {until} it was {figure}{share}."


def _say_still_to_record(headline: Headline) -> str:
    if not headline.not_recorded:
        return ""
    need = "needs" if headline.not_recorded == 1 else "need"
    return f"{say_units(headline.not_recorded, headline.phrases.unit)} still {need} recording."


def _say_signal(headline: Headline) -> str:
    if not headline.summary or headline.summary_on is None:
        return ""
    if headline.summary_on == headline.period_start:
        return drop_subject(headline.summary, headline.period_start, headline.grain)
    return headline.summary


def _say_parts(headline: Headline) -> str:
    """Where the change shows: only parts that are judged themselves."""
    changed = [part for part in headline.parts if part.variation == headline.variation]
    unchanged = [part for part in headline.parts if part.variation == "common_cause"]
    if not changed:
        return ""
    but = f", not in {_list_parts(unchanged)}" if unchanged else ""
    return f"It shows in {_list_parts(changed)}{but}."


def _list_parts(parts: list[Part]) -> str:
    return " and ".join(f"{part.name} ({say_of(part.numerator, part.denominator)})" for part in parts)


def _say_not_recorded(headline: Headline) -> str:
    if not headline.not_recorded:
        return ""
    more = say_units(headline.not_recorded, f"more {headline.phrases.unit}")
    return f"{capitalise(_fill(headline.phrases.not_recorded, more))}."


def _say_figure(headline: Headline, unit: str = "") -> str:
    return say_of(headline.numerator, headline.denominator, unit)


def _say_share(headline: Headline) -> str:
    percent = 100 * headline.numerator / headline.denominator
    return f"{say_about(percent)} ({say_percent(percent)})"


def _say_latest(headline: Headline) -> str:
    return say_period(headline.period_start, headline.grain, year=headline.grain == "four_quarters")


def _fill(phrase: str, figure: str) -> str:
    return phrase.replace("{count}", figure)


def _join(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
