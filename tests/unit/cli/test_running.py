import pytest

from remit.cli.running import under_a_bar
from remit.workbench.compare import Progress


def test_it_returns_what_the_run_returns_and_writes_nothing_to_stdout(capsys):
    def run(told):
        told(Progress(1, 2, {"a": 0.5}))
        return "done"

    assert under_a_bar("Simulating", run, lambda: "part") == "done"
    assert capsys.readouterr().out == ""


def test_an_interrupt_gives_what_finished():
    def run(told):
        raise KeyboardInterrupt

    assert under_a_bar("Simulating", run, lambda: "part") == "part"


def test_a_fault_goes_through():
    def run(told):
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        under_a_bar("Simulating", run, lambda: None)
