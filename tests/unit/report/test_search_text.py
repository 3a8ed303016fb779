from remit.report.search_text import chosen_lines, front_table, letter, search_lines, search_plain, title
from search_answers import answer


def test_how_it_went_and_what_it_leaves_out_is_said():
    said = "\n".join(search_lines(answer()))
    assert (
        "cannot be bettered in survivors a year in the worst future of ten and cost to the public purse"
        in said
    )
    assert "assumptions" in said
    assert "Held as today, for their own cost is not in the model: opening hours" in said
    assert "--trials allows more" in said
    assert "Not to be told apart in any objective: A and B." in said


def test_each_design_is_told_by_its_numbers_its_changes_and_its_needs():
    said = "\n".join(chosen_lines(answer()))
    assert "survivors a year +1.00 \u00b1 0.50 lives a year" in said
    assert "Staff: more" in said
    assert "another clearly beats it" in said


def test_table_and_json_say_the_same():
    table, plain = front_table(answer()), search_plain(answer())
    assert len(table.rows) == len(plain["front"]) == 2
    assert [row[0] for row in table.rows] == ["A", "B"]
    assert table.rows[0][-1] == "group 1"
    assert plain["front"][0]["differences"] == {"survivors": 1.0, "cost_public": 2000.0}


def test_a_known_design_keeps_its_name():
    known, found = answer().chosen
    assert title(known) == "one more"
    assert title(found) == "1 change from today"
    assert letter(27) == "AB"
