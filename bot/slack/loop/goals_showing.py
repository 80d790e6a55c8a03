"""A goal of a mentor's own that is shown to somebody: the menu on its card, and what the reader finds."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.experiments import Experiment
from bot.domain.goals import Goal
from bot.domain.ids import GoalId, MemberId
from bot.domain.members import Member
from bot.domain.results import Result
from bot.slack.blocks import and_more, button, clip, fields, header, note, section, titled
from bot.slack.forms import panel, select
from bot.slack.payloads import chosen_in, id_in
from bot.usecases.loop.goals_showing import ShownGoal
from bot.words import Words

SHOW = "goal.show"
READ = "goal.read"
NOBODY = "0"
MENTEES_SHOWN, TRIES_SHOWN, LINE = 99, 15, 150


def show_menu(goal: Goal, mentees: Sequence[Member], words: Words) -> list[Block]:
    """Who may read it: nobody, or one of those who learn from its owner; nothing where there is nobody."""
    if not mentees:
        return []
    options = [(words.t("Nobody, only me"), f"{goal.id}:{NOBODY}")]
    options += [
        (words.t("Show it to {name}", name=one.name), f"{goal.id}:{one.id}")
        for one in list({each.id: each for each in mentees}.values())[
            :MENTEES_SHOWN
        ]  # each once, as Slack asks
    ]
    chosen = f"{goal.id}:{goal.shown_to or NOBODY}"
    return [
        section(words.t("Who else may read it, with its tries?"), select(options, chosen, action_id=SHOW))
    ]


def parse_show(action: Mapping[str, Any]) -> tuple[GoalId, MemberId | None]:
    """Which goal, and to whom; None is nobody."""
    goal, _, reader = chosen_in(action).partition(":")
    return GoalId(id_in(goal)), MemberId(id_in(reader)) if reader != NOBODY else None


def shown_lines(shown: Sequence[tuple[Goal, str]], words: Words) -> list[Block]:
    """On Home: the goals that somebody shows the reader."""
    return [
        section(
            words.t("{name} shows you a goal of their own: “{goal}”", name=name, goal=clip(goal.text, LINE)),
            button(words.t("Read it"), READ, goal.id),
        )
        for goal, name in shown
    ]


def shown_view(data: ShownGoal, words: Words) -> View:
    """The goal, its tries, and what came of them; there is nothing to answer."""
    goal = data.goal
    rows = [(words.t("At the start"), goal.baseline), (words.t("How they will know"), goal.signs)]
    tries = [block for each in data.tries[:TRIES_SHOWN] for block in _try(*each, words)]
    return panel(
        words.t("A goal of their own"),
        [
            header(words.t("{name}'s goal", name=data.owner)),
            section(goal.text),
            *(titled(name, value) for name, value in rows if value),
            *tries,
            *(note(more) for more in and_more(len(data.tries) - TRIES_SHOWN, words)),
            note(
                words.t(
                    "Seen by: {name} and you, until {name} takes it back. Nothing waits for you.",
                    name=data.owner,
                )
            ),
        ],
        close=words.t("Close"),
    )


def _try(experiment: Experiment, result: Result | None, words: Words) -> list[Block]:
    rows = [(words.t("Will"), experiment.behaviour), (words.t("When"), experiment.situation)]
    told = [titled(words.t("What happened"), result.what_happened)] if result and result.what_happened else []
    return [fields(*(row for row in rows if row[1])), *told]
