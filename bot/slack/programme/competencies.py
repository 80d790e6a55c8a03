"""What people of a cohort get better at: the list that its lead keeps, and the form of one."""

from dataclasses import dataclass

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.competencies import (
    FEWEST_LEVELS,
    LEVEL_LIMIT,
    MOST_LEVELS,
    Competency,
    CompetencyState,
    levels_in,
)
from bot.slack.blocks import actions, and_more, button, note, section
from bot.slack.fields import NOTHING, FieldList, Line, OneOf, Story
from bot.slack.forms import Values, form, panel
from bot.slack.payloads import id_in
from bot.usecases.programme.competencies import CohortCompetencies, CompetencyForm, KeepCompetency
from bot.words import Words

OPEN = "competency.open"
NEW = "competency.new"
CHANGE = "competency.change"
SAVE = "competency.save"
TAKE = "competency.take"

LINES_SHOWN = 90  # of the hundred blocks of a window


@dataclass(frozen=True)
class Levels(Story):
    """Lines, each a level."""

    def holds(self) -> object:
        return tuple

    def read(self, values: Values, _locale: str) -> object:
        return levels_in(values.text(self.name))

    def as_typed(self, held: object, words: Words) -> object:
        return self.told(held, words)

    def told(self, held: object, _words: Words) -> str:
        return "\n".join(held) if isinstance(held, tuple) else ""


FORM = FieldList(
    Competency,
    (
        Line("name", lambda w: w.t("What is it called?")),
        Levels(
            "levels",
            lambda w: w.t("Its levels, one on each line"),
            required=True,
            limit=MOST_LEVELS * (LEVEL_LIMIT + 10),
            hint=lambda w: w.t(
                "{fewest} to {most} lines, from the first steps on. Each says what somebody would see.",
                fewest=w.number(FEWEST_LEVELS),
                most=w.number(MOST_LEVELS),
            ),
        ),
        OneOf(
            "state",
            lambda w: w.t("May people choose it?"),
            CompetencyState,
            lambda w: [
                (w.t("Yes"), CompetencyState.OPEN),
                (w.t("Not any more; whoever did keeps it"), CompetencyState.CLOSED),
            ],
        ),
    ),
    besides=("cohort_id", "template"),
)


def competencies_view(data: CohortCompetencies, words: Words) -> View:
    """The list, and what could be taken over at one press."""
    lines = [_competency_line(one, words) for one in data.competencies[:LINES_SHOWN]]
    more = and_more(len(data.competencies) - LINES_SHOWN, words)
    empty = words.t("Nothing yet. Take over a ready-made list and change it, or add your own.")
    blocks: list[Block] = [
        *(lines or [section(empty)]),
        *([note(more[0])] if more else []),
        *_template_buttons(data, words),
        actions(button(words.t("Add a competency"), NEW, data.cohort.id)),
        note(
            words.t(
                "Everybody in the workspace may read this list. People of the cohort choose from it when they join."
            )
        ),
    ]
    return panel(words.t("Competencies"), blocks, close=words.t("Close"))


def _template_buttons(data: CohortCompetencies, words: Words) -> list[Block]:
    """One for each ready-made list of which something is not there yet."""
    if not data.templates:
        return []
    buttons = [
        button(one.names[words.language], f"{TAKE}.{place}", f"{data.cohort.id}:{one.id}")
        for place, one in enumerate(data.templates)
    ]
    return [section(words.t("Take over, with one press:")), actions(*buttons)]


def competency_form(data: CompetencyForm, words: Words) -> View:
    """Two fields are required."""
    known = data.competency
    return form(
        SAVE,
        words.t("A competency"),
        [
            *FORM.inputs(FORM.draft(known, words) if known else NOTHING, words),
            note(
                words.t(
                    "Seen by: everybody in the workspace, where they join or choose what to get better at."
                )
            ),
        ],
        submit=words.t("Save"),
        close=words.t("Cancel"),
        metadata={"cohort_id": data.cohort.id, "competency_id": known.id if known else None},
    )


def parse_competency(values: Values) -> KeepCompetency:
    """Raises InvalidInput for the field at fault."""
    metadata = values.metadata
    return KeepCompetency(metadata["cohort_id"], metadata["competency_id"], FORM.read(values))


def taken_template(value: str) -> tuple[int, str]:
    """The cohort and the ready-made list that a button carries. Raises NotOurs."""
    cohort, _, template = value.partition(":")
    return id_in(cohort), template


def _competency_line(one: Competency, words: Words) -> Block:
    name = words.t("{name} (closed)", name=one.name) if one.state is CompetencyState.CLOSED else one.name
    levels = [f"{number}. {level}" for number, level in enumerate(one.levels, 1)]
    return section("\n".join([name, *levels]), button(words.t("Change"), CHANGE, one.id))
