import numpy as np
import pytest

from caseloads import make_caseload
from remit.kernel.caseload.batch import expected_clients, make_workspace, room_for_clients, run_caseload
from remit.kernel.caseload.layout import Total, Weekly


def test_the_expected_caseload_is_the_mean_of_many():
    plan = make_caseload(
        births=8.0,
        world={"INITIAL_CLIENTS": 60, "COMPLEX_SHARE": 0.3},
        hazards={(0, 3): 0.05, (0, 5): 0.02, (3, 1): 0.5, (1, 6): 0.1},
        complex_factor=2.0,
        first=(0.6, 0.3, 0.1),
        scalars=[{}, {"NEED_SHARE": 0.5}],
        segment_weeks=(0, 20),
    )
    tape = run_caseload(plan, 40, 0, 3, np.arange(200))
    seen = tape.weekly[:, :, [Weekly.AT_HOME, Weekly.IN_HOSPITAL]].sum(axis=2).mean(axis=0)
    assert expected_clients(plan, 40) == pytest.approx(seen, rel=0.03)
    assert not tape.totals[:, Total.OVERFLOW].any()


def test_a_run_that_meets_more_than_its_room_says_so():
    plan = make_caseload(births=10.0)
    tape = run_caseload(plan, 20, 0, 3, np.arange(3), make_workspace(plan, 20, rows=50))
    assert tape.totals[:, Total.OVERFLOW].tolist() == [1.0] * 3
    assert room_for_clients(plan, 20) > 200


def test_too_many_zones_are_refused():
    plan = make_caseload()._replace(areas=np.ones(70_000))
    with pytest.raises(ValueError, match="65,535 zones"):
        make_workspace(plan, 1)


def test_working_memory_may_be_used_again():
    plan = make_caseload(births=5.0, hazards={(0, 5): 0.05})
    work = make_workspace(plan, 20)
    first = run_caseload(plan, 20, 0, 3, np.array([4]), work)
    run_caseload(plan, 20, 0, 3, np.array([5]), work)
    again = run_caseload(plan, 20, 0, 3, np.array([4]), work)
    assert all(a.tobytes() == b.tobytes() for a, b in zip(first, again, strict=True))
