"""The goal: its form, the parser of that form, and its card."""

from slack_sdk.models.blocks import Block, InputInteractiveElement
from slack_sdk.models.views import View

from bot.domain.goals import STORY_LIMIT, TEXT_LIMIT, Goal, GoalKind
from bot.domain.ids import GoalId
from bot.slack.blocks import Message, actions, button, fields, header, note, section
from bot.slack.forms import Values, day_picker, field, form, radio, text_box
from bot.usecases.goals import GoalCard, GoalForm, SetGoal
from bot.words import Words

SET = "goal.set"
OPEN = "goal.open"
MORE = "goal.more"


def goal_form(data: GoalForm, words: Words, *, more: bool = False) -> View:
    """The form for a goal: one field is required, the rest helps. `more` shows kind, number and objective too."""
    goal = data.goal
    more = more or (goal is not None and bool(goal.kind or goal.number_name or goal.objective))
    tail = _more_fields(goal, words) if more else [actions(button(words.t("More"), MORE))]
    return form(
        SET,
        words.t("Your goal"),
        [*_first_fields(goal, words), *tail, note(_seen_by(data, words))],
        submit=words.t("Keep it"),
        close=words.t("Cancel"),
        metadata={"goal_id": goal.id if goal else None, "mentors": list(data.mentors)},
    )


def goal_form_with_more(values: Values, words: Words) -> View:
    """The form that is open now, with everything typed so far kept by Slack, and the further fields."""
    mentors = tuple(values.metadata["mentors"])
    view = goal_form(GoalForm(mentors, None), words, more=True)
    view.private_metadata = values.view["private_metadata"]
    return view


def parse_goal(values: Values, locale: str) -> SetGoal:
    """The form's fields; NumberNotUnderstood for a number in words."""
    goal_id = values.metadata.get("goal_id")
    return SetGoal(
        text=values.text("text"),
        baseline=values.text("baseline"),
        signs=values.text("signs"),
        horizon=values.day("horizon"),
        kind=values.choice("kind", GoalKind),
        number_name=values.text("number_name"),
        number_now=values.number("number_now", locale),
        number_target=values.number("number_target", locale),
        objective=values.text("objective"),
        goal_id=GoalId(goal_id) if goal_id else None,
    )


def goal_card(card: GoalCard, words: Words) -> Message:
    """The goal as both of the pair find it in their messages."""
    goal = card.goal
    title = words.t("Your goal") if card.mine else words.t("{name}'s goal", name=card.owner)
    rows = [
        (words.t("Today"), goal.baseline),
        (words.t("How you will know") if card.mine else words.t("Signs of it"), goal.signs),
        (words.t("By"), words.day(goal.horizon) if goal.horizon else ""),
    ]
    blocks: list[Block] = [header(title), section(goal.text)]
    if told := [(name, value) for name, value in rows if value]:
        blocks.append(fields(*told))
    if card.mine:
        blocks.append(actions(button(words.t("Change"), OPEN, goal.id)))
    blocks.append(note(_shared(card, words)))
    return Message(f"{title}: {goal.text}", blocks)


def _first_fields(goal: Goal | None, words: Words) -> list[Block]:
    return [
        field(
            "text",
            words.t("What do you want to be able to do?"),
            text_box(initial=goal.text if goal else "", limit=TEXT_LIMIT),
            required=True,
            hint=words.t(
                "One sentence. “Lead a review in which everyone speaks” says more than “be a better leader”."
            ),
        ),
        field("baseline", words.t("Where are you today?"), _story(goal.baseline if goal else "")),
        field("signs", words.t("How will you know?"), _story(goal.signs if goal else "")),
        field("horizon", words.t("By when?"), day_picker(goal.horizon if goal else None)),
    ]


def _more_fields(goal: Goal | None, words: Words) -> list[Block]:
    kinds = [
        (words.t("A habit"), GoalKind.HABIT),
        (words.t("Knowledge"), GoalKind.KNOWLEDGE),
        (words.t("Behaviour under pressure"), GoalKind.PRESSURE),
    ]
    return [
        field("kind", words.t("What kind is it?"), radio(kinds, goal.kind if goal else None)),
        field("number_name", words.t("A number that shows it"), _line(goal.number_name if goal else "")),
        field("number_now", words.t("The number today"), _line(_number(goal, "number_now", words))),
        field(
            "number_target", words.t("The number you hope for"), _line(_number(goal, "number_target", words))
        ),
        field(
            "objective",
            words.t("Which aim of your organisation does it serve?"),
            _line(goal.objective if goal else ""),
        ),
    ]


def _number(goal: Goal | None, name: str, words: Words) -> str:
    value = getattr(goal, name) if goal else None
    return "" if value is None else words.number(value)


def _line(initial: str) -> InputInteractiveElement:
    return text_box(initial=initial, limit=TEXT_LIMIT)


def _story(initial: str) -> InputInteractiveElement:
    return text_box(initial=initial, limit=STORY_LIMIT, multiline=True)


def _seen_by(data: GoalForm, words: Words) -> str:
    return words.t(
        "Seen by: you and {mentor}. The programme sees only that you have a goal.",
        mentor=words.names(data.mentors),
    )


def _shared(card: GoalCard, words: Words) -> str:
    if card.mine:
        return words.t("Seen by: you and {mentor}.", mentor=words.names(card.mentors))
    return words.t("Seen by: {name} and you.", name=card.owner)
