"""Aims of the organisation, as Slack calls us."""

from bot.slack.programme.objectives import (
    CHANGE,
    NEW,
    OPEN,
    SAVE,
    objective_form,
    objectives_view,
    parse_objective,
)
from bot.usecases.programme.objectives import (
    keep_objective,
    open_objective,
    open_objective_form,
    see_objectives,
)
from handlers import channels, resources
from handlers.calls import Call


async def open_objectives(call: Call) -> None:
    await call.turn_to(objectives_view(await call.read(see_objectives, call.subject), call.words))


async def new_objective(call: Call) -> None:
    await call.turn_to(objective_form(await call.read(open_objective_form, call.subject), call.words))


async def change_objective(call: Call) -> None:
    await call.turn_to(objective_form(await call.read(open_objective, call.subject), call.words))


async def submit_objective(call: Call) -> None:
    cohort = await call.write(keep_objective, parse_objective(call.values))
    await call.change(objectives_view(await call.read(see_objectives, cohort), call.words))


# With what helps to reach them, and where it is told that somebody did.
FORMS = {SAVE: submit_objective, **resources.FORMS, **channels.FORMS}
PRESSES = {
    OPEN: open_objectives,
    NEW: new_objective,
    CHANGE: change_objective,
    **resources.PRESSES,
    **channels.PRESSES,
}
