"""Admins, as Slack calls us."""

from bot.slack.people.admins import admin_form, parse_admin, stepped_back
from bot.usecases.people.admins import add_admin, remove_admin, see_admins
from handlers.calls import Call


async def open_admins(call: Call, _words: str = "") -> None:
    data = await see_admins(call.deps, call.viewer, call.me.id)
    await call.open(admin_form(data, call.words))


async def submit_admin(call: Call) -> None:
    await add_admin(call.deps, call.viewer, call.me.id, parse_admin(call.values), key=call.key)
    data = await see_admins(call.deps, call.viewer, call.me.id)
    await call.change(admin_form(data, call.words))


async def press_remove(call: Call) -> None:
    await remove_admin(call.deps, call.viewer, call.me.id, call.subject, key=call.key)
    if call.subject == call.me.id:
        await call.reply(stepped_back(call.words))
        return
    data = await see_admins(call.deps, call.viewer, call.me.id)
    await call.change(admin_form(data, call.words))
