"""What the whole test run shares: a report of what the model is held against."""

import pytest

KEY = pytest.StashKey[list]()


def pytest_configure(config):
    """Begin the report."""
    config.stash[KEY] = []


def pytest_terminal_summary(terminalreporter):
    """Print published figures beside simulated ones."""
    lines = terminalreporter.config.stash[KEY]
    if lines:
        terminalreporter.section("held against, not tuned to")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.fixture
def held_against(request):
    """Return the lines of the report, to add to."""
    return request.config.stash[KEY]


@pytest.fixture
def single_tasks(monkeypatch):
    """Make every piece of work a single task, as it is where runs are slow, so that batches can be counted."""
    from remit.ensemble import batches

    monkeypatch.setattr(batches, "SECONDS", 0.0)
