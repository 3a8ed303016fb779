import pytest

from remit import wiring
from remit.adapters.executors import Threads
from remit.adapters.run_store import RunFolder
from remit.ground.faults import Faults
from shared_data import shared_file
from small_brief import SMALL


def test_ports_meet_adapters(tmp_path):
    store = wiring.results_folder(tmp_path / "out")
    assert isinstance(store, RunFolder)
    assert store.folder == tmp_path / "out"
    assert not store.folder.exists(), "nothing is written before it is opened"
    assert isinstance(wiring.executor(3), Threads)
    assert wiring.executor(3).n_threads == 3


def test_a_brief_is_found_by_name_or_file():
    assert wiring.brief_at("cardiac-arrest").brief.id == "cardiac-arrest"
    assert wiring.brief_at(str(SMALL)).brief.id == "small-town"


def test_a_brief_is_moved_to_a_folder(tmp_path):
    here = wiring.brief_at("cardiac-arrest").brief
    found = wiring.brief_at("cardiac-arrest", shared_file("data/geo_trafford")).brief
    assert found.locality.name == "Trafford"
    share = found.locality.population / here.locality.population
    assert len(found.locality.bases) == max(1, round(len(here.locality.bases) * share))
    assert found.numbers["crews.number"].value == pytest.approx(share * here.numbers["crews.number"].value)
    assert found.published == ()


def test_a_folder_that_is_no_place_is_refused(tmp_path):
    with pytest.raises(Faults, match="PLC001"):
        wiring.brief_at("cardiac-arrest", tmp_path)
