"""Another cohort like one that is there: its form."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.cohorts import NAME_LIMIT
from bot.slack.blocks import note, section
from bot.slack.forms import Values, field, form, person_picker, text_box
from bot.usecases.programme.cohorts_copying import CopyCohort, CopyForm
from bot.words import Words

COPY = "cohort.copy"
COPY_SAVE = "cohort.copy_save"


def copy_form(data: CopyForm, words: Words) -> View:
    """Two fields, both filled in; what comes along and what does not stands below."""
    name = words.t("Copy of {name}", name=data.cohort.name)[:NAME_LIMIT]
    blocks: list[Block] = [
        field("name", words.t("What is it called?"), text_box(initial=name, limit=NAME_LIMIT), required=True),
        field("lead", words.t("Who leads it?"), person_picker(data.lead), required=True),
        section(_what_comes_along(data, words)),
        note(
            words.t(
                "Not taken along: people, pairs, who has joined, figures, what is closed or over, and the project "
                "calendar. Nobody is told."
            )
        ),
    ]
    return form(
        COPY_SAVE,
        words.t("Copy this cohort"),
        blocks,
        submit=words.t("Start it"),
        close=words.t("Cancel"),
        metadata={"cohort_id": data.cohort.id},
    )


def parse_copy(values: Values) -> CopyCohort:
    return CopyCohort(values.metadata["cohort_id"], values.text("name"), values.person("lead"))


def _what_comes_along(data: CopyForm, words: Words) -> str:
    counts = (
        (data.competencies, words.n("{count} competency", "{count} competencies", data.competencies)),
        (data.aims, words.n("{count} open aim", "{count} open aims", data.aims)),
        (
            data.days_off,
            words.n("{count} line of days off to come", "{count} lines of days off to come", data.days_off),
        ),
        (
            data.questions,
            words.n("{count} change of questions", "{count} changes of questions", data.questions),
        ),
        (data.resources, words.n("{count} resource", "{count} resources", data.resources)),
    )
    counted = words.names([text for count, text in counts if count])
    told = words.t(
        "Taken along: the rhythm, the questions, who may pair and join, who helps, and what becomes of a check-in on a "
        "day off."
    )
    if not counted:
        return told
    more = words.t("With it come {counted}.", counted=counted)
    return f"{told} {more}"
