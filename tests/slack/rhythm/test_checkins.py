"""The check-in's forms and messages: Slack takes them, and what a form shows is what comes back."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.checkins import CheckIn, CheckInSource, Commitment, CommitmentState, Fate, Later
from bot.domain.cohorts import Cohort
from bot.domain.errors import ChoiceMissing, NotOurs, NumberNotUnderstood
from bot.domain.ids import (
    CheckInId,
    CommitmentId,
    ExperimentId,
    GoalId,
    IndicatorId,
    MemberId,
    OccurrenceId,
    PairId,
    WorkspaceId,
)
from bot.domain.indicators import Indicator
from bot.domain.next_steps import NextTry
from bot.domain.nudges import Occurrence, OccurrenceState, Ritual
from bot.domain.packs import Question
from bot.domain.readings import Phase, Reading, Source
from bot.domain.results import Adherence
from bot.domain.texts import STORY_LIMIT
from bot.slack.loop import results
from bot.slack.loop.next_steps import TRY
from bot.slack.privacy import PREVIEW, programme_in_short
from bot.slack.rhythm import checkins as ids
from bot.slack.rhythm.checkin_cards import check_in_ask, check_in_card, skip_note
from bot.slack.rhythm.checkins import (
    check_in_form,
    later_form,
    parse_check_in,
    parse_later,
    parse_later_menu,
    put_off_panel,
)
from bot.usecases.loop.readings import ReadSeries
from bot.usecases.rhythm.checkin_cards import Answered, CheckInAsk, CheckInCard, OpenCard, SkipNote
from bot.usecases.rhythm.checkin_later import LaterForm, PutOff
from bot.usecases.rhythm.checkins import LISTED, AnswerCheckIn, CheckInForm
from bot.words import Words
from tests.forms import action_ids, carried, drawn, last_text, required, sent
from tests.messages import lines, read, shown
from tests.running_app import texts_in

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
ENGLISH, GERMAN = Words("en-US", "America/New_York", NOW), Words("de-DE", "Europe/Berlin", NOW)
WORKSPACE, PAIR, TOM, ROUND = WorkspaceId(1), PairId(1), MemberId(3), OccurrenceId(5)
OCCURRENCE = Occurrence(WORKSPACE, PAIR, Ritual.CHECK_IN, 0, "2026-11-24", date(2026, 11, 24), id=ROUND)
COHORT = Cohort(WORKSPACE, "Spring", 2, 1, time(10), date(2026, 11, 24), NOW)
CHECK_IN = CheckIn(
    WORKSPACE,
    PAIR,
    TOM,
    ROUND,
    CheckInSource.FORM,
    NOW,
    NOW,
    went_well="Everyone spoke",
    was_hard="To wait",
    next_step="Ask first",
    id=CheckInId(9),
)
STEP = Commitment(WORKSPACE, PAIR, TOM, "Ask the quiet ones", NOW, id=CommitmentId(4))
EMPTY = CheckInForm(OCCURRENCE, ("Mira",), (), 0, None, None, None)
FULL = replace(EMPTY, commitments=(STEP,), check_in=CHECK_IN, energy=4)
ASK = CheckInAsk(
    OCCURRENCE,
    COHORT,
    ("Mira",),
    OccurrenceState.OPEN,
    last=False,
    put_off=None,
    reason="",
    next_at=datetime(2026, 12, 8, 15, 0, tzinfo=UTC),
    cards=(OpenCard("ask one question first", 3),),
    answer=None,
)
ANSWER = Answered(CHECK_IN, "", ("Ask the quiet ones",), ())


def test_nothing_in_a_check_in_is_required_and_it_says_who_sees_it() -> None:
    form = check_in_form(FULL, ENGLISH)

    assert required(form) == []
    assert last_text(form).startswith("Seen by: you and Mira; your energy by you alone.")


def test_a_check_in_asks_four_things_and_a_question_of_the_pack_adds_none() -> None:
    asked = replace(EMPTY, question=Question("proud", "What are you proud of?"))
    counts = [
        sum(block["type"] == "input" for block in drawn(check_in_form(form, ENGLISH))["blocks"])
        for form in (EMPTY, asked)
    ]

    assert counts == [4, 4]


def test_a_number_is_asked_for_with_its_last_value_as_a_hint_and_stands_empty() -> None:
    sign = Indicator(WORKSPACE, PAIR, None, "Pause", "s", Decimal(1), Decimal(3), id=IndicatorId(7))
    start = Reading(
        WORKSPACE, PAIR, sign.id, TOM, NOW.date(), NOW, Decimal(1), Phase.BEFORE, source=Source.START
    )
    form = check_in_form(replace(EMPTY, number=ReadSeries(sign, (start,))), GERMAN)

    assert required(form) == []
    assert "1" in str(next(b for b in drawn(form)["blocks"] if b.get("block_id") == "number")["hint"])
    empty, typed = sent(form), sent(form, number="2,5")
    assert (parse_check_in(empty, "de-DE").indicator_id, parse_check_in(empty, "de-DE").number) == (
        sign.id,
        None,
    )
    assert parse_check_in(typed, "de-DE").number == Decimal("2.5")
    with pytest.raises(NumberNotUnderstood):
        parse_check_in(sent(form, number="viel"), "de-DE")


def test_an_empty_form_reads_back_as_nothing() -> None:
    assert parse_check_in(sent(check_in_form(EMPTY, ENGLISH))) == AnswerCheckIn(
        ROUND, dict.fromkeys(("went_well", "was_hard", "next_step"), ""), pair_id=PAIR
    )


@pytest.mark.parametrize("words", [ENGLISH, GERMAN])
def test_an_answer_reads_back_as_it_stands(words: Words) -> None:
    assert parse_check_in(sent(check_in_form(FULL, words))) == AnswerCheckIn(
        ROUND,
        {"went_well": "Everyone spoke", "was_hard": "To wait", "next_step": "Ask first"},
        energy=4,
        fates={STEP.id: Fate.CONTINUE},
        pair_id=PAIR,
    )


@pytest.mark.parametrize(
    ("state", "fate"),
    [
        (CommitmentState.OPEN, Fate.CONTINUE),
        (CommitmentState.DONE, Fate.DONE),
        (CommitmentState.DROPPED, Fate.DROP),
    ],
)
def test_a_step_that_was_closed_here_does_not_open_again_by_sending_the_form_once_more(
    state: CommitmentState, fate: Fate
) -> None:
    form = replace(FULL, commitments=(replace(STEP, state=state),))

    assert parse_check_in(sent(check_in_form(form, ENGLISH))).fates == {STEP.id: fate}


def test_an_energy_that_nobody_offered_is_refused_at_its_field() -> None:
    values = sent(check_in_form(FULL, ENGLISH))
    values.view["state"]["values"]["energy"]["value"]["selected_option"] = {"value": "6"}

    with pytest.raises(ChoiceMissing) as caught:
        parse_check_in(values)
    assert caught.value.field == "energy"


@pytest.mark.parametrize(
    ("later", "said"), [(Later.HOUR, "again in an hour"), (Later.TOMORROW, "again tomorrow")]
)
def test_one_tap_is_answered_with_when_it_comes_again(later: Later, said: str) -> None:
    assert said in "\n".join(texts_in(drawn(put_off_panel(later, ENGLISH))))


def test_what_is_chosen_for_a_step_and_answered_to_a_question_reads_back() -> None:
    form = replace(EMPTY, commitments=(STEP,), question=Question("proud", "What are you proud of?"))
    values = sent(check_in_form(form, ENGLISH), **{"fate:4": Fate.DONE, "question_answer": "Of waiting"})

    answer = parse_check_in(values)
    assert answer.fates == {STEP.id: Fate.DONE}
    assert (answer.shown["question"], answer.shown["question_answer"]) == ("proud", "Of waiting")


def test_the_longest_check_in_fits() -> None:
    long = "x" * STORY_LIMIT
    steps = tuple(replace(STEP, id=CommitmentId(n), text="y" * 300) for n in range(LISTED))
    check_in = replace(CHECK_IN, went_well=long, was_hard=long, next_step="z" * 300)

    form = check_in_form(replace(FULL, commitments=steps, more=3, check_in=check_in), ENGLISH)

    assert "3 newer steps" in "\n".join(texts_in(drawn(form)))
    shown(check_in_card(CheckInCard("Tom", replace(ANSWER, check_in=check_in)), ENGLISH))


def test_the_common_choices_of_later_are_one_tap_and_the_form_begins_with_tomorrow() -> None:
    form = later_form(LaterForm(OCCURRENCE, ("Mira",), datetime(2026, 11, 25, 15, tzinfo=UTC)), ENGLISH)

    assert action_ids(drawn(form))[:2] == [ids.HOUR, ids.TOMORROW]
    assert "Tomorrow: Wednesday, November 25, 10:00" in "\n".join(texts_in(drawn(form)))
    assert parse_later(sent(form)) == PutOff(ROUND, Later.PICK, date(2026, 11, 25), time(10))


def test_what_the_menu_beside_later_holds_stands_in_its_form_too() -> None:
    question = shown(check_in_ask(ASK, ENGLISH))
    (menu,) = [
        e for b in question["blocks"] if b["type"] == "actions" for e in b["elements"] if "options" in e
    ]
    offered = [option["value"] for option in menu["options"]]
    in_form = action_ids(drawn(later_form(LaterForm(OCCURRENCE, ("Mira",), NOW), ENGLISH)))

    assert [value.rpartition(":")[0] for value in offered] == [ids.HOUR, ids.TOMORROW]
    assert {value.rpartition(":")[0] for value in offered} <= set(in_form)
    assert [parse_later_menu(chosen(value)) for value in offered] == [
        (ROUND, Later.HOUR),
        (ROUND, Later.TOMORROW),
    ]
    assert (
        sum(element["type"] == "button" for b in question["blocks"] for element in b.get("elements", [])) == 3
    )


@pytest.mark.parametrize(
    "action",
    [
        {},
        {"selected_option": None},
        *(
            {"selected_option": {"value": value}}
            for value in (
                "",
                "checkin.hour",
                "checkin.hour:x",
                f"checkin.hour:{2**63}",
                "checkin.skip:5",
                ":5",
            )
        ),
    ],
)
def test_a_choice_that_the_menu_never_offers_is_not_ours(action: dict[str, Any]) -> None:
    with pytest.raises(NotOurs):
        parse_later_menu(action)


def chosen(value: str) -> dict[str, Any]:
    return {"selected_option": {"value": value}}


def test_a_moment_of_ones_own_and_a_reason_read_back() -> None:
    form = later_form(LaterForm(OCCURRENCE, ("Mira",), NOW), GERMAN)
    values = sent(form, later=Later.PICK, day="2026-11-27", at="16:30", reason="On holiday")

    assert parse_later(values) == PutOff(ROUND, Later.PICK, date(2026, 11, 27), time(16, 30), "On holiday")


def test_both_forms_end_with_what_the_programme_sees() -> None:
    later = later_form(LaterForm(OCCURRENCE, ("Mira",), NOW), ENGLISH)

    assert last_text(later).endswith(programme_in_short(ENGLISH))
    assert last_text(check_in_form(FULL, ENGLISH)).endswith(programme_in_short(ENGLISH))


def test_a_choice_that_is_none_is_told_at_its_field() -> None:
    values = sent(later_form(LaterForm(OCCURRENCE, ("Mira",), NOW), ENGLISH))
    values.view["state"]["values"]["later"] = {}

    with pytest.raises(ChoiceMissing) as raised:
        parse_later(values)
    assert raised.value.field == "later"


def test_the_question_has_three_ways_and_says_why_it_came_and_what_silence_means() -> None:
    message = check_in_ask(ASK, ENGLISH)

    assert action_ids(shown(message)) == [ids.ANSWER, ids.NOTHING_NEW, ids.LATER, ids.MENU]
    text = lines(message)
    assert "Mira" in message.text
    assert "“ask one question first”: 3 days left" in text
    assert "The rhythm of your cohort Spring: every second Tuesday at 10:00" in text
    assert "You and Mira chose" not in text
    assert "No answer is fine; I ask once more tomorrow." in text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"last": True}, "I do not ask again about this one."),
        ({"put_off": NOW}, "I ask again on Tuesday, November 24, 10:00"),
        ({"state": OccurrenceState.MISSED}, "the next is Tuesday, December 8, 10:00"),
        ({"state": OccurrenceState.SKIPPED}, "Skipped, and that is fine."),
        ({"state": OccurrenceState.SKIPPED, "reason": "On holiday"}, "On holiday"),
        ({"state": OccurrenceState.ANSWERED}, "You two talked"),
        ({"state": OccurrenceState.ANSWERED, "answer": ANSWER}, "You can change it until then."),
        ({"cohort": replace(COHORT, every_weeks=1)}, "your cohort Spring: every Tuesday at"),
        ({"cohort": replace(COHORT, every_weeks=3)}, "your cohort Spring: every 3 weeks on Tuesday"),
        ({"cards": (OpenCard("wait", 0),)}, "today is the last day"),
        ({"cards": (OpenCard("wait", -2),)}, "its time is up"),
        ({"cards": (OpenCard("wait", 1),)}, "1 day left"),
    ],
)
def test_the_message_tells_how_it_stands(change: dict[str, Any], says: str) -> None:
    assert says in lines(check_in_ask(replace(ASK, **change), ENGLISH))
    shown(check_in_ask(replace(ASK, **change), GERMAN))


def test_the_message_of_an_answer_offers_to_change_it() -> None:
    saved = replace(ASK, state=OccurrenceState.ANSWERED, answer=ANSWER)

    assert action_ids(shown(check_in_ask(saved, ENGLISH))) == [ids.ANSWER, ids.DISCUSS, PREVIEW]
    waits = replace(saved, answer=replace(ANSWER, on_agenda=True))
    assert action_ids(shown(check_in_ask(waits, ENGLISH))) == [ids.ANSWER, ids.UNDISCUSS, PREVIEW]


def test_with_a_goal_and_nothing_open_an_answered_check_in_leads_on() -> None:
    following = NextTry(PairId(1), GoalId(7))
    silent = replace(CHECK_IN, went_well="", was_hard="", next_step="", source=CheckInSource.NOTHING_NEW)
    saved = replace(ASK, state=OccurrenceState.ANSWERED, answer=ANSWER, next_try=following)
    nothing = replace(saved, answer=replace(ANSWER, check_in=silent, done=()))

    assert action_ids(shown(check_in_ask(saved, ENGLISH))) == [TRY, ids.ANSWER, ids.DISCUSS, PREVIEW]
    assert action_ids(shown(check_in_ask(nothing, ENGLISH))) == [TRY, ids.ANSWER]


def test_the_mentor_reads_the_answer_and_what_was_done_and_has_nothing_to_press() -> None:
    message = check_in_card(CheckInCard("Tom", replace(ANSWER, dropped=("Call Ada",))), ENGLISH)

    text = lines(message)
    for told in ("Everyone spoke", "To wait", "Ask first", "Done\nAsk the quiet ones", "Let go\nCall Ada"):
        assert told in text
    assert action_ids(shown(message)) == []


def test_the_packs_question_stands_over_its_answer() -> None:
    answered = replace(CHECK_IN, was_hard="", question="proud", question_answer="Of waiting")

    text = lines(
        check_in_card(CheckInCard("Tom", Answered(answered, "What are you proud of?", (), ())), ENGLISH)
    )
    assert "What are you proud of?\nOf waiting" in text


def test_an_answer_to_a_question_that_the_pack_has_no_more_is_still_shown() -> None:
    answered = replace(CHECK_IN, question="gone", question_answer="Of waiting")

    assert "Of waiting" in lines(check_in_card(CheckInCard("Tom", Answered(answered, "", (), ())), ENGLISH))


def test_the_mentor_reads_why_a_check_in_was_skipped() -> None:
    text = lines(skip_note(SkipNote("Tom", OCCURRENCE, "On holiday"), ENGLISH))

    assert "Tom skips the check-in of Tuesday, November 24: On holiday" in text


DUE = OpenCard("wait", 0, ExperimentId(9), asked=True)
TOLD = OpenCard("wait", 0, ExperimentId(9), adherence=Adherence.PARTLY, told=True)
HAPPENED = {results.DID: "9", results.PARTLY: "9", results.DIDNT: "9"}


@pytest.mark.parametrize("state", list(OccurrenceState))
def test_what_is_due_is_asked_about_in_the_message_however_the_round_stands(state: OccurrenceState) -> None:
    message = shown(check_in_ask(replace(ASK, state=state, cards=(DUE,)), ENGLISH))

    assert carried(message).items() >= HAPPENED.items()


def test_what_was_chosen_stands_below_the_try_and_what_was_told_in_its_place() -> None:
    noted = check_in_ask(replace(ASK, cards=(replace(DUE, adherence=Adherence.PARTLY),)), ENGLISH)
    assert "Noted: did it partly." in read(noted)

    told = check_in_ask(replace(ASK, cards=(TOLD,)), ENGLISH)
    assert "“wait”: did it partly." in read(told)
    assert results.DID not in carried(shown(told))


def test_a_question_that_comes_once_says_so_and_a_softer_one_why() -> None:
    once, softer = replace(ASK, again=False), replace(ASK, again=False, quiet=True)

    for ask in (once, softer):
        assert "I do not ask again about this one" in read(check_in_ask(ask, ENGLISH))
    assert ("It has been quiet" in read(check_in_ask(softer, ENGLISH))) is True
    assert ("It has been quiet" in read(check_in_ask(once, ENGLISH))) is False
