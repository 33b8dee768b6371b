/*
description = "The stages of the way from interest to the first meeting in their order, each in words: what it is called, and the step from it to the next."
key         = ["stage"]
[columns]
stage = "The stage of the way, as recruitment records name it."
stage_no = "The stage's place in the order, from 1."
title = "The stage in words."
step = "The step from this stage to the next, in words."
*/
select
    stage,
    stage_no,
    title,
    step
from (
    values
        ('interest', 1, 'Said they were interested', 'After saying they were interested'),
        ('eligibility', 2, 'Eligibility check', 'After the eligibility check'),
        ('conversation', 3, 'First conversation', 'After the first conversation'),
        ('checks', 4, 'Safety and reference checks', 'After the safety and reference checks'),
        ('induction', 5, 'Induction', 'After the induction'),
        ('registered', 6, 'On the register', 'After joining the register'),
        ('matched', 7, 'Matched with a team', 'After being matched with a team'),
        ('active', 8, 'First meeting', 'At the first meeting')
) as stage (stage, stage_no, title, step)
