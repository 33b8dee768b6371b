/*
description = "The waits of every complete block of four quarters, at trust and care setting, one row for each candidate and place: row level, for the run's own use; what is published of it is told in steps of enough people."
key         = ["level", "place_id", "period_start", "candidate_id"]
*/
select
    team_place.level,
    team_place.place_id,
    period.period_start,
    period.period_end,
    candidate.candidate_id,
    candidate.days,
    candidate.happened
from marts.candidate_wait as candidate
inner join marts.team_place as team_place on coalesce(candidate.team_id, '') = team_place.team_id
inner join marts.period as period
    on candidate.interest_on between period.period_start and period.period_end
cross join marts.run as run
where
    team_place.level in ('trust', 'care_setting')
    and period.grain = 'four_quarters'
    and period.window_days = 0
    and period.period_end <= run.as_at
