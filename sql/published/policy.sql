/*
description = "The disclosure policy, one row for each edition. People are hidden where 1 to hide_up_to of them could be told; other counts of people are rounded to round_to; below least_denominator no value is given, only the counts. Where hides_diaries, presence is hidden for a place where only one or two service users came. To change what may be seen, change this table and nothing else."
key         = ["edition"]
[columns]
edition = "Who reads it: internal or board."
hide_up_to = "Counts of people from 1 to this are hidden."
round_to = "Other counts of people are rounded to the nearest multiple of this; 1 leaves them as they are."
least_denominator = "Below this many people no value is given, only the counts."
has_teams = "Whether teams are shown."
hides_diaries = "Whether presence is hidden where only one or two service users came."
*/
select
    edition,
    hide_up_to,
    round_to,
    least_denominator,
    has_teams,
    hides_diaries
from (
    values
        ('internal', 4, 1, 0, true, false),
        ('board', 7, 5, 50, false, true)
) as policy (edition, hide_up_to, round_to, least_denominator, has_teams, hides_diaries)
