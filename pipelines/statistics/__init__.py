"""Statistics: pure functions from frames to frames, for all series at once.

rules (what counts as special cause), limits (where the lines lie), spc (points), signals (one verdict a series),
intervals, comparisons, periods, briefing and headline (the stored sentences), wording (how figures are said).
"""
