"""“It's not working” on a real database: said with one tap, news for the mentor, and four ways on."""

from dataclasses import replace

import pytest

from bot.domain.errors import AlreadySettled, NotAllowed
from bot.domain.ids import PairId
from bot.domain.pairs import Membership, Pair, Role
from bot.ports import Tx
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop import setbacks
from bot.usecases.loop.experiment_cards import ExperimentCard, load_experiment_card
from bot.usecases.loop.experiments import drop_experiment
from bot.usecases.loop.setbacks import (
    SetbackNews,
    load_setback,
    open_another_way,
    open_ask_about,
    say_not_working,
    see_ways_on,
)
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_results import a_try


async def test_one_tap_is_kept_and_the_mentor_reads_it_once_and_on_the_card(setup: Setup) -> None:
    mine, tried = setup.viewer(setup.mentee), await a_try(setup)
    await dispatch(setup.deps)

    for key in ("one", "two"):
        await write_as(setup.deps, mine, say_not_working, tried, key=key)
        await dispatch(setup.deps)
        setup.clock.move(days=1)

    assert (await setup.told(setup.mentor)).count(setbacks.NEWS) == 1
    assert setbacks.NEWS not in await setup.told(setup.mentee)
    (kept,) = await setup.read(lambda r: r.setbacks.find())
    assert (kept.said_at - kept.created_at).days == 1
    cards = [post.content for post in setup.messenger.updates if isinstance(post.content, ExperimentCard)]
    assert {card.mine for card in cards if card.setback} == {True, False}


async def test_the_news_offers_a_hint_as_long_as_the_try_is_open(setup: Setup) -> None:
    mine, tried = setup.viewer(setup.mentee), await a_try(setup)
    setback = await write_as(setup.deps, mine, say_not_working, tried, key="s")

    async def news() -> SetbackNews:
        return await setup.read(lambda r: load_setback(r, setback), setup.mentor)

    assert (await news()).may_hint
    await write_as(setup.deps, mine, drop_experiment, tried, key="leave it")
    assert not (await news()).may_hint


async def test_only_the_one_who_tries_says_so_and_only_while_it_is_open(setup: Setup) -> None:
    mine, tried = setup.viewer(setup.mentee), await a_try(setup)

    with pytest.raises(NotAllowed):
        await write_as(setup.deps, setup.viewer(setup.mentor), say_not_working, tried, key="mentor")
    await write_as(setup.deps, mine, drop_experiment, tried, key="leave it")
    with pytest.raises(AlreadySettled):
        await write_as(setup.deps, mine, say_not_working, tried, key="late")
    assert await setup.read(lambda r: r.setbacks.count()) == 0


async def test_another_way_begins_with_the_words_of_this_one(setup: Setup) -> None:
    tried = await a_try(setup)

    form = await read_as(setup.deps, setup.viewer(setup.mentee), open_another_way, tried)

    assert form.experiment is not None
    assert (form.experiment.id, form.changes) == (tried, False)


async def test_the_mentor_of_its_own_pair_is_asked_first(setup: Setup) -> None:
    tried, newer = await a_try(setup), await another_pair(setup)

    experiment, form = await read_as(setup.deps, setup.viewer(setup.mentee), open_ask_about, tried)

    assert experiment.id == tried
    assert [pair.pair_id for pair in form.pairs] == [setup.pair.id, newer.id]
    ways = await read_as(setup.deps, setup.viewer(setup.mentee), see_ways_on, tried)
    assert ways.mentors == ("Mira",)


async def test_without_a_word_the_card_says_nothing_of_it(setup: Setup) -> None:
    tried = await a_try(setup)

    card = await setup.read(lambda r: load_experiment_card(r, tried), setup.mentor)

    assert card.setback is None


async def another_pair(setup: Setup) -> Pair:
    """Tom learns from Ada as well."""

    def write(tx: Tx) -> Pair:
        pair = tx.pairs.insert(replace(setup.pair, id=PairId(0), version=1))
        for member, role in ((setup.admin, Role.MENTOR), (setup.mentee, Role.MENTEE)):
            tx.memberships.insert(Membership(setup.workspace.id, pair.id, member.id, role))
        return pair

    return await setup.write(write)
