"""The channel for a cohort's small wins, as Slack calls us."""

from bot.domain.ids import CohortId
from bot.slack.programme.channels import OPEN, SAVE, channel_form, parse_channel
from bot.slack.programme.cohorts import cohort_card
from bot.usecases.programme.channels import (
    keep_channel,
    leave_for_good,
    open_channel_form,
    require_fit_channel,
)
from bot.usecases.programme.cohorts import see_cohort
from handlers.calls import Call


async def open_channel(call: Call) -> None:
    await call.turn_to(channel_form(await call.read(open_channel_form, call.subject), call.words))


async def submit_channel(call: Call) -> None:
    cohort, channel = parse_channel(call.values)
    await call.read(open_channel_form, cohort)  # nobody else may have us ask Slack about channels
    if channel:
        await call.write(
            keep_channel, cohort, require_fit_channel(await call.deps.directory.channel(channel))
        )
    else:
        await call.write(leave_for_good, cohort)
    await call.reply(cohort_card(await call.read(see_cohort, CohortId(cohort)), call.words))


FORMS = {SAVE: submit_channel}
PRESSES = {OPEN: open_channel}
