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
    sample_sent,
)
from bot.usecases.programme.cohorts import (
    change_state,
    open_cohort_form,
    preview_cohort,
    see_cohort,
    see_cohorts,
    send_sample,
    set_up_cohort,
)
from handlers.calls import Call


async def cohort_command(call: Call, words: str) -> None:
    if words.lower() == "new":
        await open_new(call)
    elif words:
        view = await see_cohort(call.deps, call.viewer, call.me.id, words)
        await call.reply(cohort_card(view, call.words))
    else:
        views = await see_cohorts(call.deps, call.viewer, call.me.id)
        await call.reply(cohort_list(views, call.words))


async def open_new(call: Call) -> None:
    data = await open_cohort_form(call.deps, call.viewer, call.me, None)
    await call.open(cohort_form(data, call.words))


async def open_edit(call: Call) -> None:
    data = await open_cohort_form(call.deps, call.viewer, call.me, call.subject)
    await call.open(cohort_form(data, call.words))


async def check_cohort(call: Call) -> None:
    preview = await preview_cohort(call.deps, call.viewer, call.me, parse_cohort(call.values))
    await call.change(cohort_dates(preview, call.words))


async def back_to_form(call: Call) -> None:
    await call.change(cohort_form_again(call.values, call.words))


async def submit_cohort(call: Call) -> None:
    command = kept_cohort(call.values)
    cohort = await set_up_cohort(call.deps, call.viewer, call.me.id, command, key=call.key)
    view = await see_cohort(call.deps, call.viewer, call.me.id, cohort)
    await call.reply(cohort_kept(view, call.words, fresh=command.cohort_id is None), call.words.t("Cohort"))


async def show_cohort(call: Call) -> None:
    view = await see_cohort(call.deps, call.viewer, call.me.id, call.subject)
    await call.reply(cohort_card(view, call.words))


async def pause_cohort(call: Call) -> None:
    await _change(call, CohortState.PAUSED)


async def resume_cohort(call: Call) -> None:
    await _change(call, CohortState.ACTIVE)


async def end_cohort(call: Call) -> None:
    await _change(call, CohortState.ENDED)


async def press_test(call: Call) -> None:
    await send_sample(call.deps, call.viewer, call.me.id, call.subject, key=call.key)
    await call.reply(sample_sent(call.words))


async def _change(call: Call, state: CohortState) -> None:
    cohort = await change_state(call.deps, call.viewer, call.me.id, call.subject, state, key=call.key)
    view = await see_cohort(call.deps, call.viewer, call.me.id, cohort)
    await call.reply(cohort_card(view, call.words))
