/*
description = "Every cell in every edition after disclosure control: what is hidden is empty, what is rounded is rounded. The only view that decides what may be seen."
key         = ["edition", "indicator_id", "grain", "level", "place_id", "period_start"]
*/
with judged as (
    select
        policy.edition,
        policy.round_to,
        policy.least_denominator,
        cell.*,
        (
            cell.counts_people
            and (
                not cell.is_complete
                or cell.numerator between 1 and policy.hide_up_to
                or cell.denominator between 1 and policy.hide_up_to
                or cell.denominator - cell.numerator between 1 and policy.hide_up_to
                or cell.people_count between 1 and policy.hide_up_to
            )
        )
        or (cell.diary and policy.hides_diaries and cell.service_users_count between 1 and 2) as is_hidden
    from published.cell as cell
    cross join published.policy as policy
    where policy.has_teams or cell.level <> 'team'
),
settled as (
    select
        *,
        case
            when is_hidden then 'hidden'
            when not is_complete then 'incomplete'
            when denominator = 0 then 'no_activity'
            else 'shown'
        end as status,
        case when counts_people then round_to else 1 end as step
    from judged
)
select
    edition,
    indicator_id,
    kind,
    grain,
    level,
    place_id,
    period_start,
    period_end,
    status,
    case when status in ('shown', 'incomplete') then (2 * numerator + step) // (2 * step) * step end as numerator,
    case when status in ('shown', 'incomplete') then (2 * denominator + step) // (2 * step) * step end as denominator,
    case when counts_people then least_denominator else 0 end as least_denominator
from settled
