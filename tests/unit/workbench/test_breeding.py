import random

import pytest

from remit import wiring
from remit.design.design import changes_from, plain
from remit.mechanism.effect import load_effects
from remit.workbench.breeding import Breeding
from remit.workbench.designs import stand_on
from remit.workbench.thinking import judge
from small_brief import SMALL


@pytest.fixture(scope="module")
def opened():
    return wiring.brief_at(str(SMALL))


def bred(opened, **how):
    place = stand_on(opened, None, wiring.read_text)
    return Breeding(place, opened.designs, load_effects(opened.brief.family), **how)


def drawn(breeding, n=25):
    dice = random.Random(7)
    return [tuple(dice.randrange(size) for size in breeding.sizes) for _ in range(n)]


def test_today_is_the_first_setting_of_every_gene(opened):
    breeding = bred(opened)
    assert breeding.starts[0] == breeding.today
    assert changes_from(breeding.design(breeding.today), breeding.place.today) == []


def test_known_designs_are_starts_and_come_back_as_written(opened):
    breeding = bred(opened)
    digests = {breeding.design(g).digest for g in breeding.starts}
    consistent = {d.digest for d in opened.designs.values() if judge(d, breeding.place).is_consistent}
    assert digests <= {d.digest for d in opened.designs.values()}
    assert digests == consistent


def test_whatever_is_drawn_is_mended_to_a_consistent_design_or_given_up(opened):
    breeding = bred(opened)
    mended = [g for g in breeding.repair(drawn(breeding)) if g is not None]
    assert len(mended) >= 10
    for genome in mended:
        assert judge(breeding.design(genome), breeding.place).is_consistent
        settings = breeding.design(genome).settings
        genes = zip(breeding.genes, genome, strict=True)
        assert all(plain(settings[v]) == plain(breeding.settings[v][i]) for v, i in genes)
    assert breeding.repair(mended) == mended, "a consistent one stays as it is"


def test_the_same_genes_give_the_same_design_whatever_was_asked_before(opened):
    genomes = [g for g in bred(opened).repair(drawn(bred(opened), 8)) if g is not None]
    one, other = bred(opened), bred(opened)
    other.repair(drawn(other, 5))
    assert [one.design(g).digest for g in genomes] == [other.design(g).digest for g in reversed(genomes)][
        ::-1
    ]


def test_what_seems_free_is_held_as_today_until_let_go(opened):
    breeding = bred(opened)
    assert breeding.held_as_today == load_effects(opened.brief.family).uncosted
    assert not breeding.held_as_today & set(breeding.genes)
    free = sorted(breeding.held_as_today)[0]
    assert free in bred(opened, let_go=(free,)).genes


def test_only_what_may_be_done_here_today_if_asked(opened):
    breeding = bred(opened, only_open=True)
    for genome in breeding.repair(drawn(breeding, 10)):
        if genome is not None:
            assert judge(breeding.design(genome), breeding.place).is_open
