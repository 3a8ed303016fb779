from dataclasses import replace

import ways as made
from remit.questions.months import Dip
from remit.report.way_text import money_table, months_table, not_in_it, stop_sentences, way_sentences

DIP = Dip(8, -0.5, -1.0, -0.1, 0.9, 12, 20, True)


def sentences(**changes):
    answer = made.told("neighbours")
    return way_sentences(replace(answer.ways[0], **changes), answer)


def test_the_dip_is_told_with_its_range_and_how_often_it_is_worse():
    said = sentences(dip=DIP)[0]
    assert said == (
        "Worst month for survivors a year: month 8, −0.50 lives a year † against today on average "
        "(−1.00 to −0.10 in nine futures in ten; worse in 90 % of them); from month 12 on it is no worse than today on "
        "average, and what was lost is made good by month 20."
    )


def test_no_dip_no_recovery_and_too_few_replicates_each_have_their_words():
    assert sentences(dip=None)[0].startswith("No dip in survivors a year")
    assert "does not stay as good as today again" in sentences(dip=replace(DIP, recovered=None))[0]
    assert "not made good" in sentences(dip=replace(DIP, made_good=None))[0]
    assert "computing error" in sentences(dip=replace(DIP, is_computed_enough=False))[0]


def test_a_stop_rule_is_told_with_how_often_it_is_right_and_what_it_is_worth():
    trial = made.told("neighbours", stop="response_mean>today+0.01@30").ways[0].stop
    said = " ".join(stop_sentences(trial))
    assert "hand back if urgent response, mean is above today +0.01 before month 30" in said
    assert "if handed back in every future" in said
    assert "nan" not in said


def test_the_table_has_every_month_once_and_names_what_moves():
    answer = made.told("neighbours")
    table = months_table(answer.ways[0])
    assert len(table.rows) == -(-answer.months // 3)
    moved = " ".join(r[1] for r in table.rows)
    assert all(m.variable.replace("_", " ") in moved for m in answer.ways[0].route.moves)
    assert all(len(r) == len(table.header) for r in table.rows)


def test_money_and_limits_are_said():
    answer = made.told("neighbours")
    assert len(money_table(answer.ways[0].money).rows) == answer.months
    assert "assumptions" in not_in_it(answer)
