"""Sharing a small win: in words of one's own, to whoever mentors, where they look anyway."""

from datetime import timedelta

import pytest

from bot.domain.digests import Digest
from bot.domain.errors import NotAllowed, NotFound, PairOver, TextMissing, TextTooLong
from bot.domain.goals import GoalState
from bot.domain.members import Member
from bot.domain.pairs import PairState
from bot.domain.texts import TEXT_LIMIT
from bot.domain.wins import Win
from bot.domain.wins_sharing import NoWin, WinOf
from bot.ports import Tx
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop.goals import load_goal_card, move_goal
from bot.usecases.loop.results import CARD, load_result_card
from bot.usecases.loop.wins_sharing import ShareWin, open_win_form, share_win, unshare_win
from bot.usecases.programme.pairs_ending import end_pair
from bot.usecases.rhythm.briefs import Brief, see_brief
from bot.usecases.rhythm.digests import NewsKind, news_of
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_milestones import a_goal
from tests.usecases.loop.test_results import told
from tests.usecases.rhythm.test_sessions import a_member

RESULT = WinOf.RESULT


async def shares(
    setup: Setup,
    id_: int,
    text: str = "I asked first",
    *,
    of: WinOf = RESULT,
    by: Member | None = None,
    key: str = "",
) -> None:
    command = ShareWin(of, id_, {"text": text})
    who = setup.viewer(by or setup.mentee)
    await write_as(setup.deps, who, share_win, command, key=key or f"share:{of}:{id_}:{text}")


def a_digest(tx: Tx, reader: Member) -> Digest:
    """One that is to come."""
    return tx.digests.insert(
        Digest(reader.workspace_id, reader.id, tx.now, tx.now.date(), tx.now + timedelta(hours=1))
    )


async def brief(setup: Setup) -> Brief:
    found = await read_as(setup.deps, setup.viewer(setup.mentor), see_brief)
    assert isinstance(found, Brief)
    return found


async def test_the_mentor_reads_the_words_beside_the_card_and_in_the_brief_and_gets_no_message(
    setup: Setup,
) -> None:
    id_ = await told(setup)
    await dispatch(setup.deps)
    before = await setup.read(lambda r: r.outgoing.count(updates=""))

    await shares(setup, id_)

    assert await setup.read(lambda r: r.outgoing.count(updates="")) == before
    assert await setup.read(lambda r: r.outgoing.count(kind=CARD.name)) == 4
    theirs = await setup.read(lambda r: load_result_card(r, id_), setup.mentor)
    assert (theirs.win, theirs.shared and theirs.shared.text) == (None, "I asked first")
    shared = (await brief(setup)).shared
    assert shared is not None
    assert shared.text == "I asked first"


async def test_the_form_says_who_mentors_and_what_the_win_is(setup: Setup) -> None:
    id_ = await told(setup)

    form = await read_as(setup.deps, setup.viewer(setup.mentee), open_win_form, RESULT, id_)

    assert (form.stands.win, form.stands.about, form.mentors) == (Win.FIRST_LOOP, "ask first", ("Mira",))


async def test_changed_words_replace_the_ones_before_and_a_second_delivery_changes_nothing(
    setup: Setup,
) -> None:
    id_ = await told(setup)
    await shares(setup, id_, key="one")
    await shares(setup, id_, "something else", key="one")
    assert [row.text for row in await setup.read(lambda r: r.shared_wins.find())] == ["I asked first"]

    await shares(setup, id_, "We all asked")

    assert [row.text for row in await setup.read(lambda r: r.shared_wins.find())] == ["We all asked"]


async def test_taken_back_nobody_reads_it_and_once_more_changes_nothing(setup: Setup) -> None:
    id_ = await told(setup)
    await shares(setup, id_)

    for key in ("back", "again"):
        await write_as(setup.deps, setup.viewer(setup.mentee), unshare_win, RESULT, id_, key=key)

    assert (await setup.read(lambda r: load_result_card(r, id_), setup.mentor)).shared is None
    assert (await brief(setup)).shared is None


async def test_only_whose_it_is_shares_it_or_takes_it_back(setup: Setup) -> None:
    id_, yuki = await told(setup), await a_member(setup, "Yuki")

    with pytest.raises(NotAllowed):
        await shares(setup, id_, by=setup.mentor)
    with pytest.raises(NotFound):
        await shares(setup, id_, by=yuki)
    await shares(setup, id_)
    with pytest.raises(NotAllowed):
        await write_as(setup.deps, setup.viewer(setup.mentor), unshare_win, RESULT, id_, key="theirs")
    with pytest.raises(NotFound):
        await write_as(setup.deps, setup.viewer(yuki), unshare_win, RESULT, id_, key="hers")
    assert await setup.read(lambda r: r.shared_wins.count()) == 1


@pytest.mark.parametrize(("text", "error"), [(" ", TextMissing), ("x" * (TEXT_LIMIT + 1), TextTooLong)])
async def test_words_are_needed_and_have_an_end(setup: Setup, text: str, error: type[Exception]) -> None:
    id_ = await told(setup)

    with pytest.raises(error):
        await shares(setup, id_, text)
    assert await setup.read(lambda r: r.shared_wins.count()) == 0


async def test_what_is_no_small_win_is_not_shared(setup: Setup) -> None:
    goal = await a_goal(setup)

    with pytest.raises(NoWin):
        await shares(setup, goal, of=WinOf.GOAL)
    with pytest.raises(NotFound):
        await shares(setup, goal + 99, of=WinOf.MILESTONE)


async def test_a_goal_that_is_opened_again_is_shared_no_more(setup: Setup) -> None:
    goal, me = await a_goal(setup), setup.viewer(setup.mentee)
    await write_as(setup.deps, me, move_goal, goal, GoalState.REACHED, key="reached")
    await shares(setup, goal, of=WinOf.GOAL)
    shared = (await setup.read(lambda r: load_goal_card(r, goal), setup.mentor)).shared
    assert shared is not None

    await write_as(setup.deps, me, move_goal, goal, GoalState.OPEN, key="open")

    assert (await setup.read(lambda r: load_goal_card(r, goal), setup.mentor)).shared is None
    assert (await brief(setup)).shared is None


async def test_in_a_pair_that_is_over_nothing_is_shared(setup: Setup) -> None:
    id_ = await told(setup)
    await setup.write(lambda r: end_pair(r, setup.pair.id), setup.admin)
    assert (await setup.read(lambda r: r.pairs.get(setup.pair.id))).state is PairState.ENDED

    with pytest.raises(PairOver):
        await shares(setup, id_)


async def test_a_digest_tells_of_it_once_and_no_more_when_it_is_taken_back(setup: Setup) -> None:
    id_, me = await told(setup), setup.viewer(setup.mentee)
    digest = await setup.write(lambda r: a_digest(r, setup.mentor))
    await shares(setup, id_)
    await shares(setup, id_, "We all asked")

    news = await setup.read(lambda r: news_of(r, digest), setup.mentor)
    assert [(line.kind, line.name, line.text) for line in news] == [(NewsKind.WIN, "Tom", "We all asked")]
    await write_as(setup.deps, me, unshare_win, RESULT, id_, key="back")
    assert await setup.read(lambda r: news_of(r, digest), setup.mentor) == []
