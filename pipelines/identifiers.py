"""What in a free text looks like a way to find a person: an e-mail address, a UK telephone or an NHS number."""

# RE2 knows no classes beyond ASCII, so the gaps within a number are named: spaces and dashes of every script,
# invisible signs, dots.
DIGIT = r"\p{Nd}"
GAP = r"[\s\p{Z}\p{Pd}\p{Cf}.]"
GAPS_AND_BRACKETS = r"[\s\p{Z}\p{Pd}\p{Cf}.()]{0,3}"
# "meet @ 2.30" and "team A @ ward B" are no addresses: the sign stands before a letter, or a dot and letters follow.
EMAIL = r"[^\s\p{Z}@＠]([@＠]\pL|\s?[@＠]\s?[^\s\p{Z}@＠]+\.\pL\pL)"
# Nought and at least two digits more before the first gap: a date such as 01-02-2025 10:30 has a gap after two.
TELEPHONE = rf"[0０]{DIGIT}{{2}}({GAPS_AND_BRACKETS}{DIGIT}){{7,8}}"
TELEPHONE_WITH_COUNTRY = rf"([+＋]|[0０]{{2}}){GAP}?[4４]{{2}}({GAPS_AND_BRACKETS}{DIGIT}){{9,11}}"
# Ten digits, in one piece or as 3 3 4; whether the last is the right check digit is not asked: a slip of the hand in
# an NHS number does not make it anybody's to read. A gap is one sign: "of 120. 240 of 4000" are counts.
NHS_NUMBER = rf"{DIGIT}{{3}}{GAP}?{DIGIT}{{3}}{GAP}?{DIGIT}{{4}}"
NUMBER = f"(^|[^{DIGIT}])({TELEPHONE}|{TELEPHONE_WITH_COUNTRY}|{NHS_NUMBER})([^{DIGIT}]|$)"


def holds_an_identifier(text: str) -> str:
    """SQL that is true where `text`, a column or an expression, holds something like an identifier of a person."""
    return f"regexp_matches({text}, '{EMAIL}|{NUMBER}')"
