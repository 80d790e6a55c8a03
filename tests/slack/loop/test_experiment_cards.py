"""The card of an experiment: what each of the two reads and can do."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.domain.experiments import AskWhen, Experiment, ExperimentState
from bot.domain.ids import ExperimentId, MemberId, PairId, WorkspaceId
from bot.domain.indicators import Indicator
from bot.slack.loop import experiment_cards as ids
from bot.slack.loop import experiments as form_ids
from bot.slack.loop import hints as hint_ids
from bot.slack.loop import setbacks as setback_ids
from bot.slack.loop.experiment_cards import experiment_card, parse_menu
from bot.slack.loop.hints import hint_form, hint_message, parse_hint
from bot.slack.loop.readings import number_text
from bot.slack.loop.results import HAPPENED
from bot.usecases.loop.experiment_cards import ExperimentCard, Note
from bot.usecases.loop.hints import HintAdded, HintForm
from bot.usecases.loop.readings import ReadSeries
from bot.words import Words
from tests.forms import action_ids, carried, last_text, required, sent
from tests.messages import lines as read
from tests.messages import shown

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENGLISH, GERMAN = Words("en-US", now=NOW), Words("de-DE", now=NOW)
EXPERIMENT = Experiment(
    WorkspaceId(1), PairId(1), MemberId(3), "ask", "I lead", date(2026, 11, 27), NOW, id=ExperimentId(5)
)
MINE = ExperimentCard(EXPERIMENT, "Tom", ("Mira",), mine=True, may_hint=False)
THEIRS = replace(MINE, mine=False, may_hint=True)


def test_my_card_says_what_when_and_until_and_what_comes_next() -> None:
    text = read(experiment_card(replace(MINE, experiment=replace(EXPERIMENT, sign="calm")), ENGLISH))

    for part in (
        "I will: ask",
        "When: I lead",
        "Friday, November 27",
        "calm",
        "I ask you on Friday",
        "you and Mira",
    ):
        assert part in text


def test_my_card_has_three_buttons_and_a_menu_that_repeats_what_stands_elsewhere() -> None:
    card = shown(experiment_card(MINE, ENGLISH))

    assert action_ids(card) == [HAPPENED, form_ids.CHANGE, ids.DISCUSS, ids.MENU, setback_ids.SAY]
    menu = card["blocks"][-3]["elements"][-1]
    chosen = [parse_menu({"selected_option": option}) for option in menu["options"]]
    assert [action_id for action_id, _ in chosen] == [
        form_ids.SHRINK,
        form_ids.MOVE,
        form_ids.DROP,
        form_ids.EVIDENCE,
        form_ids.PREVIEW,
    ]
    assert {experiment for _, experiment in chosen} == {ExperimentId(5)}


def test_the_mentors_card_offers_a_hint_first() -> None:
    card = experiment_card(THEIRS, ENGLISH)

    assert action_ids(shown(card)) == [hint_ids.OPEN, ids.DISCUSS, form_ids.EVIDENCE]
    assert "What Tom tries" in read(card)
    assert "Tom will: ask" in read(card)


def test_the_newest_hints_stand_on_the_card() -> None:
    hints = tuple(Note("Mira", f"hint number {number:02}") for number in range(12))
    text = read(experiment_card(replace(MINE, hints=hints), ENGLISH))

    assert [number for number in range(12) if f"hint number {number:02}" in text] == list(range(2, 12))


def test_only_the_one_who_tries_reads_when_they_are_asked() -> None:
    assert "I ask you" in read(experiment_card(MINE, ENGLISH))
    assert "I ask you" not in read(experiment_card(THEIRS, ENGLISH))


def test_every_button_on_a_card_names_its_experiment() -> None:
    cards = [MINE, THEIRS, replace(MINE, on_agenda=True)]
    cards.append(replace(MINE, experiment=replace(EXPERIMENT, state=ExperimentState.DROPPED)))

    for card in cards:
        assert set(carried(shown(experiment_card(card, ENGLISH))).values()) == {"5"}


def test_somebody_of_the_circle_who_is_no_mentor_adds_no_hint() -> None:
    assert hint_ids.OPEN not in action_ids(shown(experiment_card(replace(THEIRS, may_hint=False), ENGLISH)))


def test_hints_and_evidence_and_the_agenda_stand_on_the_card() -> None:
    card = replace(MINE, hints=(Note("Mira", "breathe"),), evidence=2, on_agenda=True)
    text = read(experiment_card(card, ENGLISH))

    assert "Hint from Mira\nbreathe" in text
    assert "2 pieces of evidence" in text
    assert "On the agenda" in text
    assert ids.UNDISCUSS in action_ids(shown(experiment_card(card, ENGLISH)))


def test_what_was_let_go_can_be_taken_up_again_by_the_one_who_tried_it() -> None:
    dropped = replace(EXPERIMENT, state=ExperimentState.DROPPED)

    mine = shown(experiment_card(replace(MINE, experiment=dropped), ENGLISH))
    theirs = shown(experiment_card(replace(THEIRS, experiment=dropped), ENGLISH))
    assert action_ids(mine) == [form_ids.CHANGE]
    assert action_ids(theirs) == []


@pytest.mark.parametrize("state", [ExperimentState.DONE, ExperimentState.DROPPED])
@pytest.mark.parametrize("ask_when", list(AskWhen))
@pytest.mark.parametrize("words", [ENGLISH, GERMAN])
def test_slack_takes_every_kind_of_card(state: ExperimentState, ask_when: AskWhen, words: Words) -> None:
    for card in (MINE, THEIRS):
        for each in (state, ExperimentState.OPEN):
            changed = replace(EXPERIMENT, state=each, ask_when=ask_when)
            shown(experiment_card(replace(card, experiment=changed), words))


def test_the_longest_card_fits_and_loses_no_word() -> None:
    longest = replace(EXPERIMENT, behaviour="b" * 300, situation="s" * 300, sign="z" * 300, steps="x" * 2000)
    numbers = tuple(ReadSeries(_number("n" * 80, "u" * 20, Decimal("123456789.123"))) for _ in range(3))
    hints = tuple(Note("Mira", "h" * 300) for _ in range(60))
    card = replace(MINE, experiment=longest, numbers=numbers, goal="g" * 300, parent="p" * 300, hints=hints)

    text = read(experiment_card(card, ENGLISH))
    assert "b" * 300 in text
    assert "50 earlier hints" in text


@pytest.mark.parametrize(
    ("baseline", "target", "expected"),
    [("1", "3", "1 min today, 3 min hoped for"), ("1", None, "1 min today"), (None, "3", "3 min hoped for")],
)
def test_a_number_is_told_in_words(baseline: str | None, target: str | None, expected: str) -> None:
    number = replace(
        _number("Pause", "min", None),
        baseline=Decimal(baseline) if baseline else None,
        target=Decimal(target) if target else None,
    )

    assert number_text(ReadSeries(number), ENGLISH) == expected


def test_a_hint_needs_its_words_and_says_who_reads_them() -> None:
    form = hint_form(HintForm(EXPERIMENT, ("Tom",)), ENGLISH)

    assert required(form) == ["hint"]
    assert "Tom and you" in last_text(form)
    assert parse_hint(sent(form, hint="breathe")) == (ExperimentId(5), "breathe")


def test_the_mentee_reads_the_hint_and_can_use_it() -> None:
    message = hint_message(HintAdded(EXPERIMENT, "Mira", "breathe"), ENGLISH)

    assert action_ids(shown(message)) == [form_ids.CHANGE]
    assert "breathe" in message.text


def _number(name: str, unit: str, value: Decimal | None) -> Indicator:
    return Indicator(WorkspaceId(1), PairId(1), ExperimentId(5), name, unit, value, value)
