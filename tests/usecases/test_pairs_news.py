"""What each reads of a question, a beginning and an end, as it stands when it is loaded."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.errors import NotFound
from bot.domain.ids import PairId
from bot.domain.members import Member
from bot.domain.pairs import Consent, PairState, Role
from bot.domain.privacy import SYSTEM
from bot.usecases import pairs_consent as consents
from bot.usecases import pairs_ending as endings
from bot.usecases.pairs_consent import PairNews, consents_due, follow_up_later
from bot.usecases.tick import tick
from tests.usecases.conftest import Stage
from tests.usecases.test_pairs_consent import answer, ask, met
from tests.usecases.test_results import leave


@pytest.fixture
async def yuki(stage: Stage) -> Member:
    return await met(stage, "UYUKI", "Yuki")


@pytest.fixture
async def priya(stage: Stage) -> Member:
    return await met(stage, "UPRIYA", "Priya")


async def question(stage: Stage, pair: PairId, reader: Member) -> consents.ConsentAsk:
    return await stage.read(lambda r: consents.load_consent(r, pair, reader.id), reader)


async def test_each_is_asked_in_their_own_part_by_name(stage: Stage, yuki: Member, priya: Member) -> None:
    pair = await ask(stage, yuki, priya)

    mine, theirs = await question(stage, pair, yuki), await question(stage, pair, priya)

    assert (mine.role, mine.partners, mine.asker) == (Role.MENTOR, (priya,), stage.admin)
    assert (theirs.role, theirs.partners, theirs.asker) == (Role.MENTEE, (yuki,), stage.admin)
    for shown in (mine, theirs):
        assert (shown.pair_id, shown.state, shown.answer) == (pair, PairState.ASKED, Consent.ASKED)
        assert (shown.asked_by_partner, shown.again, shown.cohort.id) == (False, False, stage.cohort.id)


async def test_a_partner_who_asks_is_named_as_one(stage: Stage, yuki: Member) -> None:
    for mentor, mentee in ((stage.admin, yuki), (yuki, stage.admin)):
        pair = await ask(stage, mentor, mentee, key=mentor.name)

        shown = await question(stage, pair, yuki)

        assert (shown.asker, shown.asked_by_partner, shown.partners) == (stage.admin, True, (stage.admin,))
        await answer(stage, yuki, pair, Consent.NO, key=f"no to {mentor.name}")


async def test_a_question_shows_ones_own_answer_and_that_it_is_asked_again(
    stage: Stage, yuki: Member, priya: Member
) -> None:
    pair = await ask(stage, yuki, priya)
    await answer(stage, yuki, pair, Consent.YES)
    stage.clock.move(days=5)
    await tick(stage.deps)

    assert (await question(stage, pair, yuki)).answer is Consent.YES
    again = await question(stage, pair, priya)
    assert (again.answer, again.again) == (Consent.ASKED, True)


async def test_the_question_of_others_is_nobodys_to_read(stage: Stage, yuki: Member, priya: Member) -> None:
    pair = await ask(stage, yuki, priya)

    for other in (stage.mentor, stage.admin):
        with pytest.raises(NotFound):
            await question(stage, pair, other)


async def test_the_welcome_names_the_partner_and_the_mentees_first_check_in(
    stage: Stage, yuki: Member
) -> None:
    zoe = await met(stage, "UZOE", "Zoe")
    zoe = await stage.write(lambda r: r.members.update(replace(zoe, tz="America/New_York")))
    pair = await ask(stage, yuki, zoe)
    with pytest.raises(NotFound):
        await stage.read(lambda r: consents.load_welcome(r, pair, yuki.id), yuki)
    for person in (yuki, zoe):
        await answer(stage, person, pair, Consent.YES)

    first = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # Tuesday at ten in New York, for both
    for reader, role, partner in ((yuki, Role.MENTOR, zoe), (zoe, Role.MENTEE, yuki)):
        shown = await stage.read(lambda r, me=reader.id: consents.load_welcome(r, pair, me), reader)  # type: ignore[misc]  # bound at once
        assert (shown.role, shown.partners, shown.first) == (role, (partner,), first)


async def test_the_one_who_asked_reads_names_and_who_is_waited_for(
    stage: Stage, yuki: Member, priya: Member
) -> None:
    pair = await ask(stage, yuki, priya)

    async def read(load: str) -> PairNews:
        loader = getattr(consents, load)
        return await stage.read(lambda r: loader(r, pair, stage.admin.id), stage.admin)

    unanswered = await read("load_unanswered")
    assert (unanswered.mentors, unanswered.mentees) == (("Yuki",), ("Priya",))
    assert (unanswered.news, unanswered.waiting_for) == (consents.UNANSWERED, ("Yuki", "Priya"))
    await answer(stage, yuki, pair, Consent.YES)
    assert (await read("load_unanswered")).waiting_for == ("Priya",)
    await answer(stage, priya, pair, Consent.YES)

    assert (await read("load_started")).news == consents.STARTED
    assert (await read("load_not_now")).news == consents.NOT_NOW
    with pytest.raises(NotFound):
        await read("load_unanswered")


async def test_an_answer_in_time_leaves_nothing_to_remind_of(
    stage: Stage, yuki: Member, priya: Member
) -> None:
    pair = await ask(stage, yuki, priya)
    for person in (yuki, priya):
        await answer(stage, person, pair, Consent.YES)
    stage.clock.move(days=10)

    assert await stage.write(lambda r: consents_due(r, stage.clock.now())) == []


async def test_reminders_are_sent_to_the_longest_waiting_first_and_can_wait_an_hour(
    stage: Stage, yuki: Member, priya: Member
) -> None:
    late = await ask(stage, yuki, stage.admin, by=stage.admin, key="late")
    early = await ask(stage, yuki, priya, key="early")
    now = stage.clock.now()
    first = now + timedelta(days=1)
    pair = await stage.read(lambda r: r.pairs.get(early))
    await stage.deps.db.write(SYSTEM, lambda r: follow_up_later(r, pair, first))
    stage.clock.move(days=1)
    assert [p.id for p in await stage.write(lambda r: consents_due(r, stage.clock.now()))] == [early]
    stage.clock.move(days=9)

    assert [p.id for p in await stage.write(lambda r: consents_due(r, stage.clock.now()))] == [early, late]


async def test_the_end_names_the_partner(stage: Stage) -> None:
    for reader, partner in ((stage.mentor, "Tom"), (stage.mentee, "Mira")):
        shown = await stage.read(lambda r, me=reader.id: endings.load_ended(r, stage.pair.id, me), reader)  # type: ignore[misc]  # bound at once
        assert shown.partners == (partner,)


async def test_a_closed_account_is_named_and_the_news_is_gone_when_they_are_back(stage: Stage) -> None:
    pair, tom, ada = stage.pair.id, stage.mentee, stage.admin
    await met(stage, "UMIRA", "Mira", is_deleted=True)

    rests = await stage.read(lambda r: endings.load_rests(r, pair, tom.id), tom)
    needs = await stage.read(lambda r: endings.load_needs_partner(r, pair, ada.id), ada)
    assert (rests.gone, needs.gone, needs.left, needs.pair_id) == (("Mira",), ("Mira",), ("Tom",), pair)

    await met(stage, "UMIRA", "Mira")
    with pytest.raises(NotFound):
        await stage.read(lambda r: endings.load_rests(r, pair, tom.id), tom)
    with pytest.raises(NotFound):
        await stage.read(lambda r: endings.load_needs_partner(r, pair, ada.id), ada)


async def test_a_former_partner_reads_no_more_news(stage: Stage) -> None:
    await leave(stage, stage.mentor)

    with pytest.raises(NotFound):
        await stage.read(lambda r: endings.load_ended(r, stage.pair.id, stage.mentor.id), stage.mentor)
