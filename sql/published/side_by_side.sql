/*
description = "The latest complete figures of every two care settings, and of every two service areas, beside each other, with suffixes _a and _b, and the stored sentence of how they differ where they are compared. Each two stand here in both orders. Only indicators whose header gives side_by_side."
key         = ["indicator_id", "level", "place_a", "place_b"]
editions    = ["internal", "board"]
[columns]
place_a = "The place that stands first."
place_b = "The place that stands second."
numerator_a = "The first place's part that is asked for."
denominator_a = "The first place's whole."
value_a = "The first place's figure, percent 0 to 100."
lower_a = "The lower end of the first place's 95 % interval."
upper_a = "The upper end of the first place's 95 % interval."
status_a = "What became of the first place's figure: shown, hidden or no_activity."
numerator_b = "The second place's part that is asked for."
denominator_b = "The second place's whole."
value_b = "The second place's figure, percent 0 to 100."
lower_b = "The lower end of the second place's 95 % interval."
upper_b = "The upper end of the second place's 95 % interval."
status_b = "What became of the second place's figure: shown, hidden or no_activity."
is_clear = "Whether the 95 % interval of their difference leaves nought out."
*/
select
    side_a.edition,
    indicator.side_by_side,
    side_a.indicator_id,
    indicator.title,
    indicator.short_title,
    indicator.kind,
    side_a.level,
    side_a.place_id as place_a,
    side_b.place_id as place_b,
    side_a.grain,
    side_a.period_start,
    side_a.period_end,
    side_a.numerator as numerator_a,
    side_a.denominator as denominator_a,
    side_a.value as value_a,
    side_a.lower as lower_a,
    side_a.upper as upper_a,
    side_a.status as status_a,
    side_b.numerator as numerator_b,
    side_b.denominator as denominator_b,
    side_b.value as value_b,
    side_b.lower as lower_b,
    side_b.upper as upper_b,
    side_b.status as status_b,
    comparison.sentence,
    coalesce(comparison.lower > 0 or comparison.upper < 0, false) as is_clear
from published.latest_value as side_a
inner join published.indicator as indicator
    on
        side_a.edition = indicator.edition
        and side_a.indicator_id = indicator.indicator_id
        and indicator.side_by_side is not null
inner join published.latest_value as side_b
    on
        side_a.edition = side_b.edition
        and side_a.indicator_id = side_b.indicator_id
        and side_a.level = side_b.level
        and side_a.period_start = side_b.period_start
        and side_a.place_id <> side_b.place_id
left join published.comparison as comparison
    on
        side_a.edition = comparison.edition
        and side_a.indicator_id = comparison.indicator_id
        and side_a.level = comparison.level
        and side_a.period_start = comparison.period_start
        and comparison.place_a in (side_a.place_id, side_b.place_id)
        and comparison.place_b in (side_a.place_id, side_b.place_id)
where side_a.level in ('care_setting', 'service_area')
