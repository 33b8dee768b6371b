/*
description = "The waits of every complete block of four quarters, at trust and care setting, one row for each candidate and place, all followed for as long as the indicator of the same people follows them: days until the first meeting, or as long as they were followed where it did not come, for whatever reason. Row level, for the run's own use; what is published of it is told in steps of enough people."
key         = ["level", "place_id", "period_start", "candidate_id"]
[columns]
followed_days = "For how many days everybody was followed."
days = "Days from the first interest to the first meeting, or as many as the person was followed where it did not come."
happened = "Whether the person came to a first meeting in that time."
*/
with follow_up as (
    select window_days
    from marts.indicator_catalogue
    where indicator_id = 'interest_to_active_in_180_days'
)
select
    team_place.level,
    team_place.place_id,
    period.period_start,
    period.period_end,
    interest.candidate_id,
    follow_up.window_days as followed_days,
    least(coalesce(interest.days_to_active, follow_up.window_days), follow_up.window_days) as days,
    coalesce(interest.days_to_active <= follow_up.window_days, false) as happened
from marts.first_interest as interest
cross join follow_up
inner join marts.team_place as team_place on coalesce(interest.team_id, '') = team_place.team_id
inner join marts.period as period
    on
        period.grain = 'four_quarters'
        and period.window_days = follow_up.window_days
        and interest.interest_on between period.period_start and period.period_end
cross join marts.run as run
where
    team_place.level in ('trust', 'care_setting')
    and date_diff('day', period.period_end, run.as_at) >= follow_up.window_days
