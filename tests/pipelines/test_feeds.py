"""Every feed, found by walking the folder, is what the contract says."""

import pkgutil

import pytest

from pipelines import feeds
from pipelines.feed import FEEDS_ROOT, Feed, Kind, discover
from pipelines.suite import read_suite

ORDER = (
    *("teams", "people", "projects", "meetings", "attendance", "ms_teams", "training", "moodle"),
    *("recruitment", "recruitment_status", "caseload", "annotations"),
)
# The contract's table of columns: those with a star are required.
COLUMNS = {
    "teams": "team_id* team_name* service_area_id* service_area* care_setting* opened_on closed_on",
    "people": "person* person_role* email team_id joined_on left_on age_band gender ethnic_category",
    "projects": "project_id* team_id* title* declared_involvement* opened_on* closed_on",
    "meetings": "meeting_id* team_id* held_at* status* meeting_type* project_id venue_type mode duration_minutes "
    "agenda_items agenda_items_by_service_users actions_agreed actions_by_service_users involvement_level "
    "level_declared_by online_title",
    "attendance": "meeting_id* person* attendance* person_role",
    # Not the contract's: what its reader takes of a report.
    "ms_teams": "person* generation* online_title started_at otherwise_started_at",
    "training": "person* course_code* enrolled_on* course_title person_role session_id session_on completed_on outcome",
    "recruitment": "candidate* team_id* opportunity_id* stage* event_on* actor reason_code route age_band gender "
    "ethnic_category",
    # The star at completed_on would ask for its cells; only its heading is asked for.
    "moodle": "course_code* person* completed_on",
    "recruitment_status": "snapshot_on* candidate* status* date_of_last_status_change* team_id date_joined",
    "caseload": "service_area_id* as_at* dimension* category* people*",
    "annotations": "annotation_id* level* place_id* on_date* kind* text* indicator_id owner due_on approved_by reason",
}
KEYS = {
    "teams": "team_id",
    "people": "person",
    "projects": "project_id",
    "meetings": "meeting_id",
    "attendance": "meeting_id person",
    "ms_teams": "meeting_id person",
    "training": "person course_code enrolled_on",
    "recruitment": "candidate opportunity_id stage event_on",
    "moodle": "course_code person",
    "recruitment_status": "candidate snapshot_on",
    "caseload": "service_area_id as_at dimension category",
    "annotations": "annotation_id",
}
CHOICES = {
    "care_setting": 2,
    "person_role": 7,
    "ethnic_category": 18,
    "declared_involvement": 4,
    "status": 2,
    "meeting_type": 5,
    "venue_type": 6,
    "mode": 3,
    "level_declared_by": 3,
    "attendance": 4,
    "outcome": 4,
    "stage": 13,
    "actor": 6,
    "reason_code": 15,
    "route": 5,
    "recruitment_status.status": 7,
    "dimension": 3,
    "level": 4,
    "kind": 4,
}
every_feed = pytest.mark.parametrize("feed", discover(), ids=lambda feed: feed.name)


def test_every_module_of_the_folder_is_a_feed_of_its_name() -> None:
    modules = {module.name for module in pkgutil.iter_modules(feeds.__path__)}
    assert {feed.name for feed in discover()} == modules


def test_feeds_stand_in_the_order_of_the_contract() -> None:
    assert [(ORDER.index(feed.name) + 1) for feed in discover()] == [feed.position for feed in discover()]
    assert len({feed.position for feed in discover()}) == len(discover())


@every_feed
def test_the_columns_are_those_of_the_contract(feed: Feed) -> None:
    got = " ".join(column.name + "*" * column.required for column in feed.columns)
    assert got == COLUMNS[feed.name]


@every_feed
def test_the_key_is_that_of_the_contract_and_its_columns_are_required(feed: Feed) -> None:
    assert " ".join(feed.key) == KEYS[feed.name]
    assert all(column.required for column in feed.read_key)


def test_only_a_report_is_known_by_what_other_feeds_say() -> None:
    found = {feed.name: set(feed.key) - {column.name for column in feed.columns} for feed in discover()}
    assert {feed: names for feed, names in found.items() if names} == {"ms_teams": {"meeting_id"}}


@every_feed
def test_lists_have_as_many_values_as_in_the_contract(feed: Feed) -> None:
    lists = [column for column in feed.columns if column.kind is Kind.CHOICE]
    assert {column.name: len(set(column.choices)) for column in lists} == {
        column.name: CHOICES.get(f"{feed.name}.{column.name}") or CHOICES[column.name] for column in lists
    }
    assert all(len({choice.lower() for choice in column.choices}) == len(column.choices) for column in lists)


@every_feed
def test_whoever_may_be_a_person_is_kept_secret(feed: Feed) -> None:
    secret = {column.name for column in feed.columns if column.kind.is_secret}
    assert secret == {column.name for column in feed.columns} & {"person", "candidate", "email", "online_title"}


@every_feed
def test_every_column_that_dates_a_feed_is_a_date(feed: Feed) -> None:
    assert feed.dated_by is None or feed.column(feed.dated_by).kind in (Kind.DATE, Kind.TIME)


@every_feed
def test_every_feed_has_a_suite_that_can_be_read(feed: Feed) -> None:
    assert (FEEDS_ROOT / f"{feed.name}.suite.toml").is_file()
    assert {check.rule for check in read_suite(feed)} >= {"missing_key", "ragged_row", "contradiction"}


def test_every_suite_belongs_to_a_feed() -> None:
    suites = {path.name.removesuffix(".suite.toml") for path in FEEDS_ROOT.glob("*.suite.toml")}
    assert suites == {feed.name for feed in discover()}
