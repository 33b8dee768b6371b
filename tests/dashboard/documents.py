"""What a small snapshot says of its tables: the way of one indicator, and an analyst's own view."""


def documents(edition: str) -> dict[str, list[tuple[object, ...]]]:
    """The way of one indicator from its feed, and in the internal edition an analyst's own view of it."""
    own = [("views.ours", "views", "file", "Ours.", ["place_id"], ["published.indicator_value"], "select 3")]
    tables: list[tuple[object, ...]] = [
        ("raw.meetings", "raw", "feed", "Meetings.", [], [], None),
        ("marts.meeting", "marts", "file", "One row for each meeting.", ["meeting_id"], ["raw.meetings"], "select 1"),
        ("indicators.presence", "indicators", "file", "Of the meetings held.", ["unit_id"],
         ["marts.meeting", "raw.meetings"], "select 2"),
        *(own if edition == "internal" else []),
    ]  # fmt: skip
    lineage: list[tuple[object, ...]] = [
        ("indicators.presence", "numerator", "marts.meeting", "presence", "made"),
        ("indicators.presence", "denominator", "marts.meeting", None, "counted"),
        ("marts.meeting", "presence", "raw.meetings", "status", "made"),
        ("marts.meeting", "held_on", "raw.meetings", "held_on", "passed"),
    ]
    dictionary: list[tuple[object, ...]] = [("published.place", "name", "VARCHAR", "The place's name.")]
    if edition == "internal":
        dictionary.append(("views.ours", "place_id", "VARCHAR", "The place."))
    return {"data_table": tables, "data_lineage": lineage, "data_dictionary": dictionary}
