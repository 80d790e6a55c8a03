"""What others get of what somebody wrote, as Slack calls us."""

from functools import partial

from bot.domain.privacy import Viewer
from bot.slack.payloads import chosen_in
from bot.slack.repository.previews import parse_onlooker, preview_message
from bot.usecases.repository.previews import onlooker, sight_of
from handlers.calls import Call


async def press_preview(call: Call) -> None:
    """Read with the other one's eyes, and only what belongs to whoever pressed."""
    chosen = await call.read(onlooker, *parse_onlooker(chosen_in(call.action)))
    mine = await call.read(sight_of, call.me.id)
    eyes = Viewer(call.me.workspace_id, chosen.member)
    theirs = await call.deps.db.read(eyes, partial(sight_of, whose=call.me.id))
    await call.turn(preview_message(chosen, mine, theirs, call.words))
