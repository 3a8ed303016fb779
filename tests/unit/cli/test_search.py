import json

import pytest

from pages import read_page
from small_brief import SMALL

FEW = ("--into", "found", "--trials", "400", "--futures", "8", "--threads", "1")


def test_a_search_has_words_a_page_and_json_and_comes_to_the_same_end_again(remit, tmp_path):
    said = remit("search", SMALL, *FEW)
    assert said.code == 0, said.err
    assert "cannot be bettered" in said.out
    assert "assumptions" in said.out
    read_page((tmp_path / "found" / "search.html").read_text("utf-8"))
    plain = json.loads(remit("search", SMALL, *FEW, "--json").out, parse_constant=pytest.fail)
    assert plain["front"]
    assert plain["futures"] == {"chosen_in": 8, "confirmed_in": 8}
    again = remit("search", SMALL, *FEW)
    assert again.out == said.out


def test_what_makes_no_sense_is_bad_input(remit):
    assert remit("search", SMALL, *FEW, "--objectives", "surviors").code == 2
    assert remit("search", SMALL, "--into", "found", "--trials", "9").code == 2
    assert remit("search", SMALL, *FEW, "--free", "tyme").code == 2
    assert remit("search", SMALL, *FEW, "--processes", "2").code == 2
