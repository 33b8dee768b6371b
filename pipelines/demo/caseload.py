"""How many people each service area serves, by ethnic group, age and gender."""

from datetime import date

import polars as pl

from pipelines.demo.deliveries import Delivery
from pipelines.demo.faults import Fault, with_faults
from pipelines.demo.files import csv_bytes
from pipelines.demo.period import Period

SHARES = {
    "ethnic_group": {"White": 0.68, "Asian": 0.13, "Black": 0.10, "Mixed": 0.05, "Other": 0.04},
    "age_band": {"18-24": 0.12, "25-34": 0.18, "35-44": 0.18, "45-54": 0.17, "55-64": 0.15, "65-74": 0.11, "75+": 0.09},
    "gender": {"female": 0.52, "male": 0.46, "other": 0.02},
}
SMALLEST, LARGEST = 280, 900
FAULTS = [
    Fault("unknown_reference", 0.4, {"service_area_id": "ZZZ"}),
    Fault("out_of_range", 0.7, {"category": "not stated", "people": "-1"}),
]


def deliver_caseload(period: Period, teams: pl.DataFrame) -> Delivery:
    """One file: every service area on the first day of each year the trust's files touch."""
    random = period.random("caseload")
    days = [date(year, 1, 1) for year in range(period.start.year, period.as_at.year + 1)]
    rows = [
        (area, day.isoformat(), dimension, category, str(round(people * share)))
        for area in teams["service_area_id"].unique(maintain_order=True)
        for people in [int(random.integers(SMALLEST, LARGEST))]
        for day in days
        for dimension, shares in SHARES.items()
        for category, share in shares.items()
    ]
    columns = ("service_area_id", "as_at", "dimension", "category", "people")
    caseload = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    spoilt = with_faults(caseload, FAULTS)
    content = csv_bytes(spoilt.drop("fault"))
    return Delivery("caseload", "caseload by service area.csv", content, spoilt["fault"].to_list(), period.as_at)
