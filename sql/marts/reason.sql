/*
description = "How a way to involvement can end, one row for each code: the category readers are told, in words, and by whose decision. active stands for those who took part; D99 also for an ending nobody gave a reason for. ours: by a decision or a system of the trust."
key         = ["reason_code"]
[columns]
reason_code = "The code of the reason, or active."
category = "The category readers are told."
side = "By whose decision: involved, ours, the_persons_own, neither or not_known."
category_no = "The category's place in the order, from 1."
title = "The category in words."
*/
select
    reason_code,
    category,
    side,
    category_no,
    title
from (
    values
        ('active', 'active', 'involved', 1, 'Took part'),
        ('D05', 'judged_by_us', 'ours', 2, 'A judgement about the person'),
        ('D06', 'judged_by_us', 'ours', 2, 'A judgement about the person'),
        ('D07', 'nobody_asked', 'ours', 3, 'Nobody asked'),
        ('D01', 'our_systems', 'ours', 4, 'Our systems'),
        ('D02', 'our_systems', 'ours', 4, 'Our systems'),
        ('D03', 'our_systems', 'ours', 4, 'Our systems'),
        ('D04', 'our_systems', 'ours', 4, 'Our systems'),
        ('D08', 'our_systems', 'ours', 4, 'Our systems'),
        ('D10', 'could_change', 'the_persons_own', 5, 'Meeting times or payment: some of these we could change'),
        ('D12', 'could_change', 'the_persons_own', 5, 'Meeting times or payment: some of these we could change'),
        ('D11', 'not_now', 'the_persons_own', 6, 'Not now: asked us to come back'),
        ('D13', 'chose_not_to', 'the_persons_own', 7, 'Chose not to'),
        ('D09', 'circumstances_changed', 'neither', 8, 'Circumstances changed'),
        ('D14', 'no_reply', 'not_known', 9, 'No reply'),
        ('D99', 'not_recorded', 'not_known', 10, 'Not recorded')
) as reason (reason_code, category, side, category_no, title)
