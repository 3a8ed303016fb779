import json


def test_the_catalogue_is_printed(remit):
    said = remit("catalogue")
    assert said.code == 0
    assert said.out.startswith("The 24 settings of a service.")
    assert len(json.loads(remit("catalogue", "--json").out)) == 24


def test_an_entry_is_explained(remit):
    said = remit("catalogue", "relationship")
    assert said.code == 0
    assert "distributed_responders" in said.out
    assert "help is found by: desk with alert" in said.out
    assert "in a caseload service" in said.out
    told = json.loads(remit("catalogue", "volunteer_responders", "--json").out)
    assert told["kind_of_entry"] == "archetype"


def test_an_unknown_entry_is_bad_input(remit):
    said = remit("catalogue", "relationshp")
    assert said.code == 2
    assert 'Did you mean "relationship"' in said.err
    told = json.loads(remit("catalogue", "relationshp", "--json").out)
    assert told["faults"][0]["code"] == "CAT002"
