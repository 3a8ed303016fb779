import numpy as np
import pytest

from remit.kernel.caseload.layout import GRAINS
from remit.kernel.caseload.layout import Log as Weekly
from remit.kernel.commons.campaign_layout import Log as Project
from remit.kernel.layout import MINUTE_TICKS, Log
from remit.report.events_text import CASELOAD, NO_EVENTS, PROJECTS, RESPONSE, event_counts, event_lines

LOG = np.array([[0, Log.ON_DUTY, -1, 2], [1441 * MINUTE_TICKS, Log.BIRTH, 7, -1]], np.int64)
WEEKS = np.array(
    [[25, Weekly.START, 4, 11], [26, Weekly.GRANT, 4, int(12.5 * GRAINS)], [27, Weekly.HIRE, 9, 1]], np.int64
)


@pytest.mark.parametrize(("words", "codes"), [(RESPONSE, Log), (CASELOAD, Weekly)])
def test_every_kind_of_event_has_words(words, codes):
    assert set(words) == set(codes)


def test_events_are_told_by_day_and_clock():
    said = event_lines(LOG, 1440 * MINUTE_TICKS, 10, "response")
    assert said == ["  day   1 00:01.00  a need arises person 7"], "what happens in the warm-up is not told"
    assert event_lines(LOG, 0, 1, "response")[0] == "  day   0 00:00.00  a crew comes on duty crew 2"
    assert "1 more events" in event_lines(LOG, 0, 1, "response")[-1]
    assert len(event_counts(LOG, "response")) == 2


def test_events_of_a_caseload_are_told_by_week_in_hours_and_names():
    said = event_lines(WEEKS, 26, 10, "caseload")
    assert said == [
        "  week  26  hours are granted: client 4, 12.50 hours",
        "  week  27  a carer is taken on: carer 9, platform",
    ]
    assert event_counts(WEEKS, "caseload")[0].strip() == "1  a need arises"


IDEAS = np.array([[3, 1, 7, 4200], [3, 5, 7, 4200], [9, 13, 7, 4200]])


def test_what_becomes_of_an_idea_is_told_with_its_pounds():
    said = event_lines(IDEAS, 0, 2, "commons")
    assert said[0] == "  week   3  an idea arises: idea 7, £4,200"
    assert "1 more events" in said[-1]
    assert event_counts(IDEAS, "commons")[0].strip() == "1  an idea arises"
    assert event_lines(IDEAS[:0], 0, 5, "commons") == [NO_EVENTS]


def test_every_event_of_projects_has_words():
    assert set(PROJECTS) == set(Project)
