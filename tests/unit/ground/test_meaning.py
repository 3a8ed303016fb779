from remit.ground.meaning import Meaning


def test_a_meaning_has_three_parts():
    assert Meaning("a", "b", "c")._fields == ("title", "why", "fix")
