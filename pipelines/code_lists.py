"""Lists that more than one feed reads: roles, and the ethnic categories of the NHS data dictionary (16+1)."""

ROLES = ("service_user", "former_service_user", "carer", "peer_worker", "staff", "qi_coach", "other")
ETHNIC_CATEGORIES = (*"ABCDEFGHJKLMNPRSZ", "99")
