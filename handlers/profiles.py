"""Joining a cohort, as Slack calls us."""

import asyncio
from collections.abc import Sequence

from bot.domain.ids import CohortId
from bot.domain.members import Member
from bot.domain.profiles import NoList
from bot.slack.forms import panel
from bot.slack.programme.profiles import (
    JOIN,
    LEAVE,
    SAVE,
    join_form,
    listed_message,
    lists_message,
    parse_join,
)
from bot.usecases.acquaintance import meet_here
from bot.usecases.programme.competencies import begin_competencies
from bot.usecases.programme.profiles_joining import (
    join,
    leave_list,
    list_named,
    open_join_form,
    see_listed,
    see_lists,
)
from handlers.calls import Call


async def join_command(call: Call, words: str) -> None:
    """`/loop join`, with the cohort's name where there are several."""
    if words:
        await _open(call, await call.read(list_named, words))
        return
    lists = await call.read(see_lists)
    if not lists:
        raise NoList
    if len(lists) == 1:
        await _open(call, lists[0].cohort.id)
    else:
        await call.reply(lists_message(lists, call.words))


async def press_join(call: Call) -> None:
    await _open(call, CohortId(call.subject))


async def submit_join(call: Call) -> None:
    command = parse_join(call.values)
    await meet_all(call, [command.manager] if command.manager else [], "manager")
    await meet_all(call, command.not_with, "not_with")
    cohort = await call.write(join, command)
    await call.reply(listed_message(await call.read(see_listed, cohort), call.words), call.words.t("Join"))


async def press_leave(call: Call) -> None:
    cohort = await call.write(leave_list, call.subject)
    message = listed_message(await call.read(see_listed, cohort), call.words)
    if call.window:
        await call.change(panel(call.words.t("Join"), message.blocks, close=call.words.t("Close")))
    else:
        await call.reply(message)


async def meet_all(call: Call, user_ids: Sequence[str], field: str) -> list[Member]:
    """Know them all, side by side: Slack gives a form three seconds."""
    return await asyncio.gather(*(meet_here(call.deps, call.viewer, one, field=field) for one in user_ids))


async def _open(call: Call, cohort: CohortId) -> None:
    await call.read(open_join_form, cohort)
    await call.write(begin_competencies, cohort)
    await call.open(join_form(await call.read(open_join_form, cohort), call.words))


FORMS = {SAVE: submit_join}
PRESSES = {JOIN: press_join, LEAVE: press_leave}
