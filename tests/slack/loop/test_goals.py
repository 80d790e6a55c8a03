"""The goal's form and card: Slack takes them, and what the form shows is what comes back."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.domain.errors import NumberNotUnderstood
from bot.domain.goals import Goal, GoalKind, GoalState
from bot.domain.ids import GoalId, IndicatorId, MemberId, PairId, WorkspaceId
from bot.domain.indicators import Indicator
from bot.domain.readings import Phase, Reading, Source
from bot.domain.shown import asked_by
from bot.domain.texts import STORY_LIMIT, TEXT_LIMIT
from bot.slack.loop import experiments as experiment_ids
from bot.slack.loop import goals as ids
from bot.slack.loop import ladders as ladder_ids
from bot.slack.loop import milestones
from bot.slack.loop.goals import (
    ended_panel,
    goal_card,
    goal_form,
    goals_message,
    parse_goal,
    parse_goal_menu,
    reached_message,
)
from bot.slack.loop.two_lines import ASK_GOAL
from bot.slack.loop.wins import SHARE
from bot.slack.privacy import seen_by_you_and
from bot.usecases.loop.goals import GoalCard, GoalForm, GoalReached, SetGoal
from bot.usecases.loop.readings import ReadSeries
from bot.usecases.people.memberships import PairChoice
from bot.words import Words
from tests.forms import action_ids, carried, drawn, last_text, required, sent
from tests.messages import read, shown

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ENGLISH, GERMAN = Words("en-US", now=NOW), Words("de-DE", now=NOW)
GOAL = Goal(WorkspaceId(1), PairId(1), MemberId(3), "Lead a review", NOW, NOW, id=GoalId(7))
FULL = replace(
    GOAL,
    baseline="I talk most",
    signs="others begin",
    horizon=date(2027, 3, 1),
    kind=GoalKind.HABIT,
    objective="Calm launches",
)
NUMBER = ReadSeries(
    Indicator(WorkspaceId(1), PairId(1), None, "Voices", "", Decimal("2.125"), Decimal(6)),
    (
        Reading(
            WorkspaceId(1), PairId(1), IndicatorId(0), MemberId(3), NOW.date(), NOW, Decimal("2.125"),
            Phase.BEFORE, source=Source.START,
        ),
    ),
)  # fmt: skip
EMPTY = GoalForm(PairId(1), (PairChoice(PairId(1), ("Mira",)),))
MINE = GoalCard(GOAL, "Tom", ("Mira",), mine=True)
THEIRS = replace(MINE, mine=False)


def test_one_field_is_required_and_the_form_says_who_will_see_it() -> None:
    assert required(goal_form(EMPTY, ENGLISH)) == ["text"]
    assert last_text(goal_form(EMPTY, ENGLISH)) == seen_by_you_and(("Mira",), ENGLISH)


@pytest.mark.parametrize("told", [{"kind": GoalKind.HABIT}, {"objective": "Calm launches"}])
def test_what_stands_in_the_further_fields_of_a_goal_is_never_hidden(told: dict[str, object]) -> None:
    view = goal_form(replace(EMPTY, goal=replace(GOAL, **told)), ENGLISH)  # type: ignore[arg-type]  # fields by name

    read_back = parse_goal(sent(view), "en-US").shown
    assert {name: read_back[name] for name in told} == told


def test_the_number_of_a_goal_is_never_hidden() -> None:
    view = goal_form(replace(EMPTY, goal=GOAL, number=NUMBER), ENGLISH)

    assert parse_goal(sent(view), "en-US").shown["number_name"] == "Voices"


def test_more_goals_than_fit_still_make_a_message_that_slack_takes() -> None:
    assert action_ids(shown(goals_message([MINE] * 60, ENGLISH))).count(ids.OPEN) == 45


def test_every_button_about_a_goal_names_it() -> None:
    reached, dropped = (
        replace(MINE, goal=replace(GOAL, state=state)) for state in (GoalState.REACHED, GoalState.DROPPED)
    )
    vague = carried(shown(goal_card(replace(MINE, vague=True), ENGLISH)))

    assert carried(shown(goal_card(MINE, ENGLISH)))[ids.OPEN] == "7"
    assert (vague[ids.SHARPEN_SITUATION], vague[ids.SHARPEN_SIGN]) == ("7", "7")
    for card in (reached, dropped):
        assert carried(shown(goal_card(card, ENGLISH)))[ids.REOPEN] == "7"
    form = carried(drawn(goal_form(replace(EMPTY, goal=GOAL), ENGLISH)))
    assert (form[ids.REACHED], form[ids.DROP]) == ("7", "7")
    assert carried(shown(goals_message([MINE, MINE], ENGLISH)))[ids.OPEN] == "7"


def test_the_first_fields_read_back_as_they_were_filled_in() -> None:
    values = sent(goal_form(EMPTY, ENGLISH), text="Lead", baseline="shy", signs="calm", horizon="2027-03-01")

    assert parse_goal(values, "en-US") == SetGoal(
        {"text": "Lead", "baseline": "shy", "signs": "calm", "horizon": date(2027, 3, 1)}, PairId(1)
    )


@pytest.mark.parametrize("words", [ENGLISH, GERMAN])
def test_a_goal_with_everything_told_reads_back_unchanged(words: Words) -> None:
    values = sent(goal_form(replace(EMPTY, goal=FULL, number=NUMBER), words))

    assert parse_goal(values, words.locale) == SetGoal(
        {one.name: getattr(FULL, one.name) for one in ids.FORM.fields}
        | {"number_name": "Voices", "number_now": Decimal("2.125"), "number_target": Decimal(6)},
        PairId(1),
        GoalId(7),
    )


def test_a_command_with_more_words_than_fit_still_opens_the_form_of_a_goal() -> None:
    drawn(goal_form(EMPTY, ENGLISH, {"text": "w" * 900}))


def test_more_of_the_goal_form_is_drawn_with_what_was_typed() -> None:
    short = sent(goal_form(EMPTY, ENGLISH), text="Lead", signs="calm")

    more = sent(
        goal_form(EMPTY, ENGLISH, ids.typed_goal(short), more=True), number_now="2,5", number_name="V"
    )

    told = {"text": "Lead", "signs": "calm", "number_name": "V", "number_now": Decimal("2.5")}
    empty = {
        one.name: asked_by(asked.thing)[one.name].preset
        for asked in (ids.FORM, ids.NUMBER)
        for one in asked.fields
    }
    assert parse_goal(more, "de-DE") == SetGoal(empty | told, PairId(1))


def test_a_goals_number_in_words_is_told_at_its_field() -> None:
    values = sent(goal_form(EMPTY, ENGLISH, more=True), number_target="many")

    with pytest.raises(NumberNotUnderstood) as caught:
        parse_goal(values, "en-US")
    assert caught.value.field == "number_target"


def test_a_goal_asks_for_the_pair_only_where_there_are_several() -> None:
    several = replace(EMPTY, pairs=(*EMPTY.pairs, PairChoice(PairId(2), ("Ada",))))

    assert parse_goal(sent(goal_form(several, ENGLISH), pair="2"), "en-US").pair_id == PairId(2)
    assert ids.PAIR not in action_ids(drawn(goal_form(EMPTY, ENGLISH)))
    assert ids.PAIR not in action_ids(drawn(goal_form(replace(several, goal=GOAL), ENGLISH)))


def test_an_open_goal_can_be_reached_or_let_go_inside_the_form() -> None:
    form = action_ids(drawn(goal_form(replace(EMPTY, goal=GOAL), ENGLISH)))

    assert ids.REACHED in form
    assert ids.DROP in form
    ended = replace(GOAL, state=GoalState.REACHED)
    assert ids.REACHED not in action_ids(drawn(goal_form(replace(EMPTY, goal=ended), ENGLISH)))
    assert "Reached, and worth a moment." in str(drawn(ended_panel(GoalState.REACHED, ENGLISH)))
    assert "It is let go, and that is fine." in str(drawn(ended_panel(GoalState.DROPPED, ENGLISH)))
    drawn(ended_panel(GoalState.DROPPED, GERMAN))


@pytest.mark.parametrize("focus", ["text", "signs"])
def test_sharpening_begins_at_the_field_that_it_is_about(focus: str) -> None:
    form = drawn(goal_form(replace(EMPTY, goal=GOAL), ENGLISH, focus=focus))

    (focused,) = [block for block in form["blocks"] if block.get("element", {}).get("focus_on_load")]
    assert focused["block_id"] == focus


def test_my_card_leads_on_to_trying_something() -> None:
    card = shown(goal_card(MINE, ENGLISH))

    assert action_ids(card) == [milestones.ADD, experiment_ids.OPEN, ids.OPEN, ladder_ids.OPEN, ids.MENU]
    menu = card["blocks"][-2]["elements"][-1]
    chosen = [parse_goal_menu({"selected_option": option}) for option in menu["options"]]
    menu_ids = (ladder_ids.OPEN, ids.REACHED, ids.DROP, ASK_GOAL, ids.PREVIEW)
    assert chosen == [(one, GoalId(7)) for one in menu_ids]


def test_the_mentors_card_has_nothing_to_press() -> None:
    card = shown(goal_card(replace(THEIRS, goal=FULL, number=NUMBER), ENGLISH))

    assert action_ids(card) == []
    for part in (
        "Tom's goal",
        "I talk most",
        "others begin",
        "March 1, 2027",
        "2.125 today, 6 hoped for",
        "Calm",
    ):
        assert part in str(card).replace('"', "'").replace("\\'", "'")


def test_a_vague_goal_is_kept_and_two_ways_to_sharpen_it_are_offered() -> None:
    card = shown(goal_card(replace(MINE, vague=True), ENGLISH))

    ways = [ids.SHARPEN_SITUATION, ids.SHARPEN_SIGN, experiment_ids.OPEN, ids.MENU]
    assert action_ids(card) == [milestones.ADD, *ways]
    assert len(card["blocks"]) == len(shown(goal_card(MINE, ENGLISH))["blocks"]) + 1  # the line that says so


@pytest.mark.parametrize("state", [GoalState.REACHED, GoalState.DROPPED])
def test_a_goal_that_ended_can_be_opened_again(state: GoalState) -> None:
    mine = shown(goal_card(replace(MINE, goal=replace(GOAL, state=state)), ENGLISH))

    shares = [SHARE] if state is GoalState.REACHED else []
    assert sorted(action_ids(mine)) == [ids.NEW, ids.REOPEN, *shares]
    assert action_ids(shown(goal_card(replace(THEIRS, goal=replace(GOAL, state=state)), GERMAN))) == []


def test_the_longest_goal_fits_and_loses_no_word() -> None:
    longest = replace(
        FULL,
        text="t" * TEXT_LIMIT,
        baseline="b" * STORY_LIMIT,
        signs="s" * STORY_LIMIT,
        objective="o" * TEXT_LIMIT,
    )
    named = replace(NUMBER, indicator=replace(NUMBER.indicator, name="n" * TEXT_LIMIT))
    card = str(shown(goal_card(replace(MINE, goal=longest, number=named, vague=True), GERMAN)))

    for letter, count in (("b", STORY_LIMIT), ("s", STORY_LIMIT), ("o", TEXT_LIMIT), ("n", TEXT_LIMIT)):
        assert letter * count in card
    drawn(goal_form(replace(EMPTY, goal=longest, number=named), GERMAN))


def test_several_goals_are_listed_each_with_a_way_to_change_it() -> None:
    message = shown(goals_message([MINE, replace(MINE, goal=replace(GOAL, id=GoalId(8)))], ENGLISH))

    assert action_ids(message) == [ids.OPEN, ids.OPEN, ids.NEW]
    assert [block["accessory"]["value"] for block in message["blocks"] if "accessory" in block] == ["7", "8"]


def test_the_mentor_reads_the_good_news() -> None:
    message = reached_message(GoalReached(GOAL, "Tom"), ENGLISH)

    for part in ("Tom", GOAL.text):
        assert part in message.text
        assert part in read(message)
