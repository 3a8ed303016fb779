"""Ways of finding help lowered: patches of crews, posts that crews take, and needs settled without us."""

import math
from fnmatch import fnmatchcase

import numpy as np

from remit.briefs.brief import Brief, Zone
from remit.briefs.brief import Point as Base
from remit.ground.faults import fail
from remit.kernel.layout import CrewPlan, Floats, Ints, Kind, Plan, Scalar
from remit.mechanism.values import Values, check_route

PATCHES, POSTS, OPEN = "teams_by_patch", "posted_offer", "self_resolution"  # routes, not options


# what a brief must state itself before a way of finding help can be simulated: defaults would be the desk unsaid
STATED = {PATCHES: "teams.help_patches", POSTS: "offers.accept_share", OPEN: "kinds.*.self_share"}


def check_way(values: Values, brief: Brief, where: str) -> None:
    """Refuse a way of finding help that the family does not have, or of which the brief says nothing.

    Raises:
        Faults: MEC001.
    """
    check_route(values, where)
    wanted = STATED.get(values.route)
    if wanted and not any(fnmatchcase(name, wanted) for name in brief.given):
        way = values.route.replace("_", " ")
        raise fail("MEC001", f'"{way}" in {where}: the brief does not state {wanted}', path=wanted)


def route_scalars(values: Values) -> dict[Scalar, float]:
    """Return the numbers of patches and posts: all 0 where help is found otherwise."""
    if values.route == PATCHES:
        return {Scalar.PATCHES_ON: 1.0, Scalar.HELP_PATCHES: values["teams.help_patches"]}
    if values.route == POSTS:
        return {
            Scalar.OFFER_ON: 1.0,
            Scalar.OFFER_LOOK_MINUTES: values["offers.look_minutes"],
            Scalar.OFFER_DEADLINE_MINUTES: values["offers.deadline_minutes"],
            Scalar.OFFER_ACCEPT_SHARE: values["offers.accept_share"],
            Scalar.OFFER_FALL_PER_MINUTE: 1.0 / values["offers.reach_minutes"],
        }
    return {}


def self_share(values: Values, kind: str) -> float:
    """Return the share of a kind that is settled without us: none unless others may build on what is open."""
    return values[f"kinds.{kind}.self_share"] if values.route == OPEN else 0.0


def patch_ranks(brief: Brief, crews: Floats) -> Ints:
    """Return ``(Z, P)`` how near each patch is to each zone, and write each crew's patch into ``crews``.

    A patch is a base that has crews; a zone belongs to the nearest of them.
    """
    n_zones = len(brief.locality.zones)
    manned = sorted({int(b) - n_zones for b in crews[:, CrewPlan.BASE]})
    crews[:, CrewPlan.PATCH] = [manned.index(int(b) - n_zones) for b in crews[:, CrewPlan.BASE]]
    km = np.array([[_metres(z, brief.locality.bases[b]) for b in manned] for z in brief.locality.zones])
    return np.ascontiguousarray(np.argsort(np.argsort(km, axis=1, kind="stable"), axis=1), np.int64)


def check_patches(plan: Plan, name: str) -> None:
    """Refuse patches some of whose requests no crew could ever take.

    Raises:
        Faults: MEC010.
    """
    for s in range(len(plan.segment_ticks)):
        if plan.scalars[s, Scalar.PATCHES_ON] < 0.5:
            continue
        on_duty = plan.crews[plan.crew_minutes[s] > 0.0]
        near = plan.patches[:, on_duty[:, CrewPlan.PATCH].astype(int)] <= plan.scalars[s, Scalar.HELP_PATCHES]
        for k, needs in enumerate(plan.kinds[s, :, Kind.NEEDS].astype(int)):
            suits = (on_duty[:, CrewPlan.SKILLS].astype(int) & needs) == needs
            if not (near & suits).any(axis=1).all():
                raise fail("MEC010", f'kind number {k + 1} in design "{name}"', path="teams.help_patches")


def _metres(zone: Zone, base: Base) -> float:
    return math.hypot(zone.easting - base.easting, zone.northing - base.northing)
