import json

import pytest

from ensembles import fill, recipe
from pages import read_page
from small_brief import SMALL


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("store") / "s"
    fill(folder, recipe(60, 2))
    return folder


@pytest.mark.parametrize(
    ("words", "page"),
    [
        (("conditions", "--prefer", "one_more"), "conditions-one_more-over-today.html"),
        (("drivers",), "drivers.html"),
        (("robust",), "robust.html"),
        (("worth",), "worth.html"),
    ],
)
def test_each_question_has_words_a_page_and_json(remit, store, words, page):
    verb, *rest = words
    said = remit(verb, store, *rest)
    assert said.code in (0, 1), said.err
    assert "nan" not in said.out.lower()
    read_page((store / page).read_text("utf-8"))
    json.loads(remit(verb, store, *rest, "--json").out, parse_constant=pytest.fail)


def test_names_that_lead_nowhere_are_bad_input(remit, store):
    assert remit("conditions", store, "--prefer", "one_mor").code == 2
    assert remit("drivers", store, "--outcome", "luck").code == 2
    assert remit("worth", store, "--outcome", "luck").code == 2
    assert remit("robust", store, "--weights", "nowhere.yaml").code == 2


def test_a_page_goes_where_one_asks(remit, store, tmp_path):
    assert remit("worth", store, "--out", "deep/worth.html").code == 0
    assert (tmp_path / "deep" / "worth.html").exists()


def test_drivers_of_a_store_of_swapped_unknowns_are_shares_alone_and_in_all(remit, store, tmp_path):
    from ensembles import held

    names = [d for d in json.loads(remit("drivers", store, "--json").out)["drivers"]["one_more"]]
    vary = ",".join(d["name"] for d in names[:2])
    few = ("--scenarios", "128", "--replicates", "2", "--threads", "1", "--designs", "one_more")
    said = remit("explore", SMALL, *few, "--vary", vary, "--pairs", "--into", "swapped")
    assert said.code == 0, said.err
    said = remit("drivers", "swapped", "--outcome", "cost_public")
    assert said.code == 0, said.err
    assert "everything else" in said.out or "too few to tell shares" in said.out
    json.loads(remit("drivers", "swapped", "--json").out, parse_constant=pytest.fail)
    for verb in (("worth",), ("conditions", "--prefer", "one_more")):
        refused = remit(verb[0], "swapped", *verb[1:])
        assert refused.code == 2
        assert "ENS009" in refused.err
    assert held(tmp_path / "swapped").n_done == 512
    assert remit("explore", SMALL, *few, "--vary", "no.such", "--into", "other").code == 2
    assert remit("explore", SMALL, *few, "--into", "swapped").code == 2, "drawn in another way"
