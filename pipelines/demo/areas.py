"""The pattern of the trust in one table: how each service area involves people.

The figures are invented. They follow the founding study: on wards service users are seldom in the room and
recruitment is stopped by 'clinical complexity'; in the community, brain injury most of all, they are there more often.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class ServiceArea:
    """One service area; shares are 0..1."""

    area_id: str
    name: str
    care_setting: str
    team_stem: str
    teams: int  # of twelve teams; other sizes keep the proportions
    every_days: int  # between two microsystem meetings of a team: 7 or 14
    presence: float  # share of ordinary meetings with a service user in the room
    presence_in_evenings: float | None  # the same since the area meets in the evening
    home_meetings: float  # share of microsystem meetings that are 'home' meetings
    not_recorded: float  # share of held meetings where nobody wrote down who came
    service_users: int  # a team, in two years
    stays_days: int  # a service user on the register, on average
    interests_a_month: float  # people a team hears from
    becomes_active: float  # share of them that gets to a first meeting
    turned_away: float  # share stopped by a decision of the trust
    clinical: float  # share of those stopped for 'clinical complexity' (D06)
    stops_themselves: float  # share that declines; the rest still waits
    pace: float  # 1 is the ordinary time a step takes


def _ward(area_id: str, name: str, stem: str, teams: int, every_days: int, presence: float) -> ServiceArea:
    return ServiceArea(
        area_id,
        name,
        "inpatient",
        stem,
        teams,
        every_days,
        presence,
        presence_in_evenings=None,
        home_meetings=0.06,
        not_recorded=0.11,
        service_users=4,
        stays_days=260,
        interests_a_month=1.6,
        becomes_active=0.12,
        turned_away=0.52,
        clinical=0.58,
        stops_themselves=0.14,
        pace=1.25,
    )


def _community(
    area_id: str,
    name: str,
    stem: str,
    teams: int,
    every_days: int,
    presence: float,
    presence_in_evenings: float | None = None,
    becomes_active: float = 0.42,
) -> ServiceArea:
    return ServiceArea(
        area_id,
        name,
        "community",
        stem,
        teams,
        every_days,
        presence,
        presence_in_evenings,
        home_meetings=0.14,
        not_recorded=0.06,
        service_users=7,
        stays_days=600,
        interests_a_month=2.0,
        becomes_active=becomes_active,
        turned_away=0.17,
        clinical=0.15,
        stops_themselves=0.18,
        pace=1.0,
    )


# The first so many of these make a trust; two settings need at least the first two.
SERVICE_AREAS = (
    _ward("AMH", "Inpatient mental health", "Inpatient mental health ward", 3, 7, presence=0.25),
    _community("CBI", "Community brain injury", "Community brain injury team", 2, 7, 0.52, becomes_active=0.5),
    _community("CMH", "Community mental health", "Community mental health team", 3, 7, 0.24, presence_in_evenings=0.66),
    _ward("IRE", "Inpatient rehabilitation", "Rehabilitation ward", 2, 14, presence=0.27),
    _community("OPC", "Older people's community", "Older people's community team", 2, 14, 0.33),
    _community("LDC", "Learning disability", "Learning disability team", 2, 14, 0.40),
    _ward("OPW", "Older people's wards", "Older people's ward", 2, 14, presence=0.22),
    _community("CYP", "Children and young people", "Children and young people's team", 2, 7, 0.36),
    _ward("FOR", "Forensic services", "Forensic ward", 2, 14, presence=0.28),
    _community("PER", "Perinatal mental health", "Perinatal team", 1, 14, 0.38),
    _community("PHC", "Physical health in the community", "Community nursing team", 3, 7, 0.33),
    _community("EIP", "Early intervention", "Early intervention team", 2, 7, 0.40),
)
