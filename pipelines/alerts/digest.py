"""The week in five lines for each role, from the sentences stored with the figures; sent once a week.

Each line is a stored sentence or a count of stored rows, read from the file of the role's own edition and never of a
team: what a role may not read on the dashboard cannot reach it by mail.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pipelines.alerts.posting import Address, addresses
from pipelines.alerts.telling import TellingError, alone, keep, log_post
from pipelines.scheduling.timetable import read_digest
from pipelines.settings import RoleName, Settings
from pipelines.status import StatusError, current_snapshot, is_anything_published
from pipelines.warehouse import Warehouse, WarehouseError

SENT = "digests.json"
EDITIONS: Mapping[RoleName, str] = {
    "executive": "board.duckdb",
    "member": "board.duckdb",
    "qi_lead": "internal.duckdb",
    "analyst": "internal.duckdb",
    "admin": "internal.duckdb",
}
LOOK_AT_FILES = ("analyst", "admin")
TITLE = "Involvement in improvement: the week in five lines"
IN_THE_HEADLINE = """told_of = 'trust' and indicator_id in (
    select indicator_id from published.briefing where level = 'trust' and kind = 'headline')"""
PLACES = "level in ('care_setting', 'service_area')"


def write(data: Path, role: RoleName) -> list[str]:
    """The five lines for a role. Raises StatusError where nothing is published, or nothing that can be read."""
    try:
        return _lines(current_snapshot(data) / EDITIONS[role], role)
    except WarehouseError as error:
        words = "What is shown cannot be read: a file of it is damaged or missing. Publish anew: involve run"
        raise StatusError(words) from error


def _lines(edition: Path, role: RoleName) -> list[str]:
    with Warehouse(edition, memory_limit="256MB", threads=1, is_read_only=True) as snapshot:
        return [
            _headline(snapshot),
            _changes(snapshot),
            _places(snapshot),
            _rows(snapshot) if role in LOOK_AT_FILES else _unknown(snapshot),
            _data(snapshot),
        ]


def send_due(settings: Settings, now: datetime) -> tuple[int, int]:
    """Posts the digest whose time has come and which an address has not had; gives how many went out and could not.

    One digest is enough after a pause of several weeks, and an address that is new waits for the next time rather than
    hear of the last. Raises SettingsError, StatusError, TellingError.
    """
    due, is_today = _last_due(settings, now)
    to = {role: addresses(urls, f"alerts.digest_to.{role}") for role, urls in settings.alerts.digest_to.items()}
    if due is None or not any(to.values()) or not is_anything_published(settings.data):
        return 0, 0
    with alone(settings.data):
        sent = _read(settings.data / SENT)
        otherwise = "" if is_today else due
        waiting = [
            (role, address)
            for role, listed in to.items()
            for address in listed
            if sent.get(f"{role}:{address.mark}", otherwise) < due
        ]
        # Written only where one is due: most of the time there is none, and figures that cannot be read are no matter.
        lines = {role: write(settings.data, role) for role in dict.fromkeys(role for role, _ in waiting)}
        done = [_post(settings, role, address, lines[role]) for role, address in waiting]
        sent |= {f"{role}:{a.mark}": due for (role, a), is_told in zip(waiting, done, strict=True) if is_told}
        if any(done):
            _keep(settings.data / SENT, sent)
    return done.count(True), done.count(False)


def _post(settings: Settings, role: RoleName, address: Address, lines: list[str]) -> bool:
    fault = address.post(TITLE, "\n\n".join(lines))
    log_post(settings, "digest", address, fault, role=role)
    return not fault


def _last_due(settings: Settings, now: datetime) -> tuple[str | None, bool]:
    """The newest time of the digest that has passed within a week and a day, in UTC; whether that was within a day."""
    cron, newest = read_digest(settings), None
    due = cron.after(now - timedelta(days=8))
    while due and due <= now:
        newest, due = due, cron.after(due)
    if newest is None:
        return None, False
    return newest.astimezone(UTC).isoformat(timespec="seconds"), now - newest < timedelta(days=1)


def _headline(snapshot: Warehouse) -> str:
    found = _briefing(snapshot, "headline")
    return found[0] if found else "There is nothing to say about the whole trust yet."


def _changes(snapshot: Warehouse) -> str:
    """What changed beside what the headline has told."""
    all_told, found = _briefing(snapshot, "change"), _briefing(snapshot, "change", f"and not ({IN_THE_HEADLINE})")
    other = "other " if len(found) < len(all_told) else ""
    if not found:
        return f"No {other}number of the Overview is beyond the usual ups and downs."
    more = f" And {len(found) - 1} more on the Overview." if len(found) > 1 else ""
    return f"What {'else ' if other else ''}changed: {found[0]}{more}"


def _places(snapshot: Warehouse) -> str:
    query = f"""select count(*), count(*) filter (where variation like 'improvement%'),
        count(*) filter (where variation like 'concern%')
        from published.signal where {PLACES} and variation not in ('common_cause', 'none')"""
    count, better, concern = snapshot.rows(query)[0]
    if not count:
        return "In wards, community and service areas nothing is beyond the usual ups and downs."
    kinds = {"better": better, "of concern": concern, "neither good nor bad in itself": count - better - concern}
    said = ", ".join(f"{number} {kind}" for kind, number in kinds.items() if number)
    numbers = "1 number is" if count == 1 else f"{count} numbers are"
    return (
        f"In wards, community and service areas {numbers} beyond the usual ups and downs: {said}. Trends shows where."
    )


def _unknown(snapshot: Warehouse) -> str:
    found = _briefing(snapshot, "unknown")
    return f"What we do not know: {'; '.join(found)}." if found else "Nothing that should be known is missing."


def _rows(snapshot: Warehouse) -> str:
    held_back = snapshot.value("select coalesce(sum(rows_quarantined), 0) from published.load_file")
    failed = snapshot.value("select count(*) from published.check_result where not success")
    refused = snapshot.value("select count(*) from published.load_file where outcome = 'refused'")
    return f"Rows held back: {held_back:,}. Files refused so far: {refused}. Checks that do not hold: {failed}."


def _data(snapshot: Warehouse) -> str:
    data_to, as_at = snapshot.rows("select data_to, as_at from published.snapshot")[0]
    late = [title for (title,) in snapshot.rows("select title from published.feed_freshness where is_late order by 1")]
    overdue = f"Late: {', '.join(late)}." if late else "No feed is late."
    return f"Complete to {_day(data_to)}, figures as at {_day(as_at)}. {overdue}"


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def _briefing(snapshot: Warehouse, kind: str, more: str = "") -> list[str]:
    query = f"select sentence from published.briefing where level = 'trust' and kind = ? {more} order by position"
    return [sentence for (sentence,) in snapshot.rows(query, [kind])]


def _read(path: Path) -> dict[str, str]:
    try:
        sent = json.loads(path.read_text(encoding="utf-8"))
        return {str(key): str(due) for key, due in sent.items()}
    except (FileNotFoundError, ValueError, AttributeError):
        return {}


def _keep(path: Path, sent: dict[str, str]) -> None:
    try:
        keep(path, sent)
    except OSError as error:
        words = f"{path} cannot be written: {error.strerror}. The digest went out and will go out again. Make room in"
        raise TellingError(f"{words} the data folder.") from error
