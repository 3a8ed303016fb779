import numpy as np

from caseloads import make_caseload, run_small
from remit.kernel.caseload.batch import make_workspace, run_caseload
from remit.kernel.caseload.memory import Held


def test_memory_of_a_council_is_under_two_megabytes():
    plan = make_caseload(
        births=20.0, zones=12, world={"INITIAL_CLIENTS": 2000, "CARER_CEILING": 1300}, hazards={(0, 5): 0.01}
    )
    assert sum(array.nbytes for array in make_workspace(plan, 78)) < 2_000_000


def test_a_full_log_is_left_as_it_is():
    plan = make_caseload(births=5.0)
    whole = run_small(plan, 10).log
    work = make_workspace(plan, 10, log_rows=7)
    run_caseload(plan, 10, 0, 1, np.array([0]), work)
    assert work.state[Held.LOG_ROWS] == 7
    np.testing.assert_array_equal(work.log, whole[:7])


def test_a_run_without_a_log_is_the_same_run():
    plan = make_caseload(births=5.0, hazards={(0, 5): 0.1})
    bare = run_caseload(plan, 10, 0, 1, np.array([0]))
    assert bare.totals.tobytes() == run_small(plan, 10).tape.totals.tobytes()
