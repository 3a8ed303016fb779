from pathlib import Path

import pytest

from pilot_files import TEAMS
from remit.ground.faults import Faults
from remit.workbench.pilots import open_pilot, power_of_pilot


def test_a_file_is_opened_and_weighed():
    assert open_pilot(Path("p.yaml"), lambda _: TEAMS).id == "evening-visits"
    assert power_of_pilot(Path("p.yaml"), lambda _: TEAMS).size.value == 26.0


def test_a_fault_names_the_file():
    with pytest.raises(Faults, match=r"PIL001 p\.yaml"):
        open_pilot(Path("p.yaml"), lambda _: "a: 1")
