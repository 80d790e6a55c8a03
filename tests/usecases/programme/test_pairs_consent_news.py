"""What each reads of a question, a beginning and an end, as it stands when it is loaded."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.errors import NotFound
from bot.domain.ids import PairId
from bot.domain.members import Member
from bot.domain.pairs import Consent, PairState, Role
from bot.domain.privacy import SYSTEM
from bot.usecases.people.pauses import pause
from bot.usecases.programme import pairs_consent as consents
from bot.usecases.programme import pairs_ending as endings
from bot.usecases.programme.pairs_consent import PairNews
from bot.usecases.tick import CONSENTS, tick
from tests.running import write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_results import leave
from tests.usecases.programme.test_pairs_consent import answer, ask, met


@pytest.fixture
async def yuki(setup: Setup) -> Member:
    return await met(setup, "UYUKI", "Yuki")


@pytest.fixture
async def priya(setup: Setup) -> Member:
    return await met(setup, "UPRIYA", "Priya")


async def question(setup: Setup, pair: PairId, reader: Member) -> consents.ConsentAsk:
    return await setup.read(lambda r: consents.load_consent(r, pair), reader)


async def test_each_is_asked_in_their_own_part_by_name(setup: Setup, yuki: Member, priya: Member) -> None:
    pair = await ask(setup, yuki, priya)

    mine, theirs = await question(setup, pair, yuki), await question(setup, pair, priya)

    assert (mine.role, mine.partners, mine.asker) == (Role.MENTOR, (priya,), setup.admin)
    assert (theirs.role, theirs.partners, theirs.asker) == (Role.MENTEE, (yuki,), setup.admin)
    for shown in (mine, theirs):
        assert (shown.pair_id, shown.state, shown.answer) == (pair, PairState.ASKED, Consent.ASKED)
        assert (shown.asked_by_partner, shown.again, shown.cohort.id) == (False, False, setup.cohort.id)


async def test_a_partner_who_asks_is_named_as_one(setup: Setup, yuki: Member) -> None:
    for mentor, mentee in ((setup.admin, yuki), (yuki, setup.admin)):
        pair = await ask(setup, mentor, mentee, key=mentor.name)

        shown = await question(setup, pair, yuki)

        assert (shown.asker, shown.asked_by_partner, shown.partners) == (setup.admin, True, (setup.admin,))
        await answer(setup, yuki, pair, Consent.NO, key=f"no to {mentor.name}")


async def test_a_question_shows_ones_own_answer_and_that_it_is_asked_again(
    setup: Setup, yuki: Member, priya: Member
) -> None:
    pair = await ask(setup, yuki, priya)
    await answer(setup, yuki, pair, Consent.YES)
    setup.clock.move(days=7)  # to a working day
    await tick(setup.deps)

    assert (await question(setup, pair, yuki)).answer is Consent.YES
    again = await question(setup, pair, priya)
    assert (again.answer, again.again) == (Consent.ASKED, True)


async def test_the_question_of_others_is_nobodys_to_read(setup: Setup, yuki: Member, priya: Member) -> None:
    pair = await ask(setup, yuki, priya)

    for other in (setup.mentor, setup.admin):
        with pytest.raises(NotFound):
            await question(setup, pair, other)


async def test_the_welcome_names_the_partner_and_the_mentees_first_check_in(
    setup: Setup, yuki: Member
) -> None:
    zoe = await met(setup, "UZOE", "Zoe")
    zoe = await setup.write(lambda r: r.members.update(replace(zoe, tz="America/New_York")))
    pair = await ask(setup, yuki, zoe)
    with pytest.raises(NotFound):
        await setup.read(lambda r: consents.load_welcome(r, pair), yuki)
    for person in (yuki, zoe):
        await answer(setup, person, pair, Consent.YES)

    first = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # Tuesday at ten in New York, for both
    for reader, role, partner in ((yuki, Role.MENTOR, zoe), (zoe, Role.MENTEE, yuki)):
        shown = await setup.read(lambda r: consents.load_welcome(r, pair), reader)
        assert (shown.role, shown.partners, shown.first) == (role, (partner,), first)


async def test_the_one_who_asked_reads_names_and_who_is_waited_for(
    setup: Setup, yuki: Member, priya: Member
) -> None:
    pair = await ask(setup, yuki, priya)

    async def read(load: str) -> PairNews:
        loader = getattr(consents, load)
        return await setup.read(lambda r: loader(r, pair), setup.admin)

    unanswered = await read("load_unanswered")
    assert (unanswered.mentors, unanswered.mentees) == (("Yuki",), ("Priya",))
    assert (unanswered.news, unanswered.waiting_for) == (consents.UNANSWERED.name, ("Yuki", "Priya"))
    await answer(setup, yuki, pair, Consent.YES)
    assert (await read("load_unanswered")).waiting_for == ("Priya",)
    await answer(setup, priya, pair, Consent.YES)

    assert (await read("load_started")).news == consents.STARTED.name
    assert (await read("load_not_now")).news == consents.NOT_NOW.name
    with pytest.raises(NotFound):
        await read("load_unanswered")


async def test_an_answer_in_time_leaves_nothing_to_remind_of(
    setup: Setup, yuki: Member, priya: Member
) -> None:
    pair = await ask(setup, yuki, priya)
    for person in (yuki, priya):
        await answer(setup, person, pair, Consent.YES)
    setup.clock.move(days=10)

    assert await setup.write(CONSENTS.find) == []


async def test_reminders_are_sent_to_the_longest_waiting_first_and_can_wait_an_hour(
    setup: Setup, yuki: Member, priya: Member
) -> None:
    late = await ask(setup, yuki, setup.admin, by=setup.admin, key="late")
    early = await ask(setup, yuki, priya, key="early")
    pair = await setup.read(lambda r: r.pairs.get(early))
    await setup.deps.db.write(SYSTEM, lambda r: CONSENTS.put_off(r, pair))
    setup.clock.move(days=1)
    assert [p.id for p in await setup.write(CONSENTS.find)] == [early]
    setup.clock.move(days=9)

    assert [p.id for p in await setup.write(CONSENTS.find)] == [early, late]


async def test_the_end_names_the_partner(setup: Setup) -> None:
    for reader, partner in ((setup.mentor, "Tom"), (setup.mentee, "Mira")):
        shown = await setup.read(lambda r: endings.load_ended(r, setup.pair.id), reader)
        assert shown.partners == (partner,)


async def test_a_closed_account_is_named_and_the_news_is_gone_when_they_are_back(setup: Setup) -> None:
    pair, tom, ada = setup.pair.id, setup.mentee, setup.admin
    await met(setup, "UMIRA", "Mira", is_deleted=True)

    rests = await setup.read(lambda r: endings.load_rests(r, pair), tom)
    needs = await setup.read(lambda r: endings.load_needs_partner(r, pair), ada)
    assert (rests.gone, needs.gone, needs.left, needs.pair_id) == (("Mira",), ("Mira",), ("Tom",), pair)

    await met(setup, "UMIRA", "Mira")
    with pytest.raises(NotFound):
        await setup.read(lambda r: endings.load_rests(r, pair), tom)
    with pytest.raises(NotFound):
        await setup.read(lambda r: endings.load_needs_partner(r, pair), ada)


async def test_a_former_partner_reads_no_more_news(setup: Setup) -> None:
    await leave(setup, setup.mentor)

    with pytest.raises(NotFound):
        await setup.read(lambda r: endings.load_ended(r, setup.pair.id), setup.mentor)


async def test_who_is_away_is_reminded_once_they_are_back_and_nobody_is_told_before(
    setup: Setup, priya: Member
) -> None:
    await write_as(setup.deps, setup.viewer(setup.mentor), pause, {"until": date(2026, 12, 7)})
    pair = await ask(setup, setup.mentor, priya)
    await answer(setup, priya, pair, Consent.YES)
    asked = (await setup.told(setup.mentor)).count(consents.CONSENT)

    setup.clock.moment = datetime(2026, 12, 6, tzinfo=UTC)
    await tick(setup.deps)
    assert (await setup.told(setup.mentor)).count(consents.CONSENT) == asked
    setup.clock.moment = datetime(2026, 12, 8, 9, tzinfo=UTC)
    await tick(setup.deps)
    assert (await setup.told(setup.mentor)).count(consents.CONSENT) == asked + 1
