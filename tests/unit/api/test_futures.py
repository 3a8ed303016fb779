import subprocess
import sys

import numpy as np
import pytest

import remit
from remit.ground.faults import Faults
from small_brief import SMALL, codes_of


@pytest.fixture(scope="module")
def futures(tmp_path_factory):
    return remit.explore(
        SMALL,
        scenarios=50,
        replicates=2,
        designs=["neighbours", "one_more"],
        into=tmp_path_factory.mktemp("s") / "s",
    )


def test_importing_remit_loads_nothing_heavy():
    code = (
        "import remit, sys; print([m for m in ('numpy', 'numba', 'pandas', 'pyarrow') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
    with pytest.raises(AttributeError, match="explor"):
        remit.explor  # noqa: B018


def test_it_says_what_it_holds_and_opens_again(futures):
    assert repr(futures) == "<Futures of small-town: 300 of 300 runs, designs today, neighbours, one_more>"
    again = remit.open_store(futures.store)
    assert (again.n_done, again.designs, again.failures) == (300, futures.designs, ())


def test_more_futures_extend_those_already_there(futures, tmp_path):
    few = remit.explore(
        SMALL, scenarios=3, replicates=1, designs=["one_more"], into=tmp_path / "s", threads=1
    )
    told = []
    more = remit.explore(
        SMALL,
        scenarios=5,
        replicates=1,
        designs=["one_more"],
        into=tmp_path / "s",
        on_progress=lambda *x: told.append(x),
    )
    assert (few.n_done, more.n_done) == (6, 10)
    assert told[0] == (6, 10)


def test_a_frame_has_a_row_a_run_and_a_dataset_says_the_same(futures):
    pytest.importorskip("pandas")
    pytest.importorskip("xarray")
    frame, data = (
        futures.frame(["survivors", "response_mean"]),
        futures.dataset(["survivors", "response_mean"]),
    )
    assert list(frame) == ["design", "scenario", "replicate", "survivors", "response_mean"]
    assert len(frame) == 300
    for row in frame.sample(20, random_state=1).itertuples():
        at = data.sel(design=row.design, scenario=row.scenario, replicate=row.replicate)
        assert float(at.survivors) == row.survivors
    assert data.response_mean.attrs["units"] == "minutes"
    paired = frame.pivot(index=["scenario", "replicate"], columns="design", values="survivors")
    assert np.array_equal(paired["today"] - paired["today"], np.zeros(100))


def test_picked_futures_are_left_out_of_tables_unless_asked_for_with_their_weights(tmp_path):
    pytest.importorskip("pandas")
    pytest.importorskip("xarray")
    from remit.adapters.executors import Serial
    from remit.workbench.closer import run_sharper, sharpen

    wish = {"scenarios": 64, "replicates": 1, "designs": ["one_more"], "into": tmp_path / "s"}
    before = remit.explore(SMALL, **wish).held
    run_sharper(before, sharpen(before, "one_more", "today", "survivors", 0.0, 8), Serial(), lambda *x: None)
    told = remit.open_store(tmp_path / "s")
    assert len(told.frame()) == 2 * 64
    assert told.dataset(["survivors"]).sizes["scenario"] == 64
    both = told.frame(with_picked=True)
    assert len(both) == 2 * 72
    assert both["weight"].mean() == pytest.approx(1.0)


def test_unknowns_are_a_row_a_future(futures):
    pytest.importorskip("pandas")
    inputs = futures.unknowns()
    assert len(inputs) == 50
    assert inputs.index.name == "scenario"
    assert inputs.notna().all().all()


def test_questions_are_answered_in_words_typed_and_as_html(futures):
    for told in (
        futures.conditions("one_more"),
        futures.drivers("response_mean"),
        futures.shares("response_mean"),
        futures.robust({"patients": {"survivors": 1}}, {"response_mean": "<=8"}),
        futures.worth(),
    ):
        assert told.lines
        assert told.found is not None
        assert str(told).startswith(told.title)
        assert told._repr_mimebundle_()["text/html"].startswith("<h3>")
    run = futures.held.question.run_id("today", 0, 0)
    assert futures.rerun(run).is_same


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda f: f.frame(["surviors"]), "BRF014"),
        (lambda f: f.robust({"a": {"surviors": 1}}), "BRF014"),
        (lambda f: f.conditions("neighbors"), "DSN007"),
        (lambda f: f.conditions("today", "today"), "CLI001"),
        (lambda f: remit.open_store(f.store / "nowhere"), "ENS003"),
        (lambda f: remit.explore(SMALL, threads=1, processes=2, into=f.store), "CLI001"),
    ],
)
def test_bad_input_is_a_fault_with_a_code(futures, act, code):
    with pytest.raises(Faults) as raised:
        act(futures)
    assert codes_of(raised.value) == [code]


def test_a_store_that_is_not_named_is_removed_when_python_ends():
    code = (
        "import remit, sys; f = remit.explore(sys.argv[1], scenarios=2, replicates=1, designs=['one_more']); "
        "print(f.store)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, str(SMALL)], capture_output=True, text=True, check=True
    )
    from pathlib import Path

    assert said.stdout.strip()
    assert not Path(said.stdout.strip()).exists()
