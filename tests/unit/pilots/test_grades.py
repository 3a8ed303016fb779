import pytest

from remit.pilots.grades import SCALES, Grade, by_design


@pytest.mark.parametrize("scale", SCALES)
def test_heights_run_from_nought_to_one(scale):
    low, high, _ = SCALES[scale]
    assert Grade(scale, "", low, "", "").height == 0.0
    assert Grade(scale, "", high, "", "").height == 1.0
    assert not Grade(scale, "", high + 1, "", "").is_known


def test_a_scale_that_is_not_ours():
    assert not Grade("stars", "", 5, "", "").is_known


def test_designs_are_graded_and_lose_one_with_their_people():
    assert by_design("stepped_wedge", 0.0).grade == 5
    assert by_design("did", 0.0).grade == 3
    lost = by_design("did", 0.25)
    assert lost.grade == 2
    assert "25 in 100" in lost.reason
    assert by_design("story", 0.0) is None
