"""What a pair agrees on: proposed by one, holding once the others say yes to the words that they read."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.charters import CharterChanged, CharterState, FeedbackManner, FeedbackTone
from bot.domain.errors import DateInPast, NotAllowed, NotFound, PairloopError, PairOver, TextMissing
from bot.domain.ids import CharterId
from bot.domain.members import Member
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.stored import Earlier
from bot.usecases.loop.responses import open_response_form
from bot.usecases.programme.charters import (
    CARD,
    CharterCard,
    ProposeCharter,
    confirm_charter,
    load_charter,
    open_charter_form,
    propose_charter,
    see_charter,
)
from bot.usecases.programme.pairs_earlier import hand_over
from bot.usecases.programme.pairs_ending import end_pair
from bot.usecases.programme.pairs_leaving import leave_pair
from bot.usecases.programme.pairs_standing import see_pairs
from bot.usecases.programme.pairs_until import NAMED, name_end_day
from bot.usecases.rhythm.briefs import Brief, see_brief
from bot.usecases.rhythm.checkin_cards import load_ask
from bot.usecases.rhythm.nudges_planning import start_check_ins
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_results import told
from tests.usecases.rhythm.test_nudges import run_until

END = date(2027, 5, 23)
OFTEN = "every second Tuesday, 30 minutes"


async def proposed(
    setup: Setup,
    by: Member | None = None,
    *,
    often: str = OFTEN,
    read: CharterId | None = None,
    wish: dict[str, Any] | None = None,
    key: str = "one",
    **more: Any,
) -> CharterId:
    shown = {"often": often, "ends_on": END, **more}
    command = ProposeCharter(setup.pair.id, read, shown, wish or {})
    return await write_as(setup.deps, setup.viewer(by or setup.mentee), propose_charter, command, key=key)


async def confirmed(
    setup: Setup, charter: CharterId, by: Member | None = None, key: str = "yes"
) -> CharterId:
    return await write_as(setup.deps, setup.viewer(by or setup.mentor), confirm_charter, charter, key=key)


async def seen(setup: Setup, member: Member) -> CharterCard | None:
    return await read_as(setup.deps, setup.viewer(member), see_charter, setup.pair.id)


async def states(setup: Setup) -> list[CharterState]:
    return [one.state for one in await setup.read(lambda r: r.charters.find())]


async def ends_on(setup: Setup) -> date | None:
    return (await setup.read(lambda r: r.pairs.get(setup.pair.id))).ends_on


async def test_it_holds_once_the_other_has_said_yes_and_so_does_its_day(setup: Setup) -> None:
    charter = await proposed(setup)

    assert await setup.told(setup.mentor) == await setup.told(setup.mentee) == [CARD]
    hers, his = await seen(setup, setup.mentor), await seen(setup, setup.mentee)
    assert hers is not None
    assert his is not None
    assert (hers.asked, hers.waited_for, his.asked, his.waited_for) == (True, (), False, ("Mira",))
    assert await ends_on(setup) is None

    assert await confirmed(setup, charter) == charter

    assert await states(setup) == [CharterState.AGREED]
    assert await ends_on(setup) == END
    assert await setup.told(setup.mentor) == [CARD], "the day stands in the agreement, and is told of once"


async def test_nobody_agrees_with_themselves(setup: Setup) -> None:
    charter = await proposed(setup)

    with pytest.raises(NotAllowed):
        await confirmed(setup, charter, setup.mentee)


async def test_a_yes_to_older_words_agrees_to_nothing(setup: Setup) -> None:
    old = await proposed(setup)
    new = await proposed(setup, often="once a month", read=old, key="two")

    assert await confirmed(setup, old) == new

    assert await states(setup) == [CharterState.REPLACED, CharterState.OPEN]


async def test_what_was_agreed_holds_until_a_change_does(setup: Setup) -> None:
    old = await proposed(setup)
    await confirmed(setup, old)
    new = await proposed(
        setup, setup.mentor, often="once a month", read=old, key="two", ends_on=END + timedelta(9)
    )

    assert await states(setup) == [CharterState.AGREED, CharterState.OPEN]
    assert await ends_on(setup) == END
    old_card = await read_as(setup.deps, setup.viewer(setup.mentee), load_charter, old)
    assert old_card.newer == new

    await confirmed(setup, new, setup.mentee, key="yes two")
    assert await states(setup) == [CharterState.REPLACED, CharterState.AGREED]
    assert await ends_on(setup) == END + timedelta(9)


async def test_whoever_sends_the_same_words_along_has_not_said_yes_to_them(setup: Setup) -> None:
    charter = await proposed(setup)
    form = await read_as(setup.deps, setup.viewer(setup.mentor), open_charter_form, setup.pair.id)
    assert form.standing is not None
    assert form.ends_on == END

    assert await proposed(setup, setup.mentor, read=charter, key="two") == charter
    assert await states(setup) == [CharterState.OPEN]

    await confirmed(setup, charter, setup.mentor)
    assert await states(setup) == [CharterState.AGREED]


async def test_what_stands_saved_once_more_asks_nobody(setup: Setup) -> None:
    charter = await proposed(setup)
    await confirmed(setup, charter)
    viewer = setup.viewer(setup.mentor)
    await write_as(
        setup.deps, viewer, name_end_day, setup.pair.id, {"ends_on": END + timedelta(1)}, key="later"
    )
    form = await read_as(setup.deps, viewer, open_charter_form, setup.pair.id)

    assert form.ends_on == END + timedelta(1)
    assert await proposed(setup, setup.mentor, read=charter, key="two", ends_on=form.ends_on) == charter

    assert await states(setup) == [CharterState.AGREED]
    assert await setup.told(setup.mentee) == [CARD, NAMED]


async def test_nobody_passes_over_words_that_they_have_not_read(setup: Setup) -> None:
    await proposed(setup, setup.mentor)

    with pytest.raises(CharterChanged):
        await proposed(setup, setup.mentee, often="never", key="two")

    assert await states(setup) == [CharterState.OPEN]


@pytest.mark.parametrize(
    ("shown", "error"), [({"often": " "}, TextMissing), ({"ends_on": date(2026, 11, 1)}, DateInPast)]
)
async def test_bad_input_keeps_nothing(
    setup: Setup, shown: dict[str, Any], error: type[PairloopError]
) -> None:
    with pytest.raises(error):
        await proposed(setup, **shown)

    assert await setup.read(lambda r: r.charters.count() + r.feedback_wishes.count()) == 0


async def test_how_somebody_likes_feedback_holds_at_once_and_is_theirs(setup: Setup) -> None:
    await proposed(setup, wish={"tone": FeedbackTone.DIRECT, "manner": FeedbackManner.WRITTEN})

    card = await seen(setup, setup.mentor)
    assert card is not None
    assert [(name, wish.tone) for name, wish in card.wishes] == [("Tom", FeedbackTone.DIRECT)]
    form = await read_as(setup.deps, setup.viewer(setup.mentor), open_charter_form, setup.pair.id)
    assert form.wish is None


async def test_the_mentor_reads_it_in_the_brief_and_before_an_answer(setup: Setup) -> None:
    await proposed(setup, wish={"tone": FeedbackTone.DIRECT})
    result = await told(setup)

    brief = await read_as(setup.deps, setup.viewer(setup.mentor), see_brief)
    form = await read_as(setup.deps, setup.viewer(setup.mentor), open_response_form, result)

    assert isinstance(brief, Brief)
    for likes in (brief.likes, form.likes):
        assert likes is not None
        assert likes.tone is FeedbackTone.DIRECT


async def test_of_a_circle_everybody_says_yes_and_nobody_waits_for_who_has_left(setup: Setup) -> None:
    yuki = await setup.write(
        lambda r: r.members.insert(
            Member(setup.workspace.id, "UYUKI", "Yuki", "UTC", "en-US", setup.clock.now())
        )
    )
    await setup.write(
        lambda r: r.memberships.insert(
            Membership(setup.workspace.id, setup.pair.id, yuki.id, Role.MENTEE, Consent.YES)
        )
    )
    charter = await proposed(setup)
    await confirmed(setup, charter)
    assert await states(setup) == [CharterState.OPEN]

    await write_as(setup.deps, setup.viewer(yuki), leave_pair, setup.pair.id, key="leave")

    assert await states(setup) == [CharterState.AGREED]
    assert await ends_on(setup) == END


async def test_whoever_came_to_a_circle_later_may_say_yes_as_well(setup: Setup) -> None:
    charter = await proposed(setup)
    await confirmed(setup, charter)
    yuki = await setup.write(
        lambda r: r.members.insert(
            Member(setup.workspace.id, "UYUKI", "Yuki", "UTC", "en-US", setup.clock.now())
        )
    )
    await setup.write(
        lambda r: r.memberships.insert(
            Membership(setup.workspace.id, setup.pair.id, yuki.id, Role.MENTEE, Consent.YES)
        )
    )
    card = await seen(setup, yuki)
    assert card is not None
    assert card.asked

    await confirmed(setup, charter, yuki, key="yuki")

    card = await seen(setup, yuki)
    assert card is not None
    assert not card.asked
    assert await states(setup) == [CharterState.AGREED]


async def test_nothing_waits_in_a_pair_that_has_ended(setup: Setup) -> None:
    charter = await proposed(setup)
    await setup.write(lambda r: end_pair(r, setup.pair.id), setup.admin)

    assert await states(setup) == [CharterState.OVER]
    with pytest.raises(PairOver):
        await confirmed(setup, charter)


async def test_it_is_nobody_elses(setup: Setup) -> None:
    charter = await proposed(setup)

    for act, what in ((confirm_charter, charter), (load_charter, charter), (see_charter, setup.pair.id)):
        with pytest.raises(NotFound):
            await write_as(setup.deps, setup.viewer(setup.admin), act, what, key=str(act))
    assert await setup.read(lambda r: r.charters.count() + r.feedback_wishes.count(), setup.admin) == 0


async def test_its_lead_reads_agreed_or_not_yet_and_no_more(setup: Setup) -> None:
    charter = await proposed(setup)
    before = await read_as(setup.deps, setup.viewer(setup.admin), see_pairs, setup.cohort.id)
    await confirmed(setup, charter)
    after = await read_as(setup.deps, setup.viewer(setup.admin), see_pairs, setup.cohort.id)

    assert [row.agreed for row in (*before.rows, *after.rows)] == [False, True]
    assert OFTEN not in str(after)


async def test_a_new_mentor_is_shown_nothing_of_it(setup: Setup) -> None:
    await confirmed(setup, await proposed(setup, wish={"tone": FeedbackTone.DIRECT}))
    pair = Pair(setup.workspace.id, setup.cohort.id, setup.clock.now(), state=PairState.ACTIVE)
    new = await setup.write(lambda r: r.pairs.insert(pair))

    await setup.write(lambda r: hand_over(r, setup.pair.id, new.id, tuple(Earlier)))

    assert await setup.read(lambda r: r.charters.count(pair_id=new.id)) == 0
    assert await setup.read(lambda r: r.feedback_wishes.count(pair_id=new.id)) == 0


async def offered_in(setup: Setup) -> list[bool]:
    rounds = await setup.read(lambda r: r.occurrences.find(order="day"))
    asks = [await read_as(setup.deps, setup.viewer(setup.mentee), load_ask, one.id) for one in rounds]
    return [ask.offers_charter for ask in asks]


async def test_it_is_offered_in_the_first_check_in_and_never_again(setup: Setup) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))

    await run_until(setup, setup.clock.now() + timedelta(days=15))

    assert await offered_in(setup) == [True, False, False]


async def test_it_is_not_offered_where_somebody_proposed_one(setup: Setup) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    await proposed(setup, setup.mentor)
    await run_until(setup, setup.clock.now() + timedelta(days=2))

    assert True not in await offered_in(setup)


async def test_the_offer_goes_once_somebody_proposed_one(setup: Setup) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    await run_until(setup, setup.clock.now() + timedelta(days=2))
    assert True in await offered_in(setup)

    await proposed(setup, setup.mentor)

    assert True not in await offered_in(setup)
