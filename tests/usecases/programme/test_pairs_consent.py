"""Asking two people, their answers, and what becomes of the pair."""

import asyncio
from dataclasses import replace
from functools import partial

import pytest

from bot.domain.errors import AlreadySettled, NotAllowed, NotFound, PersonUnfit, TextTooLong
from bot.domain.ids import PairId
from bot.domain.members import Member
from bot.domain.nudges import NudgeState
from bot.domain.pairs import REASON_LIMIT, Consent, PairState
from bot.usecases.acquaintance import notice_change
from bot.usecases.programme.pairs_asking import AskPair, ask_pair
from bot.usecases.programme.pairs_consent import (
    CONSENT,
    NOT_NOW,
    STARTED,
    UNANSWERED,
    WELCOME,
    answer_consent,
    load_consent,
    load_welcome,
)
from bot.usecases.programme.pairs_ending import ENDED, NEEDS_PARTNER, RESTS, end_pair, resume_pair
from bot.usecases.programme.pairs_standing import see_pairs
from bot.usecases.programme.profiles import keep_profile
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.tick import tick
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.programme.test_pairs_import import profile


@pytest.fixture
async def yuki(setup: Setup) -> Member:
    return await met(setup, "UYUKI", "Yuki")


@pytest.fixture
async def priya(setup: Setup) -> Member:
    return await met(setup, "UPRIYA", "Priya", full_name="Priya Raman")


async def met(setup: Setup, user_id: str, name: str, **what: bool | str) -> Member:
    known = profile(user_id, name, **what)
    return await setup.write(lambda r: keep_profile(r, setup.workspace.id, known))


async def ask(
    setup: Setup, mentor: Member, mentee: Member, by: Member | None = None, key: str = "ask"
) -> PairId:
    command = AskPair(mentor.id, mentee.id, setup.cohort.id, "Open pairs")
    actor = by or setup.admin
    return await write_as(setup.deps, setup.viewer(actor), ask_pair, command, key=key)


async def answer(setup: Setup, who: Member, pair: PairId, consent: Consent, key: str = "") -> str:
    key = key or f"answer:{who.id}:{consent}"
    return await write_as(setup.deps, setup.viewer(who), answer_consent, pair, consent, key=key)


async def state(setup: Setup, pair: PairId) -> PairState:
    return await setup.read(lambda r: r.pairs.get(pair).state)


async def test_the_pair_begins_with_the_last_yes_and_the_first_check_in_is_planned(
    setup: Setup, yuki: Member, priya: Member
) -> None:
    pair = await ask(setup, yuki, priya)
    assert await answer(setup, yuki, pair, Consent.YES) == PairState.ASKED
    assert await answer(setup, priya, pair, Consent.YES) == PairState.ACTIVE

    assert await setup.told(yuki) == await setup.told(priya) == [CONSENT, WELCOME]
    assert await setup.told(setup.admin) == [STARTED]
    planned = await setup.read(lambda r: r.nudges.find(pair_id=pair, state=NudgeState.PLANNED))
    assert [nudge.member_id for nudge in planned] == [priya.id]
    kept = await setup.read(lambda r: r.pairs.get(pair))
    assert kept.active_since == setup.clock.now()
    assert kept.follow_up_at is None


async def test_both_read_in_the_question_why_they_were_paired(
    setup: Setup, yuki: Member, priya: Member
) -> None:
    why = "Both lead remote teams\nsince spring"
    command = AskPair(yuki.id, priya.id, setup.cohort.id, "Open pairs", why)
    pair = await write_as(setup.deps, setup.viewer(setup.admin), ask_pair, command, key="why")

    for reader in (yuki, priya):
        asked = await setup.read(partial(load_consent, pair_id=pair), reader)
        assert asked.reason == "Both lead remote teams since spring"
    with pytest.raises(NotFound):
        await setup.read(lambda r: r.pairs.get(pair), setup.mentor)


async def test_a_full_name_that_changed_in_slack_is_the_one_that_is_read(setup: Setup, yuki: Member) -> None:
    assert yuki.in_full == "Yuki"
    assert (await met(setup, "UYUKI", "Yuki", full_name="Yuki Tanaka")).in_full == "Yuki Tanaka"
    assert (await met(setup, "UYUKI", "Yuki", full_name="Yuki Sato")).in_full == "Yuki Sato"


async def test_a_reason_is_one_line_and_no_story(setup: Setup, yuki: Member, priya: Member) -> None:
    command = AskPair(yuki.id, priya.id, setup.cohort.id, "Open pairs", "x" * (REASON_LIMIT + 1))
    with pytest.raises(TextTooLong) as raised:
        await write_as(setup.deps, setup.viewer(setup.admin), ask_pair, command, key="why")

    assert raised.value.field == "reason"
    assert await setup.told(yuki) == []


async def test_the_welcome_names_the_lead_and_without_one_the_admins(
    setup: Setup, yuki: Member, priya: Member
) -> None:
    lea = await met(setup, "ULEA", "Lea")
    await setup.write(lambda r: r.cohorts.update(replace(setup.cohort, lead_id=lea.id)))
    pair = await ask(setup, yuki, priya, by=setup.admin)
    for who in (yuki, priya):
        await answer(setup, who, pair, Consent.YES)

    welcomed = await setup.read(partial(load_welcome, pair_id=pair), yuki)
    assert [one.id for one in welcomed.stewards] == [lea.id]
    assert [one.in_full for one in welcomed.partners] == ["Priya Raman"]

    await setup.write(lambda r: r.members.update(replace(lea, is_deleted=True)))
    welcomed = await setup.read(partial(load_welcome, pair_id=pair), yuki)
    assert [one.id for one in welcomed.stewards] == [setup.admin.id]


async def test_both_may_say_yes_at_the_same_moment(setup: Setup, yuki: Member, priya: Member) -> None:
    pair = await ask(setup, yuki, priya)
    await asyncio.gather(*(answer(setup, who, pair, Consent.YES) for who in (yuki, priya)))

    assert await state(setup, pair) is PairState.ACTIVE
    assert (await setup.told(yuki)).count(WELCOME) == (await setup.told(priya)).count(WELCOME) == 1


async def test_a_second_click_changes_nothing_and_another_answer_is_too_late(
    setup: Setup, yuki: Member, priya: Member
) -> None:
    pair = await ask(setup, yuki, priya)
    await answer(setup, yuki, pair, Consent.NO)
    assert await answer(setup, yuki, pair, Consent.NO, key="again") == PairState.DECLINED
    with pytest.raises(AlreadySettled):
        await answer(setup, yuki, pair, Consent.YES)
    with pytest.raises(AlreadySettled):
        await answer(setup, priya, pair, Consent.YES)


async def test_who_was_not_asked_cannot_answer(setup: Setup, yuki: Member, priya: Member) -> None:
    pair = await ask(setup, yuki, priya)

    with pytest.raises(NotFound):
        await answer(setup, setup.mentor, pair, Consent.YES)


async def test_a_no_is_told_to_the_one_who_asked_and_after_it_they_may_be_asked_again(
    setup: Setup, yuki: Member, priya: Member
) -> None:
    pair = await ask(setup, yuki, priya)
    await answer(setup, priya, pair, Consent.NO)

    assert await setup.told(setup.admin) == [NOT_NOW]
    assert await setup.told(yuki) == [CONSENT]
    assert await ask(setup, yuki, priya, key="again") != pair


async def test_two_admins_who_ask_at_once_make_one_pair(setup: Setup, yuki: Member, priya: Member) -> None:
    asking = (ask(setup, yuki, priya, key="one"), ask(setup, priya, yuki, key="two"))
    results = await asyncio.gather(*asking, return_exceptions=True)

    assert sorted(type(result).__name__ for result in results) == ["PairExists", "int"]


async def test_a_second_delivery_of_the_same_click_asks_once(
    setup: Setup, yuki: Member, priya: Member
) -> None:
    first, second = await ask(setup, yuki, priya), await ask(setup, yuki, priya)

    assert first == second
    assert await setup.told(yuki) == [CONSENT]


async def test_the_one_who_asks_for_themselves_has_said_yes(setup: Setup, yuki: Member) -> None:
    pair = await ask(setup, setup.admin, yuki)

    assert await setup.told(setup.admin) == []
    assert await answer(setup, yuki, pair, Consent.YES) == PairState.ACTIVE


async def test_members_pair_nobody_in_a_cohort_that_is_not_open(
    setup: Setup, yuki: Member, priya: Member
) -> None:
    with pytest.raises(NotAllowed):
        await ask(setup, yuki, priya, by=yuki)


async def test_a_deactivated_account_cannot_be_asked(setup: Setup, yuki: Member) -> None:
    otto = await met(setup, "UOTTO", "Otto", is_deleted=True)

    with pytest.raises(PersonUnfit):
        await ask(setup, yuki, otto)


async def test_reminders_and_the_note_to_the_lead_come_once(
    setup: Setup, yuki: Member, priya: Member
) -> None:
    pair = await ask(setup, yuki, priya)
    await answer(setup, yuki, pair, Consent.YES)
    for _ in range(12):
        setup.clock.move(days=1)
        await tick(setup.deps)

    assert await setup.told(priya) == [CONSENT, CONSENT]
    assert await setup.told(yuki) == [CONSENT]
    assert await setup.told(setup.admin) == [UNANSWERED]
    assert await setup.read(lambda r: r.pairs.get(pair).follow_up_at) is None


async def test_after_a_long_silence_of_the_bot_the_reminder_still_comes_a_day_before_the_note(
    setup: Setup, yuki: Member, priya: Member
) -> None:
    await ask(setup, yuki, priya)
    setup.clock.move(days=20)
    await tick(setup.deps)
    setup.clock.move(hours=23)
    await tick(setup.deps)
    assert await setup.told(setup.admin) == []
    setup.clock.move(hours=1)
    await tick(setup.deps)
    assert await setup.told(setup.admin) == [UNANSWERED]


async def test_a_closed_account_rests_the_pair_and_its_lead_may_resume_it_later(setup: Setup) -> None:
    mira = setup.mentor
    await met(setup, mira.user_id, "Mira", is_deleted=True)
    assert await setup.told(setup.mentee) == [RESTS]
    assert await setup.told(setup.admin) == [NEEDS_PARTNER]
    assert await state(setup, setup.pair.id) is PairState.PAUSED
    with pytest.raises(PersonUnfit):
        await resume(setup)

    await met(setup, mira.user_id, "Mira")
    await resume(setup, key="later")
    assert await state(setup, setup.pair.id) is PairState.ACTIVE


async def resume(setup: Setup, key: str = "resume") -> int:
    return await write_as(setup.deps, setup.viewer(setup.admin), resume_pair, setup.pair.id, key=key)


async def test_a_move_keeps_what_is_known_of_a_member(setup: Setup) -> None:
    await setup.write(lambda r: r.members.update(replace(r.members.get(setup.admin.id), dm_channel="D1")))
    await met(setup, setup.admin.user_id, "Ada O.")

    kept = await setup.read(lambda r: r.members.get(setup.admin.id))
    assert (kept.name, kept.tz, kept.dm_channel, kept.is_admin) == ("Ada O.", "Europe/Berlin", "D1", True)


async def test_ending_a_pair_is_for_its_lead_and_the_two_keep_their_history(setup: Setup) -> None:
    other = await met(setup, "UYUKI", "Yuki")
    with pytest.raises(NotFound):
        await write_as(setup.deps, setup.viewer(other), end_pair, setup.pair.id, key="other")
    with pytest.raises(NotAllowed):
        await write_as(setup.deps, setup.viewer(setup.mentee), end_pair, setup.pair.id, key="mine")
    await write_as(setup.deps, setup.viewer(setup.admin), end_pair, setup.pair.id, key="end")

    assert await setup.told(setup.mentor) == await setup.told(setup.mentee) == [ENDED]
    seen = await setup.read(lambda r: r.pairs.get(setup.pair.id), setup.mentee)
    assert seen.state is PairState.ENDED


async def test_every_change_leaves_a_trail_without_words(setup: Setup, yuki: Member, priya: Member) -> None:
    pair = await ask(setup, yuki, priya)
    await answer(setup, yuki, pair, Consent.YES)
    await answer(setup, priya, pair, Consent.YES)

    trail = await setup.read(lambda r: [(entry.action, entry.member_id) for entry in r.audit.find()])
    assert trail == [
        ("pair.asked", setup.admin.id),
        ("pair.consent_yes", yuki.id),
        ("pair.consent_yes", priya.id),
        ("pair.active", None),
    ]


async def test_the_list_is_for_leads_and_says_how_pairs_are_doing(
    setup: Setup, yuki: Member, priya: Member
) -> None:
    await ask(setup, yuki, priya)
    seen = await read_as(setup.deps, setup.viewer(setup.admin), see_pairs, setup.cohort.id)

    assert [(row.mentors, row.mentees, row.standing) for row in seen.rows] == [
        (("Yuki",), ("Priya",), "asked"),
        (("Mira",), ("Tom",), "active"),
    ]
    with pytest.raises(NotAllowed):
        await read_as(setup.deps, setup.viewer(yuki), see_pairs, setup.cohort.id)


async def test_whoever_moves_is_asked_at_their_new_ten_o_clock(setup: Setup) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    await met(setup, setup.mentee.user_id, "Tom")  # now in Berlin

    (nudge,) = await setup.read(lambda r: r.nudges.find(state=NudgeState.PLANNED))
    assert f"{nudge.due_at:%a %H:%M}" == "Tue 09:00"


async def test_slack_tells_of_a_change_only_those_are_read_anew_whom_we_know(setup: Setup) -> None:
    setup.directory.profiles = {
        "UTOM": profile("UTOM", "Thomas"),
        "UNEW": profile("UNEW", "Somebody new"),
    }
    for user_id in ("UTOM", "UNEW", "UNOBODY"):
        await notice_change(setup.deps, "T1", user_id)

    names = await setup.read(lambda r: [member.name for member in r.members.find()])
    assert names == ["Ada", "Mira", "Thomas"]


async def test_a_no_after_a_yes_is_told_to_the_one_who_waits_and_asked_about_no_more(
    setup: Setup, yuki: Member, priya: Member
) -> None:
    pair = await ask(setup, yuki, priya)
    await answer(setup, priya, pair, Consent.YES)
    await answer(setup, yuki, pair, Consent.NO)
    for _ in range(15):
        setup.clock.move(days=1)
        await tick(setup.deps)

    assert await setup.told(priya) == [CONSENT, NOT_NOW]
    assert await setup.told(yuki) == [CONSENT]
    assert await setup.told(setup.admin) == [NOT_NOW]
    assert await state(setup, pair) is PairState.DECLINED
    assert await setup.read(lambda r: r.nudges.count(pair_id=pair)) == 0


async def test_after_a_long_silence_of_the_bot_the_note_waits_for_a_whole_day(
    setup: Setup, yuki: Member, priya: Member
) -> None:
    await ask(setup, yuki, priya)
    setup.clock.move(days=20)
    for hours in (0, 12, 11):
        setup.clock.move(hours=hours)
        await tick(setup.deps)
        assert await setup.told(setup.admin) == []
    setup.clock.move(hours=1)
    await tick(setup.deps)

    assert await setup.told(setup.admin) == [UNANSWERED]


async def test_nobody_answers_for_another_nor_after_they_left(
    setup: Setup, yuki: Member, priya: Member
) -> None:
    pair = await ask(setup, yuki, priya)
    for other in (setup.admin, setup.mentor):
        with pytest.raises(NotFound):
            await answer(setup, other, pair, Consent.YES)
    memberships = await setup.read(lambda r: r.memberships.find(pair_id=pair, member_id=yuki.id))
    await setup.write(lambda r: r.memberships.update(replace(memberships[0], left_at=setup.clock.now())))

    with pytest.raises(NotFound):
        await answer(setup, yuki, pair, Consent.YES)
