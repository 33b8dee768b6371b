"""What a run did, in words a person can read."""

from collections.abc import Iterable

from pipelines.run import Report

HELD_BACK_WIDTH = 26


def say(report: Report) -> str:
    """The summary printed at the end of a run."""
    return "\n".join([*_say_files(report), *_say_rows(report), *_say_end(report), *report.notes])


def say_held_back(reasons: Iterable[tuple[str, str, int]]) -> str:
    """How many rows of each feed are held back for which rule; a row that breaks two rules stands under both."""
    lines = [f"  {feed:<14} {rule:<{HELD_BACK_WIDTH}} {count:>8,}" for feed, rule, count in reasons]
    return "\n".join(["Rows held back, by rule:", *lines]) if lines else "No row is held back."


def _say_files(report: Report) -> list[str]:
    outcomes = [entry.outcome for entry in report.new]
    counted = ", ".join(
        f"{outcomes.count(outcome)} {outcome.replace('_', ' ')}" for outcome in dict.fromkeys(sorted(outcomes))
    )
    lines = [f"New files: {counted}." if counted else "No new file."]
    lines += [f"  {entry.message}" for entry in report.failures]
    lines += [
        f"  {entry.feed}/{entry.file_name}: {entry.message}"
        for entry in report.new
        if entry.message and entry not in report.failures
    ]
    return lines + [f"Not loaded: {words}." for words in report.left_out]


def _say_rows(report: Report) -> list[str]:
    rows = report.rows
    total = (
        f"Rows of all files so far: {rows['rows_in']:,} read = {rows['rows_loaded']:,} loaded "
        f"+ {rows['rows_quarantined']:,} held back + {rows['rows_duplicate']:,} duplicate "
        f"+ {rows['rows_superseded']:,} superseded."
    )
    return [total, say_held_back(report.held_back)]


def _say_end(report: Report) -> list[str]:
    if report.gates:
        failed = [f"  {sentence}" for sentence in report.gates]
        return [
            "Not published, what was published before stands. These must hold first, or be right and be accepted",
            "for one run by the name in brackets: INVOLVE_ACCEPT='[\"NAME\"]' involve run",
            *failed,
        ]
    return [f"Published as {report.run_id}, figures as at {report.as_at:%-d %B %Y}."]
