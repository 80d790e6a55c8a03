"""What becomes of a check-in on a day on which somebody does not work, and the days off of a whole cohort."""

from slack_sdk.models.views import View

from bot.domain.shown import Shown
from bot.domain.working_life import HolidayPolicy
from bot.slack.blocks import note
from bot.slack.forms import Values, form
from bot.slack.home.settings import DAYS, days_off_rows
from bot.usecases.programme.cohorts_days_off import CohortDaysOff
from bot.words import Words

DAYS_OFF = "cohort.days_off"
ADD_DAYS = "cohort.add_days"
REMOVE_DAYS = "cohort.remove_days"


def policies(words: Words) -> list[tuple[str, str]]:
    """What a lead may choose, each with its words."""
    return [(policy_in_words(policy, words), policy.value) for policy in HolidayPolicy]


def policy_in_words(policy: HolidayPolicy, words: Words) -> str:
    match policy:
        case HolidayPolicy.AFTER:
            return words.t("The working day after")
        case HolidayPolicy.BEFORE:
            return words.t("The working day before")
        case HolidayPolicy.SKIP:
            return words.t("Left out; nothing is missed")


def cohort_days_off_form(data: CohortDaysOff, words: Words) -> View:
    """The days off of a cohort to come, each with the way back, and the fields for more."""
    fields = DAYS.saying("note", label=lambda w: w.t("What is it?"))
    told = words.t(
        "On these days nobody of {name} is asked anything; nothing is missed.", name=data.cohort.name
    )
    return form(
        ADD_DAYS,
        words.t("Days off"),
        [
            *days_off_rows(data.days, REMOVE_DAYS, words),
            *fields.inputs({}, words),
            note(told),
            note(words.t("Seen by: you and the admins. The pairs see only when a check-in comes.")),
        ],
        submit=words.t("Add"),
        close=words.t("Close"),
        metadata={"cohort_id": data.cohort.id},
    )


def parse_cohort_days_off(values: Values) -> tuple[int, Shown]:
    """Which cohort, and the days."""
    return values.metadata["cohort_id"], DAYS.read(values)
