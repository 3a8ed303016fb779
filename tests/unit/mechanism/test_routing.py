import numpy as np
import pytest

from remit.ground.faults import Faults
from remit.kernel.layout import CrewPlan, Kind, Scalar
from small_streets import streets_lowered

ROUTE_COLUMNS = [s for s in Scalar if s.name.startswith(("OFFER", "HELP")) or s.name == "PATCHES_ON"]
SKILLED = (
    "  - {start_hour: 8, hours: 8, days: [mon, tue, wed, thu, fri]}\n",
    "  - {start_hour: 8, hours: 8, days: [mon, tue, wed, thu, fri]}\n"
    "  - {start_hour: 8, hours: 8, days: [mon, tue, wed, thu, fri], skills: [lamps]}\n",
)
NEEDED = ("    name: Lamp\n", "    name: Lamp\n    needs: [lamps]\n")


def test_one_desk_has_nothing_of_the_other_ways():
    plan = streets_lowered().plan
    assert not plan.scalars[:, ROUTE_COLUMNS].any()
    assert not plan.kinds[..., Kind.SELF_SHARE].any()
    assert plan.patches.shape == (0, 0)


def test_a_patch_is_a_base_that_has_crews_and_a_zone_belongs_to_the_nearest():
    plan = streets_lowered(relationship="decentralised_teams").plan
    assert plan.scalars[0, Scalar.PATCHES_ON] == 1.0
    assert plan.patches.tolist() == [[0, 1], [0, 1], [1, 0]]
    assert plan.crews[:, CrewPlan.PATCH].tolist() == (plan.crews[:, CrewPlan.BASE] - 3).tolist()


def test_posts_have_their_numbers_and_fall_with_the_drive():
    plan = streets_lowered(relationship="direct_matched").plan
    assert plan.scalars[0, Scalar.OFFER_ON] == 1.0
    assert plan.scalars[0, Scalar.OFFER_ACCEPT_SHARE] == 0.5
    assert plan.scalars[0, Scalar.OFFER_FALL_PER_MINUTE] == pytest.approx(1.0 / 20.0)
    assert plan.scalars[0, Scalar.OFFER_DEADLINE_MINUTES] == 240.0


def test_posts_that_do_not_fall_with_the_drive():
    plan = streets_lowered(
        ('  reach_minutes: {value: 20, unit: minute, assumption: "Fewer what is far."}\n', ""),
        relationship="direct_matched",
    ).plan
    assert plan.scalars[0, Scalar.OFFER_FALL_PER_MINUTE] == 0.0


def test_only_an_open_network_settles_things_without_us():
    shares = streets_lowered(relationship="open_network").plan.kinds[0, :, Kind.SELF_SHARE]
    assert shares.tolist() == [0.0, 0.2]


def test_partners_without_crews_leave_the_desk_as_it_is():
    plan, today = streets_lowered(relationship="federated_partners").plan, streets_lowered().plan
    assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(plan, today, strict=True))


@pytest.mark.parametrize(
    ("way", "unsaid"),
    [
        (
            "decentralised_teams",
            ('  help_patches: {value: 0, unit: people, assumption: "Each for itself."}', "  {}"),
        ),
        (
            "direct_matched",
            ('  accept_share: {value: 0.5, unit: share, assumption: "Half take what is near."}\n', ""),
        ),
        (
            "open_network",
            ('      self_share: {value: 0.2, unit: share, assumption: "Some light up again."}\n', ""),
        ),
    ],
)
def test_a_way_of_which_the_brief_says_nothing_is_refused(way, unsaid):
    with pytest.raises(Faults, match="MEC001"):
        streets_lowered(unsaid, relationship=way)


def test_a_patch_without_a_crew_that_it_needs_is_refused_unless_others_help():
    one_skilled = (SKILLED, NEEDED)
    with pytest.raises(Faults, match="MEC010"):
        streets_lowered(*one_skilled, relationship="decentralised_teams")
    help_ = ("help_patches: {value: 0,", "help_patches: {value: 1,")
    assert streets_lowered(*one_skilled, help_, relationship="decentralised_teams").plan.patches.size
