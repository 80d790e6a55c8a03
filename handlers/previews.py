"""What others get of what somebody wrote, as Slack calls us."""

from collections.abc import Mapping
from functools import partial

from bot.domain.privacy import Viewer
from bot.domain.stored import EntryKind
from bot.slack.payloads import chosen_in
from bot.slack.privacy import PREVIEW
from bot.slack.repository import previews
from bot.slack.repository.previews import parse_onlooker, preview_message, thing_message
from bot.slack.repository.search import parse_thing
from bot.usecases.repository.previews import Onlooker, onlooker, onlookers, read_of, sight_of
from handlers.calls import Call, Listener


async def press_preview(call: Call) -> None:
    """Read with the other one's eyes, and only what belongs to whoever pressed."""
    chosen = await call.read(onlooker, *parse_onlooker(chosen_in(call.action)))
    mine = await call.read(sight_of, call.me.id)
    theirs = await call.deps.db.read(_eyes_of(call, chosen), partial(sight_of, whose=call.me.id))
    await call.turn(preview_message(chosen, mine, theirs, call.words))


async def show_preview(call: Call, subject: int, kind: EntryKind) -> None:
    """What each who could look gets of one thing of whoever pressed."""
    looking = partial(read_of, whose=call.me.id, kind=kind, subject=subject)
    read = [
        (one, await call.deps.db.read(_eyes_of(call, one), looking)) for one in await call.read(onlookers)
    ]
    await call.reply(thing_message(read, call.words))


async def choose_preview(call: Call) -> None:
    """From the menu of a card that has this choice alone."""
    kind, subject = parse_thing(chosen_in(call.action))
    await show_preview(call, subject, kind)


def _eyes_of(call: Call, one: Onlooker) -> Viewer:
    return Viewer(call.me.workspace_id, one.member)


PRESSES: Mapping[str, Listener] = {previews.OPEN: press_preview, PREVIEW: choose_preview}
