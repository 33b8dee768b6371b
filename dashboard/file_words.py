"""What becomes of files, rows and runs, in words."""

OUTCOMES = {"loaded": "loaded", "refused": "refused", "already_loaded": "loaded before", "waiting": "waiting"}
RUN_OUTCOMES = {
    "published": "published",
    "held_back": "not published, as a check did not hold",
    "failed": "ended by an error",
    "cut_off": "cut off before its end",
}
SEVERITIES = {"critical": "nothing is published", "warning": "rows are held back"}
RULES = {
    "missing_key": "the row does not say what it is about",
    "missing_value": "a required value is empty",
    "bad_date": "a date cannot be read",
    "bad_number": "a number cannot be read",
    "not_in_list": "a value is not in the list of its column",
    "out_of_range": "a number is outside its range",
    "ragged_row": "the row has more cells than headings, or a broken quote",
    "unknown_reference": "it waits for what it refers to",
    "contradiction": "rows of one key in one file differ",
    "part_exceeds_whole": "a part is larger than its whole",
    "in_the_future": "it is dated after the figures' day",
    "before_2000": "it is dated before 2000",
    "meeting_cancelled": "somebody attended a cancelled meeting",
    "team_closed": "a meeting is dated after its team closed",
    "completed_before_enrolled": "a course was completed before its enrolment",
    "before_interest": "an involvement is dated before the interest in it",
    "missing_reason": "an ending has no reason, or nobody who decided",
    "identifier_in_text": "a text holds something like an address or a number of a person",
    "two_care_settings": "a service area is given as both inpatient and community",
}


def rule(name: str) -> str:
    """A rule of the feeds in words; a local rule by its name."""
    return RULES.get(name, name.replace("_", " "))
