"""What people of a cohort get better at, as Slack calls us."""

from slack_sdk.models.views import View

from bot.packs.competencies import templates
from bot.slack.programme.competencies import (
    CHANGE,
    NEW,
    OPEN,
    SAVE,
    TAKE,
    competencies_view,
    competency_form,
    parse_competency,
    taken_template,
)
from bot.usecases.programme.competencies import (
    keep_competency,
    open_competency,
    open_competency_form,
    see_competencies,
    take_template,
)
from handlers.calls import Call


async def open_competencies(call: Call) -> None:
    await call.turn_to(await _list(call, call.subject))


async def new_competency(call: Call) -> None:
    await call.turn_to(competency_form(await call.read(open_competency_form, call.subject), call.words))


async def change_competency(call: Call) -> None:
    await call.turn_to(competency_form(await call.read(open_competency, call.subject), call.words))


async def submit_competency(call: Call) -> None:
    cohort = await call.write(keep_competency, parse_competency(call.values))
    await call.change(await _list(call, cohort))


async def press_take_template(call: Call) -> None:
    cohort, template = taken_template(call.value)
    await call.write(take_template, cohort, template, call.words.language)
    await call.change(await _list(call, cohort))


async def _list(call: Call, cohort: int) -> View:
    data = await call.read(see_competencies, cohort, call.words.language)
    return competencies_view(data, call.words)


FORMS = {SAVE: submit_competency}
PRESSES = {
    OPEN: open_competencies,
    NEW: new_competency,
    CHANGE: change_competency,
    **dict.fromkeys((f"{TAKE}.{place}" for place in range(len(templates()))), press_take_template),
}
