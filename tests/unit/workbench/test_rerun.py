import pytest

from ensembles import fill, held, recipe
from remit.ensemble.ports import RunKey
from remit.ground.faults import Faults
from remit.kernel.layout import Log
from remit.workbench.rerun import rerun
from small_brief import codes_of


@pytest.fixture(scope="module")
def ensemble(tmp_path_factory):
    folder = tmp_path_factory.mktemp("store") / "s"
    fill(folder, recipe(3))
    return held(folder)


def keys(ensemble):
    question = ensemble.question
    return [
        RunKey(question.run_id(d, s, r), d, s, r) for d in question.arms for s in range(3) for r in range(2)
    ]


def test_every_run_made_again_is_the_same_to_the_last_bit(ensemble):
    for key in keys(ensemble)[::5]:
        again = rerun(ensemble, key.run_id)
        assert again.key == key
        assert again.is_same


def test_its_log_tells_of_every_birth(ensemble):
    again = rerun(ensemble, keys(ensemble)[0].run_id)
    assert (again.log[:, 1] == Log.BIRTH).sum() > 0
    assert (again.log[1:, 0] >= again.log[:-1, 0]).all(), "in order of time"


def test_a_run_is_named_by_the_beginning_of_its_id_if_that_is_its_alone(ensemble):
    key = keys(ensemble)[-1]
    assert rerun(ensemble, key.run_id[:12]).key == key
    for wrong in ("", "zz"):
        with pytest.raises(Faults) as raised:
            rerun(ensemble, wrong)
        assert codes_of(raised.value) == ["ENS005"]


def test_a_run_is_named_by_design_future_and_year_too(ensemble):
    again = rerun(ensemble, "one_more/2/1")
    assert (again.key.design, again.key.scenario, again.key.replicate) == ("one_more", 2, 1)
    assert again.is_same
    for wrong in ("one_more/9/0", "one_more/0/9", "nobody/0/0", "one_more/x/0"):
        with pytest.raises(Faults) as raised:
            rerun(ensemble, wrong)
        assert codes_of(raised.value) == ["ENS005"]
