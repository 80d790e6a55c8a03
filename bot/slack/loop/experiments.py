"""Trying something small: its form, and the parser of that form."""

import dataclasses
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.experiments import AskWhen, Experiment, Starts
from bot.domain.goals import Goal
from bot.domain.ids import ExperimentId, GoalId, SuggestionId
from bot.domain.indicators import INDICATOR_LIMIT
from bot.domain.intentions import Remark
from bot.domain.turns import Coin
from bot.slack.blocks import actions, button, fields, note, section
from bot.slack.fields import Day, FieldList, Line, OneOf, Story, Typed
from bot.slack.forms import Values, day_picker, field, form, select
from bot.slack.loop.experiment_numbers import NUMBER as NUMBER  # noqa: PLC0414 - one of its ids
from bot.slack.loop.experiment_numbers import Row as Row  # noqa: PLC0414 - a part of its draft
from bot.slack.loop.experiment_numbers import measures_in, number_row, number_rows, row_of, rows_shown
from bot.slack.loop.experiment_room import room_blocks, swapped
from bot.slack.loop.experiment_wording import REMARK, remark_blocks, remark_in
from bot.slack.loop.reuse import others_field
from bot.slack.loop.shelf import shelf_field, with_turn
from bot.slack.loop.suggestion_cards import made_from, other_answers, suggestion_of
from bot.slack.payloads import id_in
from bot.slack.privacy import seen_by_you_and
from bot.slack.programme.pairs import chosen_pair, pair_field
from bot.slack.programme.resources import offer_blocks
from bot.slack.wording import submit_label
from bot.usecases.loop.experiments import Commit, ExperimentForm, goal_field
from bot.words import Words

COMMIT = "experiment.commit"
OPEN = "experiment.open"
SHORTCUT = "experiment.shortcut"
MORE = "experiment.more"
PAIR = "experiment.pair"
CHANGE = "experiment.change"
SHRINK = "experiment.shrink"
MOVE = "experiment.move"
MOVED = "experiment.moved"
DROP = "experiment.drop"
REFRAME = "experiment.reframe"
SHELF = "experiment.shelf"
EVIDENCE = "evidence.list"
PREVIEW = "preview"  # stands in the menu alone: no button has it
NO_GOAL = "0"

FORM = FieldList(
    Experiment,
    (
        Line(
            "behaviour",
            lambda w: w.t("I will …"),
            placeholder=lambda w: w.t("ask one open question before I answer"),
        ),
        Line(
            "situation",
            lambda w: w.t("when …"),
            placeholder=lambda w: w.t("somebody brings me a decision"),
            card=lambda w: w.t("When"),
        ),
        Day("until", lambda w: w.t("Until"), card=lambda w: w.t("Until")),
        Line("sign", lambda w: w.t("A sign that it works"), card=lambda w: w.t("A sign that it works")),
        Story("steps", lambda w: w.t("Steps"), more=True, card=lambda w: w.t("Steps")),
        Line(
            "obstacle",
            lambda w: w.t("What could get in the way?"),
            more=True,
            card=lambda w: w.t("In the way could be"),
        ),
        Line(
            "plan_b",
            lambda w: w.t("If that happens, I will …"),
            more=True,
            card=lambda w: w.t("If that happens"),
        ),
        OneOf(
            "ask_when",
            lambda w: w.t("When shall I ask how it went?"),
            AskWhen,
            lambda w: [
                (w.t("At the end"), AskWhen.END),
                (w.t("Half-way too"), AskWhen.MIDWAY),
                (w.t("When I tap “It happened”"), AskWhen.EVENT),
            ],
            more=True,
        ),
        OneOf(
            "starts",
            lambda w: w.t("Want to see a difference? Note it three times before you start."),
            Starts,
            lambda w: [
                (w.t("Start at once"), Starts.AT_ONCE),
                (w.t("Start when I have three"), Starts.AFTER_THREE),
            ],
            more=True,
        ),
        OneOf(
            "coin",
            lambda w: w.t("Let me toss a coin each time"),
            Coin,
            lambda w: [
                (w.t("No"), Coin.NONE),
                (w.t("Six times"), Coin.SIX),
                (w.t("Eight times"), Coin.EIGHT),
            ],
            more=True,
            hint=lambda w: w.t(
                "The fairest test: when it comes up, I say “as planned” or “as usual”, and you note the number."
            ),
        ),
    ),
    besides=("goal_id", "parent_id", "began_on", "state", "closed_at"),
)


@dataclass(frozen=True)
class Draft:
    """What stands in the form, read or not yet readable. No rows means that *More* was not opened."""

    typed: Typed = dataclasses.field(default_factory=dict)
    goal: str = ""
    rows: tuple[Row, ...] = ()
    swap: ExperimentId | None = None  # an open one that is let go when this one is sent
    remark: Remark | None = None  # what was said of its words; it is said once
    suggestion: SuggestionId | None = None  # what is made one's own by sending it
    turn: int = 0  # how often the shelf has filled it

    @property
    def more(self) -> bool:
        return bool(self.rows)


def experiment_form(
    data: ExperimentForm,
    words: Words,
    draft: Draft | None = None,
    *,
    shrink: bool = False,
    clearing: bool = False,
    found: bool = False,
) -> View:
    """The form. Three fields are required, the rest helps.

    Args:
        draft: what was typed so far; without it the form begins as the data say.
        shrink: the behaviour has the focus, and a sentence says what for.
        clearing: keep listing what is open, although there is room.
        found: the words are those of an insight, and a sentence says what to do with them.
    """
    draft = draft or first_draft(data, words)
    from_insight = words.t(
        "From an insight. Change the words until they are yours; nothing is saved before you send it."
    )
    blocks: list[Block] = [
        *room_blocks(data, draft.swap, words, clearing=clearing),
        *([section(words.t("Make it so small that you can hardly not do it."))] if shrink else []),
        *([section(from_insight)] if found else []),
        *([made_from(words)] if draft.suggestion else _which_pair(data, words)),
        *with_turn(_experiment_inputs(data, draft, words, focus="behaviour" if shrink else ""), draft.turn),
        *([] if draft.more else [actions(button(words.t("More"), MORE))]),
        *([other_answers(draft.suggestion, words)] if draft.suggestion else _ways_out(data, words)),
        note(_experiment_seen_by(data, words)),
    ]
    return form(
        COMMIT,
        words.t("Try something small"),
        blocks,
        submit=submit_label(
            words.t("Save") if data.changes else words.t("Try it"), words, heard=draft.remark is not None
        ),
        close=words.t("Cancel"),
        metadata=_metadata(data, draft),
    )


def first_draft(data: ExperimentForm, words: Words, **given: str) -> Draft:
    """What the form begins with: the experiment that is changed or tried anew, or the day and what is `given`."""
    goal = str(data.goals[0].id) if data.goals else NO_GOAL
    old = data.experiment
    if old is None:
        return Draft({"until": data.until, **given}, goal)
    until = old.until if data.changes and old.until >= data.today else data.until
    draft = Draft(
        FORM.draft(old, words) | {"until": until},
        str(old.goal_id or NO_GOAL),
        tuple(row_of(measure, words) for measure in data.measures),
    )
    return with_more(draft) if FORM.has_more(draft.typed) else draft


def with_more(draft: Draft) -> Draft:
    """The same with the further fields shown."""
    return draft if draft.more else replace(draft, rows=(Row(),))


def with_another_number(draft: Draft) -> Draft:
    return replace(draft, rows=(*draft.rows, Row())[:INDICATOR_LIMIT])


def read_draft(values: Values) -> Draft:
    """What stands in the form now, as it was typed."""
    return Draft(
        FORM.typed(values),
        values.option(goal_field(chosen_pair(values))) or str(values.metadata.get("goal_id") or ""),
        tuple(number_row(values, number) for number in rows_shown(values)),
        subject_id(values.metadata, "swap_id"),
        remark_in(values),
        suggestion_of(values),
        id_in(values.metadata.get("turn", 0)),
    )


def parse_experiment(values: Values, locale: str) -> Commit:
    """The form's fields; NumberNotUnderstood or ChoiceMissing for what cannot be read."""
    subject, more = values.metadata, bool(rows_shown(values))
    return Commit(
        FORM.read(values, locale) | (_preset_goal(values) if not more else {"goal_id": _chosen_goal(values)}),
        measures_in(values, locale) if more else None,
        pair_id=chosen_pair(values),
        experiment_id=subject_id(subject, "experiment_id"),
        parent_id=subject_id(subject, "parent_id"),
        swap_id=subject_id(subject, "swap_id"),
    )


def subject_id(metadata: dict[str, Any], name: str) -> ExperimentId | None:
    found = metadata.get(name)
    return ExperimentId(found) if found else None


def move_form(data: ExperimentForm, words: Words) -> View:
    """Another last day, and nothing else."""
    experiment = data.experiment
    assert experiment is not None  # noqa: S101 - whoever moves something names it
    return form(
        MOVED,
        words.t("Move the date"),
        [
            fields((words.t("I will"), experiment.behaviour)),
            field("until", words.t("Until"), day_picker(max(experiment.until, data.today)), required=True),
            note(_experiment_seen_by(data, words)),
        ],
        submit=words.t("Move it"),
        close=words.t("Cancel"),
        metadata={"experiment_id": experiment.id},
    )


def promised(experiment: Experiment, words: Words) -> Block:
    """What was promised, as its owner wrote it: beside its labels, for the reader's language may be another one."""
    return fields((words.t("I will"), experiment.behaviour), (words.t("When"), experiment.situation))


def _experiment_inputs(data: ExperimentForm, draft: Draft, words: Words, *, focus: str) -> list[Block]:
    between, asked = _between(data, draft, words), _asked_of(data)
    return FORM.inputs(draft.typed, words, more=draft.more, only=asked, before=between, focus=focus)


def _which_pair(data: ExperimentForm, words: Words) -> list[Block]:
    if data.experiment is not None:
        return []
    return pair_field(words.t("With whom?"), data.pairs, data.pair_id, words, action_id=PAIR)


def _goals(data: ExperimentForm, draft: Draft, words: Words) -> Block:
    goals = [(words.t("No goal in particular"), NO_GOAL)]
    goals += [(goal.text, str(goal.id)) for goal in data.goals[:99]]
    first = goals[min(1, len(goals) - 1)][1]
    chosen = draft.goal if draft.goal in {value for _, value in goals} else first
    return field(goal_field(data.pair_id), words.t("Which goal does it serve?"), select(goals, chosen))


def _asked_of(data: ExperimentForm) -> list[str]:
    """All of it; what goes on from another one has its numbers of before, and what is changed has begun."""
    return [one.name for one in FORM.fields if data.experiment is None or one.name != "starts"]


def _between(data: ExperimentForm, draft: Draft, words: Words) -> dict[str, list[Block]]:
    """What stands before which field: the goal and the shelf, the numbers, and what was said of the words."""
    chosen = _goal_meant(data, draft)
    goal = chosen.text if chosen else ""
    return {
        "steps": [
            _goals(data, draft, words),
            shelf_field("shelf", goal, words, action_id=SHELF),
            *others_field(data.others, goal, words),
            *offer_blocks(data.resources, chosen, words),
        ],
        "ask_when": number_rows(draft.rows, words),
        **remark_blocks(draft.remark, words),
    }


def _goal_meant(data: ExperimentForm, draft: Draft) -> Goal | None:
    """The goal that the form shows as chosen: the newest, until another one is."""
    if draft.goal == NO_GOAL:
        return None
    chosen = [goal for goal in data.goals if str(goal.id) == draft.goal]
    return next(iter((*chosen, *data.goals)), None)


def _ways_out(data: ExperimentForm, words: Words) -> list[Block]:
    if not data.changes or data.experiment is None or data.experiment not in data.open_now:
        return []
    drop = button(words.t("Let it go"), DROP, data.experiment.id)
    evidence = [] if data.alone else [button(words.t("Evidence"), EVIDENCE, data.experiment.id)]
    return [actions(drop, *evidence)]


def _experiment_seen_by(data: ExperimentForm, words: Words) -> str:
    seen = seen_by_you_and(data.mentors, words)
    count = words.n(
        "One or two at a time; you have {count} open.",
        "One or two at a time; you have {count} open.",
        len(data.open_now),
    )
    return f"{seen}\n{count}"


def _metadata(data: ExperimentForm, draft: Draft) -> dict[str, Any]:
    old = data.experiment.id if data.experiment else None
    return {
        "pair_id": data.pair_id,
        "experiment_id": old if data.changes else None,
        "parent_id": None if data.changes else old,
        "goal_id": _goal_of_pair(data, draft),
        "rows": len(draft.rows),
        REMARK: draft.remark,
        "swap_id": draft.swap if swapped(data, draft.swap) else None,
        "suggestion_id": draft.suggestion,
        "turn": draft.turn,
    }


def _goal_of_pair(data: ExperimentForm, draft: Draft) -> GoalId | None:
    """The goal that a new one is to serve, if it is another of this pair's than the newest, which it serves anyhow."""
    return next((goal.id for goal in data.goals[1:] if str(goal.id) == draft.goal), None)


def _preset_goal(values: Values) -> dict[str, GoalId]:
    """The goal of a form that did not show its field."""
    subject = values.metadata
    new = not subject.get("experiment_id") and not subject.get("parent_id")
    return {"goal_id": GoalId(subject["goal_id"])} if new and subject.get("goal_id") else {}


def _chosen_goal(values: Values) -> GoalId | None:
    goal = values.option(goal_field(chosen_pair(values)))
    return GoalId(id_in(goal)) if goal.isdecimal() and goal != NO_GOAL else None
