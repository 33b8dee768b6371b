/*
description = "The last twelve meetings of a team in counts: of every indicator that counts something at single meetings and no people, what was counted there. No percentage, and no other team."
key         = ["level", "place_id", "indicator_id"]
editions    = ["internal"]
[columns]
level = "Always team."
numerator = "What was counted at these meetings."
denominator = "Out of how many."
*/
with counted as (
    select
        unit.indicator_id,
        recent.team_id,
        cast(sum(unit.numerator) as bigint) as numerator,
        cast(sum(unit.denominator) as bigint) as denominator
    from marts.recent_meeting as recent
    inner join marts.indicator_unit as unit
        on
            recent.meeting_id = unit.unit_id
            and recent.team_id = unit.team_id
            and recent.held_on = unit.counted_on
    inner join marts.indicator_catalogue as indicator on unit.indicator_id = indicator.indicator_id
    where not indicator.counts_people
    group by unit.indicator_id, recent.team_id
)
select
    policy.edition,
    'team' as level,
    counted.team_id as place_id,
    counted.indicator_id,
    counted.numerator,
    counted.denominator
from counted
cross join published.policy as policy
where policy.has_teams
