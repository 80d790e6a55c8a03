"""Saved searches, as Slack calls us."""

from bot.domain.ids import SavedSearchId
from bot.slack.repository.search import SAVE, SAVED, parse_request
from bot.slack.rhythm.saved_searches import KEEP, OPEN, REMOVE, parse_save, save_form, saved_view
from bot.usecases.repository.search import find
from bot.usecases.rhythm.saved_searches import (
    open_save_form,
    open_saved,
    remove_saved,
    save_search,
    see_saved,
)
from handlers.calls import Call
from handlers.search import open_window


async def open_save(call: Call) -> None:
    text, filters, _ = parse_request(call.value)
    await call.open(save_form(await call.read(open_save_form, text, filters), call.words))


async def submit_save(call: Call) -> None:
    await call.write(save_search, parse_save(call.values))
    await call.change(saved_view(await call.read(see_saved), call.words))


async def show_saved(call: Call) -> None:
    await call.turn_to(saved_view(await call.read(see_saved), call.words))


async def look_again(call: Call) -> None:
    saved = await call.read(open_saved, SavedSearchId(call.subject))
    await open_window(call, await call.read(find, saved.text, saved.filters))


async def press_remove(call: Call) -> None:
    await call.write(remove_saved, SavedSearchId(call.subject))
    await call.change(saved_view(await call.read(see_saved), call.words))


FORMS = {KEEP: submit_save}
PRESSES = {SAVE: open_save, SAVED: show_saved, OPEN: look_again, REMOVE: press_remove}
