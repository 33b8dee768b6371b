"""Statistics: pure functions over all series at once, equal to the national reference implementations.

Charts: charts (where centre and limits lie), lines (what they are), rules (what counts as special cause), runs and
boxes (runs against chance), matrix (series side by side), segments and rebase (step changes), spc (points of every
series), verdicts and signals (what they mean), summaries and wording (in words).
Comparisons: intervals, rates, comparisons, funnel, funnel_limits, quantiles, survival.
Stored sentences: periods, figures, headline, briefing.
"""
