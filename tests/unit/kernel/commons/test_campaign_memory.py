import numpy as np

from commons_plans import make_projects
from remit.kernel.commons.campaign_batch import make_campaign_workspace, run_campaigns
from remit.kernel.commons.campaign_memory import Held


def test_the_log_is_kept_as_far_as_there_is_room():
    plan = make_projects()
    whole, short = (make_campaign_workspace(plan, 30, log_rows=n) for n in (2000, 7))
    for work in (whole, short):
        run_campaigns(plan, 30, 3, np.array([1]), work)
    assert short.state[Held.LOG_ROWS] == 7
    assert 7 < whole.state[Held.LOG_ROWS] < 2000
    assert (short.log == whole.log[:7]).all()


def test_no_row_is_forgotten():
    plan = make_projects(IDEAS=30.0)
    work = make_campaign_workspace(plan, 60)
    run_campaigns(plan, 60, 3, np.array([1]), work)
    assert sorted(work.active.tolist()) == list(range(len(work.active)))
