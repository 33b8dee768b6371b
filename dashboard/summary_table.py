"""The Overview's table: each number by theme, its change, latest figure, usual range and two years in a line."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

import polars

from dashboard import chart_panel, filters, wording
from dashboard.access import Scope
from dashboard.charts import drawings, icons
from dashboard.components import Row, picture, theme
from dashboard.filters import Place
from dashboard.store import Store


def summary_table(scope: Scope, store: Store, place: Place, rows: Sequence[Row]) -> str:
    """The Overview's numbers by theme (rows of Store.summary); a click anywhere on one leads to its trend."""
    indicators = store.indicators(scope)
    labels = dict(zip(indicators["indicator_id"], filters.indicator_labels(indicators), strict=True))
    series = store.series(scope, place.level, place_id=place.place_id)
    has_target = any(wording.target(row) for row in rows)
    headings = ["Change", "Latest", "Usual range", *(["Target"] if has_target else []), "Two years"]
    head = "".join(f'<th role="columnheader" scope="col">{heading}</th>' for heading in ("Number", *headings))
    body = ""
    for question, members in groupby(rows, key=lambda row: row["theme"]):
        body += f'<tr class="inv-theme" role="row">{over(question, len(headings) + 1)}</tr>'
        body += "".join(number_row(row, labels[row["indicator_id"]], series, place, has_target) for row in members)
    return (
        f'<table class="inv-summary" role="table"><caption>{escape(place.label)}: the latest complete figures</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table>'
    )


def over(question: str, columns: int) -> str:
    """The heading of a theme over all columns."""
    return f'<th role="columnheader" scope="colgroup" colspan="{columns}">{escape(question)}</th>'


def number_row(row: Row, label: str, series: polars.DataFrame, place: Place, has_target: bool) -> str:
    """One number: name and link, change, latest, usual range, target if any has one, two years in a line."""
    is_team = place.level == "team"
    variation = "none" if is_team else row["variation"] or "none"
    icon = picture(icons.variation_icon(variation, theme()), "")
    cells = [
        cell("change", f"{icon}{escape(change(row, place))}"),
        cell("latest", latest(row)),
        cell("range", f'<span class="inv-narrow-word">Usual: </span>{escape(usual(row, place))}'),
        *([cell("range", aim(row, is_team))] if has_target else []),
        cell("line", line(row, series, is_team)),
    ]
    address = escape(filters.link("trends", **{filters.INDICATOR: label}))
    name = f'<th role="rowheader" scope="row"><a href="{address}">{escape(row["short_title"])}</a></th>'
    return f'<tr class="inv-number" role="row">{name}{"".join(cells)}</tr>'


def cell(kind: str, shown: str) -> str:
    """A cell of one kind, which says that it is one: see components.table."""
    return f'<td role="cell" class="inv-{kind}">{shown}</td>'


def judged(row: Row, place: Place) -> bool:
    """Whether a number is judged for change at the place; nothing is of one team."""
    return place.level != "team" and chart_panel.is_judged(row, place.level)


def change(row: Row, place: Place) -> str:
    """What is said of its change in two or three words."""
    if place.level == "team":
        return "Counts only"
    return wording.VARIATIONS[row["variation"] or "none"] if judged(row, place) else "Not judged"


def usual(row: Row, place: Place) -> str:
    """Its usual range, or why there is none."""
    if place.level == "team":
        return f"too few {row['unit']}"
    return wording.usual_range(row) if judged(row, place) else "not judged"


def latest(row: Row) -> str:
    """Oct 2026 93 of 227 41 %: the last complete period; never a percentage of few."""
    if row["period_start"] is None:
        return "<span>nothing complete yet</span>"
    when = wording.period(row["grain"], row["period_start"], row["period_end"])
    share = wording.share(row)
    strong = f'<span class="inv-share">{escape(share)}</span>' if share else ""
    return f"<span>{escape(when)}:</span> <span>{escape(wording.counts(row))}</span>{strong}"


def aim(row: Row, is_team: bool) -> str:
    """The target and how the series stands to it, with its icon; nothing without a target."""
    words = wording.target(row)
    if not words or is_team:
        return escape(words)
    assurance = row["assurance"] or "none"
    icon = picture(icons.assurance_icon(assurance, theme()), "")
    return f'<span class="inv-aim">{icon} {escape(words)}: {escape(wording.ASSURANCES[assurance])}</span>'


def line(row: Row, series: polars.DataFrame, is_team: bool) -> str:
    """Two years of complete periods in a line."""
    own = series.filter(polars.col("indicator_id") == row["indicator_id"], polars.col("is_complete"))
    own = own.filter(polars.col("period_end") > polars.col("period_end").max().dt.offset_by("-2y"))
    if is_team or own.is_empty():
        return ""
    middle = row["centre"] if (row["points"] or 0) >= wording.FEWEST_POINTS else None
    drawn = drawings.sparkline(own["value"].to_list(), own["point_type"].to_list(), middle, theme())
    return picture(drawn, row["summary"] or "")


def summary_numbers(place: Place, rows: Sequence[Row]) -> polars.DataFrame:
    """The same table to take away; a percentage only where it is fit to print, a verdict only above a team."""
    return polars.DataFrame(
        [
            {
                "question": row["theme"],
                "number": row["title"],
                "place": place.label,
                "from": row["period_start"],
                "to": row["period_end"],
                "counted": row["numerator"],
                "of": row["denominator"],
                "percent": row["value"] if row["period_start"] and wording.share(row) else None,
                "change": change(row, place),
                "usual_range": usual(row, place),
                "target": wording.target(row) or None,
            }
            for row in rows
        ],
        infer_schema_length=None,
    )
