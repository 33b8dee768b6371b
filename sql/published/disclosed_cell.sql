/*
description = "Every cell in every edition after disclosure control: what is hidden is empty, what is rounded is rounded. Which cells are hidden is decided in pipelines/disclosure.py by the figures of the policy."
key         = ["edition", "indicator_id", "grain", "level", "place_id", "period_start", "dimension", "category"]
[columns]
status = "What may be seen of the cell: shown, hidden, no_activity, or incomplete where its period has not ended."
numerator = "How many of the units have what is asked for, or how much of what is added up, rounded where the edition asks; empty where it is hidden or nothing happened."
denominator = "How many units there are, or how much in all, rounded where the edition asks; empty where it is hidden or nothing happened."
least_denominator = "Below which denominator no value is given."
*/
with settled as (
    select
        policy.edition,
        policy.least_denominator,
        cell.*,
        case
            when hidden_cell.edition is not null then 'hidden'
            when not cell.is_complete then 'incomplete'
            when cell.denominator = 0 then 'no_activity'
            else 'shown'
        end as status,
        case when cell.counts_people then policy.round_to else 1 end as step
    from marts.cell as cell
    cross join published.policy as policy
    left join marts.hidden_cell as hidden_cell
        on
            policy.edition = hidden_cell.edition
            and cell.indicator_id = hidden_cell.indicator_id
            and cell.grain = hidden_cell.grain
            and cell.level = hidden_cell.level
            and cell.place_id = hidden_cell.place_id
            and cell.period_start = hidden_cell.period_start
            and cell.dimension = hidden_cell.dimension
            and cell.category = hidden_cell.category
    where policy.has_teams or cell.level <> 'team'
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
    dimension,
    category,
    status,
    case when status in ('shown', 'incomplete') then (2 * numerator + step) // nullif(2 * step, 0) * step end as numerator,
    case when status in ('shown', 'incomplete') then (2 * denominator + step) // nullif(2 * step, 0) * step end as denominator,
    case when counts_people then least_denominator else 0 end as least_denominator
from settled
