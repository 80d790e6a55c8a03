"""Aims of the organisation: the list that their cohort's lead reads, and the form of one."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.objectives import Objective, ObjectiveState
from bot.domain.privacy import FEWEST_PAIRS, FEWEST_PEOPLE
from bot.slack.blocks import actions, and_more, button, note, section
from bot.slack.fields import NOTHING, FarDay, FieldList, Line, OneOf
from bot.slack.forms import Values, form, panel
from bot.usecases.programme.objectives import CohortObjectives, KeepObjective, ObjectiveForm, ObjectiveLine
from bot.words import Words

OPEN = "objective.open"
NEW = "objective.new"
CHANGE = "objective.change"
SAVE = "objective.save"

LINES_SHOWN = 45  # of the hundred blocks of a window

FORM = FieldList(
    Objective,
    (
        Line(
            "name",
            lambda w: w.t("What is the aim?"),
            hint=lambda w: w.t("As people here say it: “Decide faster, closer to the customer”."),
        ),
        Line("owner", lambda w: w.t("Who answers for it?")),
        FarDay("until", lambda w: w.t("Until when?")),
        OneOf(
            "state",
            lambda w: w.t("May goals still be set for it?"),
            ObjectiveState,
            lambda w: [
                (w.t("Yes, it is open"), ObjectiveState.OPEN),
                (w.t("No, it is closed; goals that serve it go on"), ObjectiveState.CLOSED),
            ],
        ),
    ),
    besides=("cohort_id",),
)


def objectives_view(data: CohortObjectives, words: Words) -> View:
    """The aims with what may be counted of each."""
    lines = [_objective_line(one, words) for one in data.lines[:LINES_SHOWN]]
    more = and_more(len(data.lines) - LINES_SHOWN, words)
    empty = (
        []
        if lines
        else [section(words.t("No aim yet. Whoever sets a goal in this cohort can choose from them."))]
    )
    blocks: list[Block] = [
        *empty,
        *lines,
        *([note(more[0])] if more else []),
        actions(button(words.t("Add an aim"), NEW, data.cohort.id, style="primary")),
        note(words.t("The aims are seen by everybody in the cohort. You see counts, and no goal.")),
    ]
    return panel(words.t("Aims"), blocks, close=words.t("Close"))


def objective_form(data: ObjectiveForm, words: Words) -> View:
    """One field is required."""
    known = data.objective
    return form(
        SAVE,
        words.t("An aim"),
        [
            *FORM.inputs(FORM.draft(known, words) if known else NOTHING, words),
            note(words.t("Seen by: everybody in {name}, where they set a goal.", name=data.cohort.name)),
        ],
        submit=words.t("Save"),
        close=words.t("Cancel"),
        metadata={"cohort_id": data.cohort.id, "objective_id": known.id if known else None},
    )


def parse_objective(values: Values) -> KeepObjective:
    """Raises InvalidInput for the field at fault."""
    metadata = values.metadata
    return KeepObjective(metadata["cohort_id"], metadata["objective_id"], FORM.read(values))


def _objective_line(line: ObjectiveLine, words: Words) -> Block:
    objective = line.objective
    told = [
        objective.name,
        *([words.t("Owner: {owner}", owner=objective.owner)] if objective.owner else []),
        *([words.t("Until {day}", day=words.full_day(objective.until))] if objective.until else []),
        *([words.t("Closed")] if objective.state is ObjectiveState.CLOSED else []),
        _counts_text(line, words),
    ]
    return section("\n".join(told), button(words.t("Change"), CHANGE, objective.id))


def _counts_text(line: ObjectiveLine, words: Words) -> str:
    counts = line.counts
    if counts is None:
        return words.t(
            "Too few to say: figures show from {people} people in {pairs} pairs on.",
            people=words.number(FEWEST_PEOPLE),
            pairs=words.number(FEWEST_PAIRS),
        )
    goals = words.n("{count} goal", "{count} goals", counts.goals)
    tries = words.n("{count} try", "{count} tries", counts.tries)
    return words.t(
        "{goals}, {count} reached, {tries}", goals=goals, count=words.number(counts.reached), tries=tries
    )
