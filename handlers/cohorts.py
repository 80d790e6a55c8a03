"""Cohorts, as Slack calls us."""

from bot.domain.cohorts import CohortState
from bot.slack.programme.cohorts import (
    cohort_card,
    cohort_dates,
    cohort_form,
    cohort_form_again,
    cohort_kept,
    cohort_list,
    kept_cohort,
    parse_cohort,
)
from bot.slack.programme.cohorts_holidays import (
    DAYS_OFF,
    REMOVE_DAYS,
    cohort_days_off_form,
    parse_cohort_days_off,
)
from bot.slack.programme.cohorts_sample import sample_sent
from bot.usecases.acquaintance import meet_here
from bot.usecases.programme.cohorts import (
    change_state,
    open_cohort_form,
    preview_cohort,
    see_cohort,
    see_cohorts,
    send_sample,
    set_up_cohort,
)
from bot.usecases.programme.cohorts_days_off import (
    add_cohort_days_off,
    remove_cohort_days_off,
    see_cohort_days_off,
)
from handlers.calls import Call
from handlers.matching import match_command


async def cohort_command(call: Call, words: str) -> None:
    if words.lower() == "new":
        await open_new(call)
    elif (first := words.partition(" "))[0].lower() == "match":
        await match_command(call, first[2].strip())
    elif words:
        view = await call.read(see_cohort, words)
        await call.reply(cohort_card(view, call.words))
    else:
        views = await call.read(see_cohorts)
        await call.reply(cohort_list(views, call.words))


async def open_new(call: Call) -> None:
    data = await call.read(open_cohort_form, None)
    await call.open(cohort_form(data, call.words))


async def open_edit(call: Call) -> None:
    data = await call.read(open_cohort_form, call.subject)
    await call.open(cohort_form(data, call.words))


async def check_cohort(call: Call) -> None:
    command = parse_cohort(call.values)
    if command.lead:
        await meet_here(call.deps, call.viewer, command.lead, field="lead")
    if command.contact:
        await meet_here(call.deps, call.viewer, command.contact, field="contact")
    preview = await call.read(preview_cohort, command)
    await call.change(cohort_dates(preview, call.words))


async def back_to_form(call: Call) -> None:
    await call.change(cohort_form_again(call.values, call.words))


async def submit_cohort(call: Call) -> None:
    command = kept_cohort(call.values)
    cohort = await call.write(set_up_cohort, command)
    view = await call.read(see_cohort, cohort)
    await call.reply(cohort_kept(view, call.words, fresh=command.cohort_id is None), call.words.t("Cohort"))


async def show_cohort(call: Call) -> None:
    view = await call.read(see_cohort, call.subject)
    await call.reply(cohort_card(view, call.words))


async def pause_cohort(call: Call) -> None:
    await _change(call, CohortState.PAUSED)


async def resume_cohort(call: Call) -> None:
    await _change(call, CohortState.ACTIVE)


async def end_cohort(call: Call) -> None:
    await _change(call, CohortState.ENDED)


async def press_test(call: Call) -> None:
    await call.write(send_sample, call.subject)
    await call.reply(sample_sent(call.words))


async def _change(call: Call, state: CohortState) -> None:
    cohort = await call.write(change_state, call.subject, state)
    view = await call.read(see_cohort, cohort)
    await call.reply(cohort_card(view, call.words))


async def open_cohort_days_off(call: Call) -> None:
    data = await call.read(see_cohort_days_off, call.subject)
    await call.open(cohort_days_off_form(data, call.words))


async def submit_cohort_days_off(call: Call) -> None:
    cohort, shown = parse_cohort_days_off(call.values)
    await call.write(add_cohort_days_off, cohort, shown)
    await call.change(cohort_days_off_form(await call.read(see_cohort_days_off, cohort), call.words))


async def press_remove_cohort_days(call: Call) -> None:
    cohort = await call.write(remove_cohort_days_off, call.subject)
    await call.change(cohort_days_off_form(await call.read(see_cohort_days_off, cohort), call.words))


DAYS_OFF_PRESSES = {DAYS_OFF: open_cohort_days_off, REMOVE_DAYS: press_remove_cohort_days}
