"""Admins, as Slack calls us."""

from bot.slack.people import admins as ids
from bot.slack.people.admins import admin_form, failures_message, parse_admin, stepped_back
from bot.usecases.acquaintance import meet_here
from bot.usecases.people.admins import add_admin, remove_admin, see_admins
from bot.usecases.people.admins_failures import load_failures
from handlers.calls import Call


async def open_admins(call: Call, _words: str = "") -> None:
    data = await call.read(see_admins)
    await call.open(admin_form(data, call.words))


async def submit_admin(call: Call) -> None:
    person = await meet_here(call.deps, call.viewer, parse_admin(call.values), field="person")
    await call.write(add_admin, person.id)
    data = await call.read(see_admins)
    await call.change(admin_form(data, call.words))


async def press_remove(call: Call) -> None:
    await call.write(remove_admin, call.subject)
    if call.subject == call.me.id:
        await call.reply(stepped_back(call.words))
        return
    data = await call.read(see_admins)
    await call.change(admin_form(data, call.words))


async def show_failures(call: Call) -> None:
    await call.reply(failures_message(await call.read(load_failures, call.me.workspace_id), call.words))


FORMS = {ids.ADD: submit_admin}
PRESSES = {ids.OPEN: open_admins, ids.REMOVE: press_remove, ids.FAILURES: show_failures}
