"""Draws from tables of shares."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

AGE_BANDS = {
    "18-24": 0.10,
    "25-34": 0.17,
    "35-44": 0.18,
    "45-54": 0.19,
    "55-64": 0.17,
    "65-74": 0.10,
    "75+": 0.05,
    "not stated": 0.04,
}
GENDERS = {"female": 0.50, "male": 0.42, "other": 0.03, "not stated": 0.05}
ETHNIC_CATEGORIES = {
    "A": 0.66,
    "B": 0.01,
    "C": 0.06,
    "D": 0.01,
    "E": 0.01,
    "F": 0.01,
    "G": 0.01,
    "H": 0.03,
    "J": 0.03,
    "K": 0.01,
    "L": 0.02,
    "M": 0.02,
    "N": 0.03,
    "P": 0.01,
    "R": 0.01,
    "S": 0.01,
    "Z": 0.04,
    "99": 0.02,
}


def pick(random: np.random.Generator, rows: int, shares: Mapping[str, float]) -> NDArray[np.str_]:
    """`rows` values of a list, each as often as its share of the sum of the shares."""
    weights = np.array(list(shares.values()))
    return np.array(list(shares))[random.choice(len(weights), rows, p=weights / weights.sum())]


def demographics(random: np.random.Generator, rows: int) -> dict[str, NDArray[np.str_]]:
    """The three columns that describe a person."""
    return {
        "age_band": pick(random, rows, AGE_BANDS),
        "gender": pick(random, rows, GENDERS),
        "ethnic_category": pick(random, rows, ETHNIC_CATEGORIES),
    }


def codes(form: str, numbers: Sequence[int] | NDArray[np.int64]) -> list[str]:
    """Identifiers by a format such as `M{:05d}`."""
    return [form.format(int(number)) for number in numbers]
