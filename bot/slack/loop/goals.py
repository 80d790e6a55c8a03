"""The goal: its form, the parser of that form, its card, and what the mentor reads when it is reached."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, InteractiveElement
from slack_sdk.models.views import View

from bot.domain.goals import Goal, GoalKind, GoalNumber, GoalState
from bot.domain.goals_guidance import GuidanceStage
from bot.domain.ids import GoalId, ObjectiveId
from bot.domain.wins import win_of_goal
from bot.domain.wins_sharing import WinOf
from bot.slack.blocks import (
    Message,
    actions,
    and_more,
    button,
    clip,
    fields,
    header,
    note,
    overflow,
    section,
    titled,
)
from bot.slack.fields import NOTHING, FarDay, FieldList, Line, Number, OneOf, Story, Typed
from bot.slack.forms import OPTION_LIMIT, Values, field, form, panel, select
from bot.slack.loop.experiment_cards import seen_by
from bot.slack.loop.experiments import OPEN as TRY
from bot.slack.loop.goals_guidance import stage_text
from bot.slack.loop.goals_showing import show_menu
from bot.slack.loop.ladders import OPEN as LADDER
from bot.slack.loop.ladders import RATE
from bot.slack.loop.milestones import milestones_blocks
from bot.slack.loop.readings import number_line, number_text
from bot.slack.loop.two_lines import ASK_GOAL
from bot.slack.loop.two_lines_views import views_blocks
from bot.slack.loop.wins import win_blocks
from bot.slack.payloads import chosen_in, id_in
from bot.slack.privacy import only_you, seen_by_you_and
from bot.slack.programme.pairs import chosen_pair, pair_field
from bot.usecases.loop.goal_numbers import as_form_asks
from bot.usecases.loop.goals import GoalCard, GoalForm, GoalReached, SetGoal
from bot.usecases.loop.readings import ReadSeries
from bot.words import Words

SET = "goal.set"
MILESTONES_SHOWN = 12
OPEN = "goal.open"
NEW = "goal.new"
MORE = "goal.more"
PAIR = "goal.pair"
MENU = "goal.menu"
REACHED = "goal.reached"
PREVIEW = "preview"  # stands in the menu alone: no button has it
DROP = "goal.drop"
NEW_DAY = "goal.new_day"
REOPEN = "goal.reopen"
SHARPEN_SITUATION = "goal.sharpen_situation"
SHARPEN_SIGN = "goal.sharpen_sign"

FORM = FieldList(
    Goal,
    (
        Line(
            "text",
            lambda w: w.t("What do you want to be able to do?"),
            hint=lambda w: w.t(
                "One sentence. “Lead a review in which everyone speaks” says more than “be a better leader”."
            ),
        ),
        Story("baseline", lambda w: w.t("Where are you today?"), card=lambda w: w.t("Today")),
        Story("signs", lambda w: w.t("How will you know?"), card=lambda w: w.t("How you will know")),
        FarDay("horizon", lambda w: w.t("By when?"), card=lambda w: w.t("By")),
        OneOf(
            "kind",
            lambda w: w.t("What kind is it?"),
            GoalKind,
            lambda w: [
                (w.t("A habit"), GoalKind.HABIT),
                (w.t("Knowledge"), GoalKind.KNOWLEDGE),
                (w.t("Behaviour under pressure"), GoalKind.PRESSURE),
            ],
            more=True,
        ),
        OneOf(
            "stage",
            lambda w: w.t("What helps you most with it now?"),
            GuidanceStage,
            lambda w: [(stage_text(one, w), one) for one in GuidanceStage],
            more=True,
            card=lambda w: w.t("What helps now"),
        ),
        Line(
            "objective",
            lambda w: w.t("Which aim of your organisation does it serve?"),
            more=True,
            card=lambda w: w.t("Serves"),
        ),
    ),
    besides=("state", "objective_id", "shown_to"),
)
# It stands under *More*, before the objective.
NUMBER = FieldList(
    GoalNumber,
    (
        Line("number_name", lambda w: w.t("A number that shows it")),
        Number("number_now", lambda w: w.t("The number today")),
        Number("number_target", lambda w: w.t("The number you hope for")),
    ),
)

OBJECTIVE = "objective_id"
ANOTHER = "0"
OFFERED = 99  # Slack takes a hundred, and one is for words of one's own

SHORT = 300  # what is longer gets the whole width of a card


def goal_form(
    data: GoalForm, words: Words, typed: Typed = NOTHING, *, more: bool = False, focus: str = ""
) -> View:
    """The form for a goal: one field is required, the rest helps.

    Args:
        typed: what was typed so far; the rest is as in the goal that is changed.
        more: show kind, number and objective too.
        focus: the field to begin at; "signs" or "text" is also told what for.
    """
    draft = {**_held(data, words), **typed}
    shown = (*(one.name for one in NUMBER.fields), OBJECTIVE)
    more = more or FORM.has_more(draft) or any(draft.get(name) for name in shown)
    before = {"objective": [*NUMBER.inputs(draft, words), *_which_objective(data, draft, words)]}
    asks = (
        FORM.saying("objective", label=lambda w: w.t("Another aim, in your own words"))
        if data.objectives
        else FORM
    )
    return form(
        SET,
        words.t("Your goal"),
        [
            *_sharpening(focus, words),
            *_which_pair(data, words),
            *asks.inputs(draft, words, more=more, only=_asks_for(data), before=before, focus=focus),
            *([] if more else [actions(button(words.t("More"), MORE))]),
            *_endings(data.goal, words),
            note(seen_by_you_and(data.mentors, words)),
        ],
        submit=words.t("Save"),
        close=words.t("Cancel"),
        metadata={"pair_id": data.pair_id, "goal_id": data.goal.id if data.goal else None, "more": more},
    )


def _asks_for(data: GoalForm) -> list[str]:
    """The fields of the form; nobody helps with what somebody does without a mentor."""
    return [one.name for one in FORM.fields if one.name != "stage" or data.mentors]


def parse_goal(values: Values, locale: str) -> SetGoal:
    """The form's fields; NumberNotUnderstood for a number in words."""
    shown = FORM.read(values, locale) | NUMBER.read(values, locale)
    objective = values.option(OBJECTIVE)
    return SetGoal(
        shown,
        chosen_pair(values),
        changed_goal(values),
        asks_objective=OBJECTIVE in values.shown,
        objective_id=ObjectiveId(id_in(objective)) if objective not in ("", ANOTHER) else None,
    )


def typed_goal(values: Values) -> dict[str, object]:
    """What stands in the form, readable or not."""
    return FORM.typed(values) | NUMBER.typed(values) | {OBJECTIVE: values.option(OBJECTIVE)}


def _held(data: GoalForm, words: Words) -> dict[str, object]:
    """The goal that is changed and its number, as the form takes them."""
    if data.goal is None:
        return {}
    draft = FORM.draft(data.goal, words) | NUMBER.draft(as_form_asks(data.number), words)
    chosen = data.goal.objective_id
    return draft if chosen is None else draft | {OBJECTIVE: str(chosen), "objective": ""}


def changed_goal(values: Values) -> GoalId | None:
    goal_id = values.metadata.get("goal_id")
    return GoalId(goal_id) if goal_id else None


def parse_goal_menu(action: Mapping[str, Any]) -> tuple[str, GoalId]:
    """What was chosen in the menu: the action_id of a button that does the same, and for which goal."""
    action_id, _, goal = chosen_in(action).rpartition(":")
    return action_id, GoalId(id_in(goal))


def goal_card(card: GoalCard, words: Words) -> Message:
    """The goal as both of the pair find it in their messages."""
    goal = card.goal
    title = words.t("Your goal") if card.mine else words.t("{name}'s goal", name=card.owner)
    blocks: list[Block] = [header(title), section(goal.text), *_goal_told(card, words)]
    blocks += views_blocks(card.views, card.owner, words, mine=card.mine)
    blocks += milestones_blocks(
        card.milestones[:MILESTONES_SHOWN], goal.id, words, adds=card.notes and not card.alone
    )
    if card.vague:
        blocks.append(section(_two_ways(words)))
    if buttons := _goal_buttons(card, words) if card.mine else _mentor_buttons(card, words):
        blocks.append(actions(*buttons))
    blocks += show_menu(goal, card.readers, words)
    won = win_of_goal(goal)
    blocks += win_blocks(won, card.shared, f"{WinOf.GOAL}:{goal.id}", card, words)
    blocks.append(note("\n".join(filter(None, (_state(card, words), _card_seen_by(card, words))))))
    return Message(f"{title}: {goal.text}", blocks)


def goal_told(goal: Goal, number: ReadSeries | None, words: Words, asks: FieldList) -> list[tuple[str, str]]:
    """What is known of the goal beside its sentence, as `asks` calls it; its number has the name that it was given."""
    rows = [(number.indicator.name, number_text(number, words))] if number else []
    return asks.told(goal, words, before={"objective": rows})


def for_others(asks: FieldList) -> FieldList:
    """The same as somebody else than the owner reads it."""
    return asks.saying("signs", card=lambda w: w.t("Signs of it"))


def goals_message(cards: Sequence[GoalCard], words: Words) -> Message:
    """Several open goals, each with a way to change it; Slack takes fifty blocks."""
    text = words.t("Which goal?")
    blocks: list[Block] = [section(text)]
    for card in cards[:45]:
        told = _with_whom(card, words)
        blocks.append(section(told, button(words.t("Change"), OPEN, card.goal.id)))
    blocks.append(actions(button(words.t("A new goal"), NEW)))
    return Message(text, blocks)


def _card_seen_by(card: GoalCard, words: Words) -> str:
    reader = next((one for one in card.readers if one.id == card.goal.shown_to), None)
    if reader is not None:
        return words.t("Seen by: you and {name}, with its tries and what came of them.", name=reader.name)
    return only_you(words) if card.alone and card.mine else seen_by(card, words)


def _with_whom(card: GoalCard, words: Words) -> str:
    if not card.mentors:
        return words.t("{goal} (for yourself)", goal=card.goal.text)
    return words.t("{goal} (with {mentor})", goal=card.goal.text, mentor=words.names(card.mentors))


def reached_message(reached: GoalReached, words: Words) -> Message:
    """The good news for the mentor."""
    text = words.t("{name} has reached a goal: {goal}", name=reached.owner, goal=reached.goal.text)
    return Message(text, [section(text), note(words.t("A good moment to say what you saw change."))])


def ended_panel(state: GoalState, words: Words, *, alone: bool = False) -> View:
    """What the form turns into when the goal ended inside it."""
    if state is GoalState.REACHED and alone:
        title, text = words.t("Reached"), words.t("Reached, and worth a moment.")
    elif state is GoalState.REACHED:
        title, text = words.t("Reached"), words.t("Reached, and worth a moment. Your partner reads it too.")
    else:
        title, text = (
            words.t("Let go"),
            words.t("It is let go, and that is fine. Goals are allowed to change."),
        )
    back = words.t("The card in your messages opens it again if you like.")
    return panel(title, [section(text), section(back)], close=words.t("Close"))


def _sharpening(focus: str, words: Words) -> list[Block]:
    match focus:
        case "text":
            return [section(words.t("Name one situation in which somebody could watch you do it."))]
        case "signs":
            return [section(words.t("What would somebody see or count once it goes well?"))]
    return []


def _which_pair(data: GoalForm, words: Words) -> list[Block]:
    if data.goal is not None:
        return []
    return pair_field(words.t("With whom?"), data.pairs, data.pair_id, words, action_id=PAIR)


def _which_objective(data: GoalForm, draft: Typed, words: Words) -> list[Block]:
    """The aims of the cohort to choose from, where it has any; in words of one's own stays possible."""
    if not data.objectives:
        return []
    offered = [(clip(one.name, OPTION_LIMIT), str(one.id)) for one in data.objectives[:OFFERED]]
    options = [*offered, (words.t("Another, in my own words"), ANOTHER)]
    label = words.t("Which aim of your organisation does it serve?")
    more = " ".join(and_more(len(data.objectives) - OFFERED, words))
    return [field(OBJECTIVE, label, select(options, str(draft.get(OBJECTIVE) or "")), hint=more)]


def _endings(goal: Goal | None, words: Words) -> list[Block]:
    if goal is None or goal.state is not GoalState.OPEN:
        return []
    reached = button(words.t("Reached"), REACHED, goal.id)
    return [actions(reached, button(words.t("Let it go"), DROP, goal.id))]


def _goal_told(card: GoalCard, words: Words) -> list[Block]:
    """What else is known of the goal: short things side by side, long ones over the whole width."""
    number = None if card.notes else card.number
    told = goal_told(card.goal, number, words, FORM if card.mine else for_others(FORM))
    short = [row for row in told if len(row[0]) + len(row[1]) <= SHORT]
    long = [titled(name, value) for name, value in told if (name, value) not in short]
    line = [number_line(card.number, words)] if card.notes and card.number else []
    return [*([fields(*short)] if short else []), *line, *long]


def _two_ways(words: Words) -> str:
    return words.t(
        "Saved. It could still mean many things, so here are two ways to sharpen it: name one situation in which "
        "somebody could watch you do it, or name what they would see or count once it goes well."
    )


def _goal_buttons(card: GoalCard, words: Words) -> list[InteractiveElement]:
    goal = card.goal
    small = button(words.t("Try something small"), TRY)
    match goal.state:
        case GoalState.REACHED:
            following = button(words.t("Set the next goal"), NEW, style="primary")
            return [following, button(words.t("Open it again"), REOPEN, goal.id)]
        case GoalState.DROPPED:
            return [button(words.t("Open it again"), REOPEN, goal.id), button(words.t("A new goal"), NEW)]
    if card.vague:
        situation = button(words.t("Name a situation"), SHARPEN_SITUATION, goal.id, style="primary")
        sign = button(words.t("Name a sign"), SHARPEN_SIGN, goal.id)
        return [
            situation,
            sign,
            small,
            _menu(card, words),
        ]  # both of the first open the form to change it
    small.style = "primary"
    ladder = [] if card.alone else [_ladder_button(card, words)]
    return [small, button(words.t("Change"), OPEN, goal.id), *ladder, _menu(card, words)]


def _ladder_button(card: GoalCard, words: Words) -> InteractiveElement:
    if card.has_ladder:
        return button(words.t("Where do I stand?"), RATE, card.goal.id)
    return button(words.t("Make a ladder"), LADDER, card.goal.id)


def _mentor_buttons(card: GoalCard, words: Words) -> list[InteractiveElement]:
    if not (card.has_ladder and card.rates and card.goal.state is GoalState.OPEN):
        return []
    return [button(words.t("Say where I see it"), RATE, card.goal.id)]


def _menu(card: GoalCard, words: Words) -> InteractiveElement:
    """Repeats what stands in the form, or on the card; what needs somebody else is not for who does it alone."""
    ladder = words.t("Change the ladder") if card.has_ladder else words.t("Make a ladder")
    choices = [
        *([] if card.alone else [(ladder, LADDER)]),
        (words.t("Reached"), REACHED),
        (words.t("Let it go"), DROP),
        *([] if card.alone else [(words.t("Ask somebody for two lines"), ASK_GOAL)]),
        (words.t("Preview as …"), PREVIEW),
    ]
    return overflow(MENU, [(text, f"{action_id}:{card.goal.id}") for text, action_id in choices])


def _state(card: GoalCard, words: Words) -> str:
    match card.goal.state:
        case GoalState.REACHED:
            return words.t("Reached.")
        case GoalState.DROPPED:
            return words.t("Let go; goals are allowed to change.")
    return ""
