"""What the small snapshot holds beside its figures: notes, groups of people, meetings without a service user."""

from datetime import date

Rows = list[tuple[object, ...]]
TRUST = ("trust", "trust")


def told_tables(edition: str) -> dict[str, Rows]:
    """The tables, for an edition."""
    internal = edition == "internal"
    now = "4 meetings since a service user was last there."
    return {
        "annotation": annotation_rows(edition),
        "indicator_breakdown": breakdown_rows(),
        "gap_chart": [("team", "T1", 1, None, None, 4, "none", [], now, "g_benneyan")] if internal else [],
    }


def annotation_rows(edition: str) -> Rows:
    """Notes of every kind: id, level, place, indicator, kind, text, owner, approved by, reason, on, due."""
    rows: Rows = [
        ("n1", *TRUST, None, "event", "The register moved", None, None, None, date(2025, 1, 5), None),
        ("n2", *TRUST, "presence", "rebase", "Limits begin anew", None, "Director of nursing", "Another register",
         date(2025, 1, 1), None),
        ("n3", "service_area", "A1", None, "change_idea", "Buddies come along", "QI office", None, None,
         date(2026, 8, 1), date(2027, 1, 2)),
        ("n4", "care_setting", "inpatient", "agenda", "change_idea", "Agendas go out early", None, None, None,
         date(2024, 11, 1), None),
        ("n5", *TRUST, "presence", "said", "It helps <when> we hear back.", None, "Involvement office", None,
         date(2026, 7, 1), None),
        ("n6", "team", "T2", None, "change_idea", "A secret of Birch ward", "Ward manager", None, None,
         date(2026, 9, 1), date(2026, 12, 1)),
    ]  # fmt: skip
    return [row for row in rows if edition == "internal" or row[1] != "team"]


def breakdown_rows() -> Rows:
    """A number of people by two dimensions: one group hidden, one with few people, one with enough."""
    quarter = (date(2026, 7, 1), date(2026, 9, 30))
    return [
        ("turned_away", "quarter", *TRUST, *quarter, "gender", "female", 30, 90, 33.3, 24.0, 44.0, "shown"),
        ("turned_away", "quarter", *TRUST, *quarter, "gender", "male", 10, 20, 50.0, 29.0, 70.0, "shown"),
        ("turned_away", "quarter", *TRUST, *quarter, "gender", "other", None, None, None, None, None, "hidden"),
        ("turned_away", "quarter", *TRUST, *quarter, "route", "peer", None, None, None, None, None, "hidden"),
    ]
