"""Another cohort like one that is there, as Slack calls us."""

from bot.slack.programme.cohorts import cohort_kept
from bot.slack.programme.cohorts_copying import COPY, COPY_SAVE, copy_form, parse_copy
from bot.usecases.acquaintance import meet_here
from bot.usecases.programme.cohorts import see_cohort
from bot.usecases.programme.cohorts_copying import copy_cohort, open_copy_form
from handlers.calls import Call


async def press_copy(call: Call) -> None:
    await call.open(copy_form(await call.read(open_copy_form, call.subject), call.words))


async def submit_copy(call: Call) -> None:
    command = parse_copy(call.values)
    await call.read(open_copy_form, command.cohort_id)  # nobody else may have us ask Slack about people
    await meet_here(call.deps, call.viewer, command.lead, field="lead")
    view = await call.read(see_cohort, await call.write(copy_cohort, command))
    await call.reply(cohort_kept(view, call.words, fresh=True), call.words.t("Cohort"))


FORMS = {COPY_SAVE: submit_copy}
PRESSES = {COPY: press_copy}
