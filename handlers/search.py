"""Searching, as Slack calls us: from the command, the shortcut, App Home, and from what was found."""

from contextlib import suppress

from bot.domain.errors import StoreUnavailable
from bot.domain.stored import EntryKind
from bot.slack.loop.experiments import experiment_form, first_draft
from bot.slack.repository.search import INSTEAD, NARROWS, TAGS, found_message, parse_request, parse_thing
from bot.slack.repository.search_earlier import recalled_message
from bot.slack.repository.search_things import draft_from, thing_panel
from bot.slack.repository.search_window import parse_search, search_window, tag_options, turn_of
from bot.usecases.loop.experiments import open_experiment_form
from bot.usecases.repository.search import Found, find, tags_to_choose
from bot.usecases.repository.search_earlier import recall_earlier
from bot.usecases.repository.search_things import open_thing
from handlers.calls import Call, Listener


async def find_words(call: Call, words: str = "") -> None:
    """/loop find: the answer is for the caller alone."""
    found = await call.read(find, words)
    await call.reply(found_message(found, call.words))


async def open_search(call: Call) -> None:
    """The shortcut: the window, with the newest in it."""
    await open_window(call, await call.read(find, ""))


async def enter_words(call: Call) -> None:
    """The field on App Home."""
    words = str(call.action.get("value") or "")
    await open_window(call, await call.read(find, words))


async def open_filter(call: Call) -> None:
    await open_window(call, await _again(call))


async def submit_search(call: Call) -> None:
    text, filters = parse_search(call.values)
    found = await call.read(find, text, filters)
    await _change_window(call, found, turn_of(call.values))


async def offer_tags(call: Call) -> None:
    """The tags that begin with what is being typed."""
    tags = await call.read(tags_to_choose, str(call.body.get("value") or ""))
    await call.offer(tag_options(tags, call.words))


async def search_again(call: Call) -> None:
    """Another page, or other words: in the place of what is shown."""
    found = await _again(call)
    if call.window is not None:
        renewed = call.action["action_id"] in (INSTEAD, *NARROWS)
        await _change_window(call, found, turn_of(call.values) + renewed)
        return
    message = found_message(found, call.words)
    await call.ack()
    await call.respond(
        text=message.fallback, blocks=message.blocks, response_type="ephemeral", replace_original=True
    )


async def open_found(call: Call) -> None:
    thing = await call.read(open_thing, *parse_thing(call.value))
    await call.open(thing_panel(thing, call.words, above=call.window is not None))


async def done_with(call: Call, kind: EntryKind, id_: int) -> None:
    """The end of sending something new: what its writer wrote of it before, if anything; else the form closes."""
    recalled = None
    with suppress(StoreUnavailable):  # it is kept by now, whatever happens
        recalled = await call.read(recall_earlier, kind, id_)
    if recalled is None:
        await call.done()
    else:
        await call.reply(recalled_message(recalled, call.words), call.words.t("Sent"))


async def try_found(call: Call) -> None:
    """An insight's words as a draft of something to try; nothing is kept before that is sent."""
    thing = await call.read(open_thing, EntryKind.INSIGHT, call.subject)
    data = await call.read(open_experiment_form, pair_id=thing.try_in)
    draft = draft_from(thing, first_draft(data, call.words))
    await call.open(experiment_form(data, call.words, draft, found=True))


async def _again(call: Call) -> Found:
    text, filters, offset = parse_request(call.value)
    return await call.read(find, text, filters, offset)


async def open_window(call: Call, found: Found) -> None:
    """The window with this in it."""
    tags = await call.read(tags_to_choose)
    await call.open(search_window(found, tags, call.words))


async def _change_window(call: Call, found: Found, turn: int) -> None:
    tags = await call.read(tags_to_choose)
    await call.change(search_window(found, tags, call.words, turn=turn))


# Fields that ask what to offer while somebody types.
OFFERS: dict[str, Listener] = {TAGS: offer_tags}
