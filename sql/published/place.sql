/*
description = "The places figures are given for, each with the place it is part of."
key         = ["level", "place_id"]
editions    = ["internal", "board"]
*/
select
    policy.edition,
    place.place_id,
    place.level,
    place.parent_id,
    place.name
from marts.place as place
cross join published.policy as policy
where policy.has_teams or place.level <> 'team'
