"""A new mentor in the place of another: the mentee is asked first and picks what they see, and the former one goes."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

import handlers
from bot.domain.attention import What
from bot.domain.checkins import OtherReader
from bot.domain.errors import (
    AlreadySettled,
    NotAllowed,
    NotFound,
    PairExists,
    PairloopError,
    PersonUnfit,
    WordsChanged,
)
from bot.domain.experiments import ExperimentState
from bot.domain.ids import AskId, ExperimentId, GoalId, PairId
from bot.domain.insights import Visibility
from bot.domain.members import Member
from bot.domain.nudges import NudgeState, OccurrenceState, Ritual
from bot.domain.owed_replies import OwedState
from bot.domain.pairs import Consent, Membership, PairState, Role
from bot.domain.pairs_replacing import NewMentorAsked, NoMentorToReplace
from bot.domain.privacy import pair_token
from bot.domain.results import Adherence, NextStep
from bot.domain.stored import Earlier
from bot.domain.suggestions import SuggestionState
from bot.ports import Tx
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.home.home import see_home
from bot.usecases.loop import results
from bot.usecases.loop.experiment_cards import load_experiment_card
from bot.usecases.loop.experiments import Commit, commit_to_experiment
from bot.usecases.loop.goals import SetGoal, set_goal
from bot.usecases.loop.results import TellResult, tap, tell_result
from bot.usecases.loop.suggestions import open_suggestions
from bot.usecases.messages import MESSAGES
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
from bot.usecases.programme.pairs_ending import (
    NEEDS_PARTNER,
    end_pair,
    load_needs_partner,
)
from bot.usecases.programme.pairs_leaving import leave_pair
from bot.usecases.programme.pairs_replaced import REPLACED, load_replaced
from bot.usecases.programme.pairs_replacing import (
    EarlierForm,
    ReplaceMentor,
    ShowEarlier,
    open_earlier_form,
    open_replace_form,
    replace_mentor,
    show_earlier,
)
from bot.usecases.programme.pairs_standing import see_pairs
from bot.usecases.programme.profiles import keep_profile
from bot.usecases.rhythm.asks import ask_mentor
from bot.usecases.rhythm.briefs import see_brief
from bot.usecases.rhythm.checkins import AnswerCheckIn, answer_check_in
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.tick import tick
from tests.planting import NOW, SECRET, plant_everywhere
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.programme.test_pairs_consent import met
from tests.usecases.programme.test_pairs_import import profile
from tests.usecases.test_forged import OF_ONESELF, VALUES, Slack, a_call, a_view

FUTURE = date(2026, 12, 16)  # no day of a check-in
TRY = Commit({"behaviour": "ask the quiet ones", "situation": "a review", "until": FUTURE})


@pytest.fixture
async def yuki(setup: Setup) -> Member:
    return await met(setup, "UYUKI", "Yuki")


async def propose(setup: Setup, mentor: Member, by: Member | None = None, key: str = "replace") -> PairId:
    """Ask for this mentor in Mira's place; returns the pair that was asked."""
    viewer = setup.viewer(by or setup.admin)
    command = ReplaceMentor(setup.pair.id, "both love maps")
    await write_as(setup.deps, viewer, replace_mentor, command, mentor.id, key=key)
    return await setup.read(lambda r: r.pairs.find(replaces=setup.pair.id)[-1].id)


async def form_of(setup: Setup, pair: PairId, who: Member | None = None) -> EarlierForm:
    return await read_as(setup.deps, setup.viewer(who or setup.mentee), open_earlier_form, pair)


def with_kinds(form: EarlierForm, *chosen: Earlier) -> ShowEarlier:
    return ShowEarlier(form.pair_id, chosen, tuple(f"{one.kind}:{one.edition}" for one in form.kinds))


async def pick(setup: Setup, pair: PairId, *chosen: Earlier, key: str = "pick") -> None:
    command = with_kinds(await form_of(setup, pair), *chosen)
    await write_as(setup.deps, setup.viewer(setup.mentee), show_earlier, command, key=key)


async def say(setup: Setup, who: Member, pair: PairId, consent: Consent) -> str:
    return await write_as(setup.deps, setup.viewer(who), answer_consent, pair, consent)


async def replaced(setup: Setup, mentor: Member, *chosen: Earlier) -> PairId:
    """Both say yes."""
    pair = await propose(setup, mentor)
    await pick(setup, pair, *chosen)
    await say(setup, mentor, pair, Consent.YES)
    return pair


async def state(setup: Setup, pair: PairId) -> PairState:
    return (await setup.read(lambda r: r.pairs.get(pair))).state


async def tries(setup: Setup) -> ExperimentId:
    return await write_as(setup.deps, setup.viewer(setup.mentee), commit_to_experiment, TRY)


async def aims(setup: Setup, text: str = "lead by asking") -> GoalId:
    return await write_as(setup.deps, setup.viewer(setup.mentee), set_goal, SetGoal({"text": text}))


async def asks(setup: Setup) -> AskId:
    shown = {"situation": "They wait for me"}
    return await write_as(setup.deps, setup.viewer(setup.mentee), ask_mentor, shown, setup.pair.id)


# The way that leads there


async def test_the_mentee_is_asked_first_then_the_mentor_and_then_it_begins(
    setup: Setup, yuki: Member
) -> None:
    pair = await propose(setup, yuki)
    assert (await setup.told(setup.mentee), await setup.told(yuki)) == ([CONSENT], [])
    question = await read_as(setup.deps, setup.viewer(setup.mentee), load_consent, pair)
    assert ([one.name for one in question.partners], question.former) == (["Yuki"], ("Mira",))
    with pytest.raises(NotFound):
        await read_as(setup.deps, setup.viewer(yuki), load_consent, pair)

    await pick(setup, pair)
    assert await setup.told(yuki) == [CONSENT]
    asked = await read_as(setup.deps, setup.viewer(yuki), load_consent, pair)
    assert (asked.follows, asked.former, asked.role) == (True, (), Role.MENTOR)
    assert await state(setup, setup.pair.id) is PairState.ACTIVE

    assert await say(setup, yuki, pair, Consent.YES) == PairState.ACTIVE
    assert await state(setup, setup.pair.id) is PairState.ENDED
    assert await setup.told(setup.mentee) == [CONSENT, WELCOME]
    assert await setup.told(yuki) == [CONSENT, WELCOME]
    assert await setup.told(setup.mentor) == [REPLACED]
    assert await setup.told(setup.admin) == [STARTED]
    assert (await read_as(setup.deps, setup.viewer(yuki), load_welcome, pair)).follows


async def test_the_former_mentor_reads_a_thank_you_and_sees_nothing_any_more(
    setup: Setup, yuki: Member
) -> None:
    goal = await aims(setup)
    await replaced(setup, yuki, Earlier.GOALS)
    await aims(setup, "something new")

    [left] = await setup.read(lambda r: r.memberships.find(member_id=setup.mentor.id))
    assert left.left_at == setup.clock.now()
    read = await read_as(setup.deps, setup.viewer(setup.mentor), load_replaced, left.id)
    assert read.mentees == ("Tom",)
    for other in (yuki, setup.mentee, setup.admin):
        with pytest.raises(NotFound):
            await read_as(setup.deps, setup.viewer(other), load_replaced, left.id)
    assert await setup.read(lambda r: (r.goals.count(), r.pairs.count()), setup.mentor) == (0, 0)
    with pytest.raises(NotFound):
        await setup.read(lambda r: r.goals.get(goal), setup.mentor)


async def test_a_lead_who_takes_it_on_has_said_yes_by_that(setup: Setup) -> None:
    pair = await propose(setup, setup.admin)
    await pick(setup, pair)

    assert await state(setup, pair) is PairState.ACTIVE
    assert await setup.told(setup.admin) == [WELCOME]


async def test_goals_are_picked_to_begin_with_and_kinds_of_which_nothing_is_there_are_not_offered(
    setup: Setup, yuki: Member
) -> None:
    pair = await propose(setup, yuki)
    assert (await form_of(setup, pair)).kinds == ()
    await aims(setup)
    await tries(setup)

    form = await form_of(setup, pair)

    assert [(one.kind, one.count) for one in form.kinds] == [(Earlier.GOALS, 1), (Earlier.TRIES, 1)]
    assert (form.chosen, form.asks, form.mentor, form.former) == ((Earlier.GOALS,), True, "Yuki", ("Mira",))


# What the new mentor sees


async def test_the_new_mentor_sees_what_was_picked_and_what_is_written_from_now_on(
    setup: Setup, yuki: Member
) -> None:
    goal, tried = await aims(setup), await tries(setup)
    await replaced(setup, yuki, Earlier.GOALS)
    new = await tries(setup)

    assert (await setup.read(lambda r: r.goals.find(), yuki))[0].id == goal
    assert [one.id for one in await setup.read(lambda r: r.experiments.find(), yuki)] == [new]
    assert {one.id for one in await setup.read(lambda r: r.experiments.find(), setup.mentee)} == {tried, new}
    brief: Any = await read_as(setup.deps, setup.viewer(yuki), see_brief)
    assert (brief.goal.id, [one.id for one in brief.open_now]) == (goal, [new])
    with pytest.raises(NotFound):
        await read_as(setup.deps, setup.viewer(yuki), load_experiment_card, tried)


async def test_a_try_is_read_without_the_goal_that_was_not_picked(setup: Setup, yuki: Member) -> None:
    await aims(setup)
    tried = await tries(setup)
    await replaced(setup, yuki, Earlier.TRIES)

    card = await read_as(setup.deps, setup.viewer(yuki), load_experiment_card, tried)

    assert (card.goal, card.experiment.id) == ("", tried)
    mine = await read_as(setup.deps, setup.viewer(setup.mentee), load_experiment_card, tried)
    assert mine.goal == "lead by asking"


async def test_what_changed_after_it_was_picked_is_not_shown_until_it_is_picked_again(
    setup: Setup, yuki: Member
) -> None:
    goal = await aims(setup)
    pair = await propose(setup, yuki)
    await pick(setup, pair, Earlier.GOALS)
    later = SetGoal({"text": "what nobody was to read"}, goal_id=goal)
    await write_as(setup.deps, setup.viewer(setup.mentee), set_goal, later)
    await say(setup, yuki, pair, Consent.YES)
    assert await setup.read(lambda r: r.goals.count(), yuki) == 0

    form = await form_of(setup, pair)
    assert (form.asks, form.chosen, [one.kind for one in form.kinds]) == (False, (), [Earlier.GOALS])
    await pick(setup, pair, Earlier.GOALS, key="again")

    assert await setup.read(lambda r: r.goals.count(), yuki) == 1
    assert (await form_of(setup, pair)).kinds == ()


async def test_a_yes_to_words_that_changed_while_the_form_was_open_is_none(
    setup: Setup, yuki: Member
) -> None:
    await aims(setup)
    pair = await propose(setup, yuki)
    command = with_kinds(await form_of(setup, pair), Earlier.GOALS)
    await aims(setup, "another one")

    with pytest.raises(WordsChanged):
        await write_as(setup.deps, setup.viewer(setup.mentee), show_earlier, command)

    assert (await setup.told(yuki), await state(setup, pair)) == ([], PairState.ASKED)


async def test_a_yes_without_the_form_shows_nothing(setup: Setup, yuki: Member) -> None:
    await aims(setup)
    pair = await propose(setup, yuki)

    await say(setup, setup.mentee, pair, Consent.YES)
    await say(setup, yuki, pair, Consent.YES)

    assert await setup.read(lambda r: r.goals.count(), yuki) == 0


@pytest.mark.parametrize("chosen", [(), tuple(Earlier)])
async def test_no_button_and_no_form_shows_the_new_mentor_what_was_not_picked(
    setup: Setup, yuki: Member, chosen: tuple[Earlier, ...]
) -> None:
    known: dict[str, Any] = {
        "workspace_id": setup.workspace.id, "member_id": setup.mentee.id, "pair_id": setup.pair.id,
        "cohort_id": setup.cohort.id, "visibility": Visibility.PAIR, "access": pair_token(setup.pair.id),
        "waits_id": setup.mentee.id, "minutes": 30,
    }  # fmt: skip
    kept = ("workspaces", "members", "cohorts", "pairs", "memberships", "cohort_days_off", "pauses", "feeds")
    await setup.write(lambda tx: plant_everywhere(tx, known, but=kept))
    await replaced(setup, yuki, *chosen)

    shown = {who.name: await everything_shown(setup, who) for who in (yuki, setup.mentor)}

    assert SECRET not in shown["Mira"]
    assert (SECRET in shown["Yuki"]) == bool(chosen)


async def everything_shown(setup: Setup, who: Member) -> str:
    """What all buttons and all forms show to this person, with the id of what was planted, and all messages."""
    slack = Slack()
    for action, listener in handlers.ACTIONS.items():
        if action not in OF_ONESELF:
            value = VALUES.get(action, "1")
            pressed = {
                "action_id": action,
                "action_ts": "1",
                "value": value,
                "selected_option": {"value": value},
            }
            await pressing(listener(a_call(setup, who, slack, type="block_actions", actions=[pressed])))
    for view, listener in handlers.VIEWS.items():
        if view not in OF_ONESELF:
            sent = a_call(setup, who, slack, type="view_submission", view=a_view(view))
            await pressing(listener(sent))
    await dispatch(setup.deps)
    home = await read_as(setup.deps, setup.viewer(who), see_home)
    return str((slack.shown, setup.messenger.said_to(who.user_id), home))


async def pressing(answer: Any) -> None:
    try:
        await answer
    except PairloopError:
        return


# What was going on


async def test_what_is_picked_and_waits_waits_for_the_new_mentor_from_now_on(
    setup: Setup, yuki: Member
) -> None:
    await asks(setup)
    setup.clock.move(days=1)
    await replaced(setup, yuki, Earlier.ASKS)

    rows = await setup.read(lambda r: r.owed_replies.find())

    assert [(row.member_id, row.state) for row in rows] == [
        (setup.mentor.id, OwedState.WAIVED),
        (yuki.id, OwedState.OPEN),
    ]
    assert rows[1].due_at > setup.clock.now()
    home = await read_as(setup.deps, setup.viewer(yuki), see_home)
    assert home.mentoring[0].ask is not None


async def test_what_the_new_mentor_may_not_see_waits_for_nobody(setup: Setup, yuki: Member) -> None:
    await asks(setup)
    await replaced(setup, yuki)

    assert [row.state for row in await setup.read(lambda r: r.owed_replies.find())] == [OwedState.WAIVED]
    for _ in range(20):
        setup.clock.move(days=1, hours=0)
        await tick(setup.deps)
        await dispatch(setup.deps)
    told = {message.name for message in (*await setup.told(yuki), *await setup.told(setup.mentor))}
    assert not {name for name in told if name.startswith("owed_reply")}
    assert "They wait for me" not in str(setup.messenger.said_to(yuki.user_id))
    assert await setup.told(setup.mentor) == [MESSAGES["ask.card"], REPLACED]


async def test_what_is_shown_later_waits_for_the_new_mentor_then(setup: Setup, yuki: Member) -> None:
    await asks(setup)
    pair = await replaced(setup, yuki)
    setup.clock.move(days=2)

    await pick(setup, pair, Earlier.ASKS, key="later")

    [_, row] = await setup.read(lambda r: r.owed_replies.find())
    assert (row.member_id, row.state, row.created_at) == (yuki.id, OwedState.OPEN, setup.clock.now())


async def test_a_check_in_that_was_asked_is_answered_to_the_new_mentor(setup: Setup, yuki: Member) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    setup.clock.move(days=1, hours=7, minutes=30)  # Tuesday, half past ten in New York
    await tick(setup.deps)
    [asked] = await setup.read(lambda r: r.nudges.find(state=NudgeState.SENT))
    pair = await replaced(setup, yuki)

    answer = AnswerCheckIn(asked.occurrence_id, {"went_well": "a calm review"})
    await write_as(setup.deps, setup.viewer(setup.mentee), answer_check_in, answer)

    [check_in] = await setup.read(lambda r: r.check_ins.find(), yuki)
    assert (check_in.pair_id, check_in.went_well) == (pair, "a calm review")
    rounds = await setup.read(lambda r: r.occurrences.find(ritual=Ritual.CHECK_IN))
    assert {one.pair_id for one in rounds} == {pair}
    assert len({one.key for one in rounds}) == len(rounds)
    assert rounds[0].state is OccurrenceState.ANSWERED


async def test_what_was_typed_for_the_mentor_before_does_not_go_to_the_new_one(
    setup: Setup, yuki: Member
) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    setup.clock.move(days=1, hours=7, minutes=30)
    await tick(setup.deps)
    [asked] = await setup.read(lambda r: r.nudges.find(state=NudgeState.SENT))
    pair = await replaced(setup, yuki)
    shown = {"went_well": "Mira let me try"}

    typed = AnswerCheckIn(asked.occurrence_id, shown, pair_id=setup.pair.id)

    with pytest.raises(OtherReader) as error:
        await write_as(setup.deps, setup.viewer(setup.mentee), answer_check_in, typed)
    assert error.value.names == ("Yuki",)
    assert await setup.read(lambda r: r.check_ins.count()) == 0

    anew = AnswerCheckIn(asked.occurrence_id, shown, pair_id=pair)
    await write_as(setup.deps, setup.viewer(setup.mentee), answer_check_in, anew)
    assert await setup.read(lambda r: r.check_ins.count(pair_id=pair)) == 1


async def test_what_is_tried_and_not_shown_goes_on_for_the_mentee_alone(setup: Setup, yuki: Member) -> None:
    goal, tried = await aims(setup), await tries(setup)
    await replaced(setup, yuki)

    home = await read_as(setup.deps, setup.viewer(setup.mentee), see_home)
    assert ([one.id for one in home.experiments], [one.id for one in home.goals]) == ([tried], [goal])
    theirs = await read_as(setup.deps, setup.viewer(yuki), see_home)
    assert (theirs.experiments, [line.experiment for line in theirs.mentoring]) == ((), [None])
    setup.clock.move(hours=7, minutes=30)  # the working hours of New York
    for _ in range(25):
        setup.clock.move(days=1)
        await tick(setup.deps)
    assert (await setup.told(setup.mentee)).count(results.ASK) == 1
    coming = await read_as(setup.deps, setup.viewer(setup.mentee), see_home)
    assert [(one.what, one.subject) for one in coming.matters if one.what is What.OUTCOME] == [
        (What.OUTCOME, tried)
    ]
    told = TellResult(tried, {"what_happened": "They spoke", "next_step": NextStep.DROP}, readings={})
    await write_as(setup.deps, setup.viewer(setup.mentee), tap, tried, Adherence.DID)
    await write_as(setup.deps, setup.viewer(setup.mentee), tell_result, told)
    assert await setup.read(lambda r: r.owed_replies.count()) == 0
    assert await setup.read(lambda r: r.results.count(), yuki) == 0


async def test_what_no_mentor_was_shown_can_be_shown_to_the_third(setup: Setup, yuki: Member) -> None:
    tried = await tries(setup)
    priya = await met(setup, "UPRIYA", "Priya")
    setup.pair = await setup.read(lambda r: r.pairs.get(r.pairs.find()[0].id))
    first = await replaced(setup, yuki)
    setup.pair = await setup.read(lambda r: r.pairs.get(first))
    third = await propose(setup, priya, key="third")
    await pick(setup, third, key="third picks")
    await say(setup, priya, third, Consent.YES)
    assert await setup.read(lambda r: r.experiments.count(), priya) == 0

    home = await read_as(setup.deps, setup.viewer(setup.mentee), see_home)
    assert [one.id for one in home.experiments] == [tried]
    await pick(setup, third, Earlier.TRIES, key="later")

    assert [one.id for one in await setup.read(lambda r: r.experiments.find(), priya)] == [tried]
    for former in (yuki, setup.mentor):
        assert await setup.read(lambda r: r.experiments.count(), former) == 0


async def test_nothing_is_suggested_by_who_has_gone(setup: Setup, yuki: Member) -> None:
    known = {
        "workspace_id": setup.workspace.id, "member_id": setup.mentor.id, "pair_id": setup.pair.id,
        "to_id": setup.mentee.id,
    }  # fmt: skip
    kept = ("workspaces", "members", "cohorts", "pairs", "memberships")
    await setup.write(lambda tx: plant_everywhere(tx, known, but=kept))

    def offer(tx: Tx) -> None:
        [suggestion] = tx.suggestions.find()
        tx.suggestions.update(
            replace(suggestion, state=SuggestionState.OFFERED, expires_at=NOW + timedelta(days=20))
        )

    await setup.write(offer)
    pair = await replaced(setup, yuki)

    assert await setup.read(lambda r: open_suggestions(r, setup.pair.id, setup.mentee.id)) == []
    assert await setup.read(lambda r: open_suggestions(r, pair, setup.mentee.id)) == []


# What may come in between


async def test_a_mentee_who_declines_keeps_the_mentor_and_nobody_else_is_asked(
    setup: Setup, yuki: Member
) -> None:
    pair = await propose(setup, yuki)

    await say(setup, setup.mentee, pair, Consent.NO)

    assert (await state(setup, pair), await state(setup, setup.pair.id)) == (
        PairState.DECLINED,
        PairState.ACTIVE,
    )
    assert (await setup.told(yuki), await setup.told(setup.mentor)) == ([], [])
    assert await setup.told(setup.admin) == [NOT_NOW]
    assert await propose(setup, yuki, key="once more") != pair


async def test_a_new_mentor_who_declines_changes_nothing(setup: Setup, yuki: Member) -> None:
    await aims(setup)
    pair = await propose(setup, yuki)
    await pick(setup, pair, Earlier.GOALS)

    await say(setup, yuki, pair, Consent.NO)

    assert (await state(setup, pair), await state(setup, setup.pair.id)) == (
        PairState.DECLINED,
        PairState.ACTIVE,
    )
    assert REPLACED not in await setup.told(setup.mentor)
    assert await setup.read(lambda r: r.goals.count(), setup.mentor) == 1
    assert await setup.read(lambda r: r.goals.count(), yuki) == 0
    with pytest.raises(AlreadySettled):
        await form_of(setup, pair)


async def test_each_of_them_is_reminded_once_and_the_lead_hears_after_seven_days(
    setup: Setup, yuki: Member
) -> None:
    async def days(count: int) -> None:
        for _ in range(count * 4):
            setup.clock.move(hours=6)
            await tick(setup.deps)

    pair = await propose(setup, yuki)
    await days(5)
    assert (await setup.told(setup.mentee)).count(CONSENT) == 2
    await pick(setup, pair)
    await days(6)
    assert (await setup.told(yuki)).count(CONSENT) == 2
    await days(8)
    assert (await setup.told(setup.admin)).count(UNANSWERED) == 1
    assert (await setup.told(setup.mentee)).count(CONSENT) == 2


async def test_of_two_leads_at_once_one_asks(setup: Setup, yuki: Member) -> None:
    priya = await met(setup, "UPRIYA", "Priya")

    results = await asyncio.gather(
        propose(setup, yuki, key="one"), propose(setup, priya, key="two"), return_exceptions=True
    )

    assert sorted(type(one).__name__ for one in results) == ["NewMentorAsked", "int"]
    assert await setup.told(setup.mentee) == [CONSENT]
    with pytest.raises(NewMentorAsked) as error:
        await read_as(setup.deps, setup.viewer(setup.admin), open_replace_form, setup.pair.id)
    assert error.value.name in ("Yuki", "Priya")


async def test_the_same_forms_sent_twice_count_once(setup: Setup, yuki: Member) -> None:
    await aims(setup)
    pair = await propose(setup, yuki)
    assert await propose(setup, yuki) == pair
    await pick(setup, pair, Earlier.GOALS)
    await pick(setup, pair, key="sent again with nothing picked")

    await say(setup, yuki, pair, Consent.YES)
    await say(setup, yuki, pair, Consent.YES)

    assert await setup.read(lambda r: r.goals.count(), yuki) == 1
    assert await setup.told(yuki) == [CONSENT, WELCOME]
    assert (await setup.told(setup.mentor)).count(REPLACED) == 1


@pytest.mark.parametrize(
    ("user", "reason"),
    [("UGUEST", "guest"), ("UGONE", "deactivated"), ("UBOT2", "bot"), ("UFAR", "foreign")],
)
async def test_who_cannot_be_a_mentor_is_refused_by_name(setup: Setup, user: str, reason: str) -> None:
    what = {"guest": "is_guest", "deactivated": "is_deleted", "bot": "is_bot", "foreign": "is_foreign"}
    other = await met(setup, user, "Rex", **{what[reason]: True})

    with pytest.raises(PersonUnfit) as error:
        await propose(setup, other)

    assert (error.value.reason, error.value.field) == (reason, "mentor")
    assert await setup.told(setup.mentee) == []


async def test_neither_the_mentee_nor_the_same_mentor_takes_the_place(setup: Setup) -> None:
    with pytest.raises(PersonUnfit) as error:
        await propose(setup, setup.mentee)
    assert (error.value.reason, error.value.field) == ("same", "mentor")
    with pytest.raises(PairExists):
        await propose(setup, setup.mentor)


async def test_a_mentor_whose_account_is_closed_meanwhile_is_not_asked(setup: Setup, yuki: Member) -> None:
    pair = await propose(setup, yuki)
    await setup.write(lambda r: r.members.update(replace(r.members.get(yuki.id), is_deleted=True)))

    await pick(setup, pair)

    assert (await state(setup, pair), await state(setup, setup.pair.id)) == (
        PairState.DECLINED,
        PairState.ACTIVE,
    )
    assert (await setup.told(yuki), await setup.told(setup.admin)) == ([], [NOT_NOW])


@pytest.mark.parametrize("who", ["mentor", "mentee", "stranger"])
async def test_only_leads_and_admins_replace_a_mentor(setup: Setup, yuki: Member, who: str) -> None:
    by = yuki if who == "stranger" else getattr(setup, who)

    with pytest.raises((NotAllowed, NotFound)):
        await propose(setup, yuki, by)


@pytest.mark.parametrize("who", ["mentor", "admin", "stranger"])
async def test_only_the_mentee_picks(setup: Setup, yuki: Member, who: str) -> None:
    await aims(setup)
    pair = await propose(setup, yuki)
    form = await form_of(setup, pair)
    by = yuki if who == "stranger" else getattr(setup, who)

    with pytest.raises(NotFound):
        await form_of(setup, pair, by)
    with pytest.raises(NotFound):
        await write_as(setup.deps, setup.viewer(by), show_earlier, with_kinds(form, Earlier.GOALS))
    await pick(setup, pair)
    await say(setup, yuki, pair, Consent.YES)
    with pytest.raises((NotFound, NotAllowed)):
        await write_as(setup.deps, setup.viewer(by), show_earlier, with_kinds(form, Earlier.GOALS))
    assert await setup.read(lambda r: r.goals.count(), yuki) == 0


async def test_a_pair_that_ended_is_not_asked_about(setup: Setup, yuki: Member) -> None:
    await write_as(setup.deps, setup.viewer(setup.admin), end_pair, setup.pair.id)

    with pytest.raises(AlreadySettled):
        await propose(setup, yuki)


async def test_where_the_pair_ended_meanwhile_the_new_one_begins_all_the_same(
    setup: Setup, yuki: Member
) -> None:
    await aims(setup)
    pair = await propose(setup, yuki)
    await pick(setup, pair, Earlier.GOALS)
    await write_as(setup.deps, setup.viewer(setup.mentor), leave_pair, setup.pair.id)

    await say(setup, yuki, pair, Consent.YES)

    assert await state(setup, pair) is PairState.ACTIVE
    assert await setup.read(lambda r: r.goals.count(), yuki) == 1
    assert await setup.read(lambda r: r.goals.count(), setup.mentor) == 0


async def test_a_mentor_whose_account_was_closed_is_replaced_and_reads_nothing(
    setup: Setup, yuki: Member
) -> None:
    gone = profile(setup.mentor.user_id, "Mira", is_deleted=True)
    await setup.write(lambda r: keep_profile(r, setup.workspace.id, gone))
    assert await setup.told(setup.admin) == [NEEDS_PARTNER]
    needs = await read_as(setup.deps, setup.viewer(setup.admin), load_needs_partner, setup.pair.id)
    assert needs.may_replace

    pair = await replaced(setup, yuki)

    assert (await state(setup, pair), await state(setup, setup.pair.id)) == (
        PairState.ACTIVE,
        PairState.ENDED,
    )
    assert await setup.told(setup.mentor) == []


async def test_peers_and_circles_have_no_one_mentor_to_replace(setup: Setup, yuki: Member) -> None:
    def join(tx: Tx) -> None:
        whose = (setup.workspace.id, setup.pair.id)
        priya = tx.members.insert(Member(whose[0], "UPRIYA", "Priya", "UTC", "en-US", NOW))
        tx.memberships.insert(Membership(*whose, priya.id, Role.MENTEE, Consent.YES))

    await setup.write(join)

    with pytest.raises(NoMentorToReplace):
        await propose(setup, yuki)
    listed = await read_as(setup.deps, setup.viewer(setup.admin), see_pairs, setup.cohort.id)
    assert [row.may_replace for row in listed.rows] == [False]


async def test_the_lead_sees_who_is_asked_and_can_call_it_off(setup: Setup, yuki: Member) -> None:
    async def rows() -> dict[PairId, Any]:
        listed = await read_as(setup.deps, setup.viewer(setup.admin), see_pairs, setup.cohort.id)
        return {row.pair.id: row for row in listed.rows}

    assert (await rows())[setup.pair.id].may_replace
    pair = await propose(setup, yuki)
    listed = await rows()
    assert (listed[pair].mentors, listed[pair].mentees) == (("Yuki",), ("Tom",))
    assert not listed[setup.pair.id].may_replace

    await write_as(setup.deps, setup.viewer(setup.admin), end_pair, pair)

    with pytest.raises(AlreadySettled):
        await pick(setup, pair)
    assert (await rows())[setup.pair.id].may_replace
    assert await state(setup, setup.pair.id) is PairState.ACTIVE


async def test_a_replaced_mentor_may_come_back_and_sees_what_is_picked_then(
    setup: Setup, yuki: Member
) -> None:
    goal, tried = await aims(setup), await tries(setup)
    setup.pair = await setup.read(lambda r: r.pairs.get(setup.pair.id))
    first = await replaced(setup, yuki, Earlier.GOALS)
    setup.pair = await setup.read(lambda r: r.pairs.get(first))
    second = await propose(setup, setup.mentor, key="back")
    await pick(setup, second, Earlier.GOALS, key="pick again")
    await say(setup, setup.mentor, second, Consent.YES)

    assert [one.id for one in await setup.read(lambda r: r.goals.find(), setup.mentor)] == [goal]
    assert await setup.read(lambda r: r.experiments.count(), setup.mentor) == 0
    assert await setup.read(lambda r: r.goals.count(), yuki) == 0
    kept = await setup.read(lambda r: r.experiments.get(tried), setup.mentee)
    assert kept.state is ExperimentState.OPEN
