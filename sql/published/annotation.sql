/*
description = "The notes on the charts. What service users said is given for a place with so many of them on the register on that day that nobody can be picked out, and at most once for each place, indicator and quarter: the latest. One said of all indicators stands only where none was said of a single one."
key         = ["annotation_id"]
editions    = ["internal", "board"]
*/
with seen as (
    select
        policy.edition,
        policy.hide_up_to,
        annotation.*,
        date_trunc('quarter', annotation.on_date) as quarter,
        coalesce(said.service_users_count, 0) as service_users_count
    from staging.annotation as annotation
    cross join published.policy as policy
    left join marts.said as said on annotation.annotation_id = said.annotation_id
    where policy.has_teams or annotation.level <> 'team'
),
said as (
    select
        edition,
        annotation_id
    from seen
    where kind = 'said' and service_users_count > hide_up_to
    qualify
        row_number() over (
            partition by edition, level, place_id, quarter, indicator_id
            order by on_date desc, annotation_id desc
        ) = 1
        and (
            indicator_id is not null
            or count(indicator_id) over (partition by edition, level, place_id, quarter) = 0
        )
)
select
    seen.edition,
    seen.annotation_id,
    seen.level,
    seen.place_id,
    seen.indicator_id,
    seen.kind,
    seen.text,
    seen.owner,
    seen.approved_by,
    seen.reason,
    seen.on_date,
    seen.due_on
from seen
left join said on seen.edition = said.edition and seen.annotation_id = said.annotation_id
where seen.kind <> 'said' or said.annotation_id is not null
