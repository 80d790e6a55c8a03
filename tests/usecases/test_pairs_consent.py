"""Asking two people, their answers, and what becomes of the pair."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.domain.errors import AlreadySettled, NotAllowed, NotFound, PersonUnfit, TextTooLong
from bot.domain.ids import PairId
from bot.domain.members import Member
from bot.domain.nudges import NudgeState, Occurrence, OccurrenceState, Ritual
from bot.domain.pairs import REASON_LIMIT, Consent, PairState, Standing
from bot.ports import Repositories
from bot.usecases.members import keep_profile, notice_change
from bot.usecases.nudges import start_check_ins
from bot.usecases.pairs_asking import AskPair, ask_pair
from bot.usecases.pairs_consent import (
    CONSENT,
    NOT_NOW,
    STARTED,
    UNANSWERED,
    WELCOME,
    answer_consent,
    load_consent,
    load_welcome,
)
from bot.usecases.pairs_ending import ENDED, NEEDS_PARTNER, RESTS, end_pair, resume_pair
from bot.usecases.pairs_standing import see_pairs
from bot.usecases.tick import tick
from tests.usecases.conftest import Stage
from tests.usecases.test_pairs_import import profile


@pytest.fixture
async def yuki(stage: Stage) -> Member:
    return await met(stage, "UYUKI", "Yuki")


@pytest.fixture
async def priya(stage: Stage) -> Member:
    return await met(stage, "UPRIYA", "Priya", full_name="Priya Raman")


async def met(stage: Stage, user_id: str, name: str, **what: bool | str) -> Member:
    known = profile(user_id, name, **what)
    return await stage.write(
        lambda r: keep_profile(r, stage.workspace.id, known, frozenset(), stage.clock.now())
    )


async def ask(
    stage: Stage, mentor: Member, mentee: Member, by: Member | None = None, key: str = "ask"
) -> PairId:
    command = AskPair(mentor.id, mentee.id, stage.cohort.id, "Open pairs")
    actor = by or stage.admin
    return await ask_pair(stage.deps, stage.viewer(actor), actor.id, command, key=key)


async def answer(stage: Stage, who: Member, pair: PairId, consent: Consent, key: str = "") -> str:
    key = key or f"answer:{who.id}:{consent}"
    return await answer_consent(stage.deps, stage.viewer(who), who.id, pair, consent, key=key)


async def state(stage: Stage, pair: PairId) -> PairState:
    return await stage.read(lambda r: r.pairs.get(pair).state)


async def test_the_pair_begins_with_the_last_yes_and_the_first_check_in_is_planned(
    stage: Stage, yuki: Member, priya: Member
) -> None:
    pair = await ask(stage, yuki, priya)
    assert await answer(stage, yuki, pair, Consent.YES) == PairState.ASKED
    assert await answer(stage, priya, pair, Consent.YES) == PairState.ACTIVE

    assert await stage.told(yuki) == await stage.told(priya) == [CONSENT, WELCOME]
    assert await stage.told(stage.admin) == [STARTED]
    planned = await stage.read(lambda r: r.nudges.find(pair_id=pair, state=NudgeState.PLANNED))
    assert [nudge.member_id for nudge in planned] == [priya.id]
    kept = await stage.read(lambda r: r.pairs.get(pair))
    assert kept.active_since == stage.clock.now()
    assert kept.follow_up_at is None


async def test_both_read_in_the_question_why_they_were_paired(
    stage: Stage, yuki: Member, priya: Member
) -> None:
    why = "Both lead remote teams\nsince spring"
    command = AskPair(yuki.id, priya.id, stage.cohort.id, "Open pairs", why)
    pair = await ask_pair(stage.deps, stage.viewer(stage.admin), stage.admin.id, command, key="why")

    for reader in (yuki, priya):
        asked = await stage.read(partial(load_consent, pair_id=pair, reader=reader.id), reader)
        assert asked.reason == "Both lead remote teams since spring"
    with pytest.raises(NotFound):
        await stage.read(lambda r: r.pairs.get(pair), stage.mentor)


async def test_a_full_name_that_changed_in_slack_is_the_one_that_is_read(stage: Stage, yuki: Member) -> None:
    assert yuki.in_full == "Yuki"
    assert (await met(stage, "UYUKI", "Yuki", full_name="Yuki Tanaka")).in_full == "Yuki Tanaka"
    assert (await met(stage, "UYUKI", "Yuki", full_name="Yuki Sato")).in_full == "Yuki Sato"


async def test_a_reason_is_one_line_and_no_story(stage: Stage, yuki: Member, priya: Member) -> None:
    command = AskPair(yuki.id, priya.id, stage.cohort.id, "Open pairs", "x" * (REASON_LIMIT + 1))
    with pytest.raises(TextTooLong) as raised:
        await ask_pair(stage.deps, stage.viewer(stage.admin), stage.admin.id, command, key="why")

    assert raised.value.field == "reason"
    assert await stage.told(yuki) == []


async def test_the_welcome_names_the_lead_and_without_one_the_admins(
    stage: Stage, yuki: Member, priya: Member
) -> None:
    lea = await met(stage, "ULEA", "Lea")
    await stage.write(lambda r: r.cohorts.update(replace(stage.cohort, lead_id=lea.id)))
    pair = await ask(stage, yuki, priya, by=stage.admin)
    for who in (yuki, priya):
        await answer(stage, who, pair, Consent.YES)

    welcomed = await stage.read(partial(load_welcome, pair_id=pair, reader=yuki.id), yuki)
    assert [one.id for one in welcomed.keepers] == [lea.id]
    assert [one.in_full for one in welcomed.partners] == ["Priya Raman"]

    await stage.write(lambda r: r.members.update(replace(lea, is_deleted=True)))
    welcomed = await stage.read(partial(load_welcome, pair_id=pair, reader=yuki.id), yuki)
    assert [one.id for one in welcomed.keepers] == [stage.admin.id]


async def test_both_may_say_yes_at_the_same_moment(stage: Stage, yuki: Member, priya: Member) -> None:
    pair = await ask(stage, yuki, priya)
    await asyncio.gather(*(answer(stage, who, pair, Consent.YES) for who in (yuki, priya)))

    assert await state(stage, pair) is PairState.ACTIVE
    assert (await stage.told(yuki)).count(WELCOME) == (await stage.told(priya)).count(WELCOME) == 1


async def test_a_second_click_changes_nothing_and_another_answer_is_too_late(
    stage: Stage, yuki: Member, priya: Member
) -> None:
    pair = await ask(stage, yuki, priya)
    await answer(stage, yuki, pair, Consent.NO)
    assert await answer(stage, yuki, pair, Consent.NO, key="again") == PairState.DECLINED
    with pytest.raises(AlreadySettled):
        await answer(stage, yuki, pair, Consent.YES)
    with pytest.raises(AlreadySettled):
        await answer(stage, priya, pair, Consent.YES)


async def test_who_was_not_asked_cannot_answer(stage: Stage, yuki: Member, priya: Member) -> None:
    pair = await ask(stage, yuki, priya)

    with pytest.raises(NotFound):
        await answer(stage, stage.mentor, pair, Consent.YES)


async def test_a_no_is_told_to_the_one_who_asked_and_after_it_they_may_be_asked_again(
    stage: Stage, yuki: Member, priya: Member
) -> None:
    pair = await ask(stage, yuki, priya)
    await answer(stage, priya, pair, Consent.NO)

    assert await stage.told(stage.admin) == [NOT_NOW]
    assert await stage.told(yuki) == [CONSENT]
    assert await ask(stage, yuki, priya, key="again") != pair


async def test_two_admins_who_ask_at_once_make_one_pair(stage: Stage, yuki: Member, priya: Member) -> None:
    asking = (ask(stage, yuki, priya, key="one"), ask(stage, priya, yuki, key="two"))
    results = await asyncio.gather(*asking, return_exceptions=True)

    assert sorted(type(result).__name__ for result in results) == ["PairExists", "int"]


async def test_a_second_delivery_of_the_same_click_asks_once(
    stage: Stage, yuki: Member, priya: Member
) -> None:
    first, second = await ask(stage, yuki, priya), await ask(stage, yuki, priya)

    assert first == second
    assert await stage.told(yuki) == [CONSENT]


async def test_the_one_who_asks_for_themselves_has_said_yes(stage: Stage, yuki: Member) -> None:
    pair = await ask(stage, stage.admin, yuki)

    assert await stage.told(stage.admin) == []
    assert await answer(stage, yuki, pair, Consent.YES) == PairState.ACTIVE


async def test_members_pair_nobody_in_a_cohort_that_is_not_open(
    stage: Stage, yuki: Member, priya: Member
) -> None:
    with pytest.raises(NotAllowed):
        await ask(stage, yuki, priya, by=yuki)


async def test_a_deactivated_account_cannot_be_asked(stage: Stage, yuki: Member) -> None:
    otto = await met(stage, "UOTTO", "Otto", is_deleted=True)

    with pytest.raises(PersonUnfit):
        await ask(stage, yuki, otto)


async def test_reminders_and_the_note_to_the_lead_come_once(
    stage: Stage, yuki: Member, priya: Member
) -> None:
    pair = await ask(stage, yuki, priya)
    await answer(stage, yuki, pair, Consent.YES)
    for _ in range(12):
        stage.clock.move(days=1)
        await tick(stage.deps)

    assert await stage.told(priya) == [CONSENT, CONSENT]
    assert await stage.told(yuki) == [CONSENT]
    assert await stage.told(stage.admin) == [UNANSWERED]
    assert await stage.read(lambda r: r.pairs.get(pair).follow_up_at) is None


async def test_after_a_long_silence_of_the_bot_the_reminder_still_comes_a_day_before_the_note(
    stage: Stage, yuki: Member, priya: Member
) -> None:
    await ask(stage, yuki, priya)
    stage.clock.move(days=20)
    await tick(stage.deps)
    stage.clock.move(hours=23)
    await tick(stage.deps)
    assert await stage.told(stage.admin) == []
    stage.clock.move(hours=1)
    await tick(stage.deps)
    assert await stage.told(stage.admin) == [UNANSWERED]


async def test_a_closed_account_rests_the_pair_and_its_lead_may_resume_it_later(stage: Stage) -> None:
    mira = stage.mentor
    await met(stage, mira.user_id, "Mira", is_deleted=True)
    assert await stage.told(stage.mentee) == [RESTS]
    assert await stage.told(stage.admin) == [NEEDS_PARTNER]
    assert await state(stage, stage.pair.id) is PairState.PAUSED
    with pytest.raises(PersonUnfit):
        await resume(stage)

    await met(stage, mira.user_id, "Mira")
    await resume(stage, key="later")
    assert await state(stage, stage.pair.id) is PairState.ACTIVE


async def resume(stage: Stage, key: str = "resume") -> int:
    return await resume_pair(stage.deps, stage.viewer(stage.admin), stage.admin.id, stage.pair.id, key=key)


async def test_a_move_keeps_what_is_known_of_a_member(stage: Stage) -> None:
    await stage.write(lambda r: r.members.update(replace(r.members.get(stage.admin.id), dm_channel="D1")))
    await met(stage, stage.admin.user_id, "Ada O.")

    kept = await stage.read(lambda r: r.members.get(stage.admin.id))
    assert (kept.name, kept.tz, kept.dm_channel, kept.is_admin) == ("Ada O.", "Europe/Berlin", "D1", True)


async def test_ending_a_pair_is_for_its_lead_and_the_two_keep_their_history(stage: Stage) -> None:
    other = await met(stage, "UYUKI", "Yuki")
    with pytest.raises(NotFound):
        await end_pair(stage.deps, stage.viewer(other), other.id, stage.pair.id, key="other")
    with pytest.raises(NotAllowed):
        await end_pair(stage.deps, stage.viewer(stage.mentee), stage.mentee.id, stage.pair.id, key="mine")
    await end_pair(stage.deps, stage.viewer(stage.admin), stage.admin.id, stage.pair.id, key="end")

    assert await stage.told(stage.mentor) == await stage.told(stage.mentee) == [ENDED]
    seen = await stage.read(lambda r: r.pairs.get(stage.pair.id), stage.mentee)
    assert seen.state is PairState.ENDED


async def test_every_change_leaves_a_trail_without_words(stage: Stage, yuki: Member, priya: Member) -> None:
    pair = await ask(stage, yuki, priya)
    await answer(stage, yuki, pair, Consent.YES)
    await answer(stage, priya, pair, Consent.YES)

    trail = await stage.read(lambda r: [(entry.action, entry.member_id) for entry in r.audit.find()])
    assert trail == [
        ("pair.asked", stage.admin.id),
        ("pair.consent_yes", yuki.id),
        ("pair.consent_yes", priya.id),
        ("pair.active", None),
    ]


async def test_the_list_is_for_leads_and_says_how_pairs_are_doing(
    stage: Stage, yuki: Member, priya: Member
) -> None:
    await ask(stage, yuki, priya)
    seen = await see_pairs(stage.deps, stage.viewer(stage.admin), stage.admin.id, stage.cohort.id)

    assert [(row.mentors, row.mentees, row.standing) for row in seen.rows] == [
        (("Yuki",), ("Priya",), "asked"),
        (("Mira",), ("Tom",), "active"),
    ]
    with pytest.raises(NotAllowed):
        await see_pairs(stage.deps, stage.viewer(yuki), yuki.id, stage.cohort.id)


async def test_two_rounds_without_a_word_show_as_could_use_a_hand(stage: Stage) -> None:
    def passed(repositories: Repositories) -> None:
        for weeks in (1, 2):
            day = stage.clock.now().date() - timedelta(weeks=weeks)
            repositories.occurrences.insert(
                Occurrence(
                    stage.workspace.id,
                    stage.pair.id,
                    Ritual.CHECK_IN,
                    0,
                    f"{day}",
                    day,
                    OccurrenceState.MISSED,
                )
            )

    await stage.write(passed)
    seen = await see_pairs(stage.deps, stage.viewer(stage.admin), stage.admin.id, stage.cohort.id)

    assert [row.standing for row in seen.rows] == [Standing.NEEDS_HELP]


async def test_whoever_moves_is_asked_at_their_new_ten_o_clock(stage: Stage) -> None:
    await stage.write(lambda r: start_check_ins(r, stage.pair, stage.clock.now()))
    await met(stage, stage.mentee.user_id, "Tom")  # now in Berlin

    (nudge,) = await stage.read(lambda r: r.nudges.find(state=NudgeState.PLANNED))
    assert f"{nudge.due_at:%a %H:%M}" == "Tue 09:00"


async def test_slack_tells_of_a_change_only_those_are_read_anew_whom_we_know(stage: Stage) -> None:
    stage.directory.profiles = {
        "UTOM": profile("UTOM", "Thomas"),
        "UNEW": profile("UNEW", "Somebody new"),
    }
    for user_id in ("UTOM", "UNEW", "UNOBODY"):
        await notice_change(stage.deps, "T1", user_id)

    names = await stage.read(lambda r: [member.name for member in r.members.find()])
    assert names == ["Ada", "Mira", "Thomas"]


async def test_a_no_after_a_yes_is_told_to_the_one_who_waits_and_asked_about_no_more(
    stage: Stage, yuki: Member, priya: Member
) -> None:
    pair = await ask(stage, yuki, priya)
    await answer(stage, priya, pair, Consent.YES)
    await answer(stage, yuki, pair, Consent.NO)
    for _ in range(15):
        stage.clock.move(days=1)
        await tick(stage.deps)

    assert await stage.told(priya) == [CONSENT, NOT_NOW]
    assert await stage.told(yuki) == [CONSENT]
    assert await stage.told(stage.admin) == [NOT_NOW]
    assert await state(stage, pair) is PairState.DECLINED
    assert await stage.read(lambda r: r.nudges.count(pair_id=pair)) == 0


async def test_after_a_long_silence_of_the_bot_the_note_waits_for_a_whole_day(
    stage: Stage, yuki: Member, priya: Member
) -> None:
    await ask(stage, yuki, priya)
    stage.clock.move(days=20)
    for hours in (0, 12, 11):
        stage.clock.move(hours=hours)
        await tick(stage.deps)
        assert await stage.told(stage.admin) == []
    stage.clock.move(hours=1)
    await tick(stage.deps)

    assert await stage.told(stage.admin) == [UNANSWERED]


async def test_nobody_answers_for_another_nor_after_they_left(
    stage: Stage, yuki: Member, priya: Member
) -> None:
    pair = await ask(stage, yuki, priya)
    for other in (stage.admin, stage.mentor):
        with pytest.raises(NotFound):
            await answer(stage, other, pair, Consent.YES)
    places = await stage.read(lambda r: r.pair_members.find(pair_id=pair, member_id=yuki.id))
    await stage.write(lambda r: r.pair_members.update(replace(places[0], left_at=stage.clock.now())))

    with pytest.raises(NotFound):
        await answer(stage, yuki, pair, Consent.YES)
