"""How is a workspace filled with what an app's people did, where whoever started the playground can tell of it?"""

from aiohttp import web

from bot.playground.control.asking import body_of
from bot.playground.control.timekeeping import LONGEST_SETTLE_S, show_clock
from bot.playground.errors import ControlError
from bot.playground.person.acting import settle_ms
from bot.playground.services import Services
from bot.playground.wire import Json


async def tell_story(services: Services, request: web.Request) -> Json:
    """POST story; answers when all of it has happened. The clock is later then."""
    body = await body_of(request)
    state = services.state
    if body.get("story") not in state.stories:
        known = ", ".join(state.stories) or "none: only pairloop demo tells them, each once"
        raise ControlError("unknown_story", f"story is one of {known}")
    offered, state.stories = state.stories, {}  # nobody begins a second one meanwhile
    state.changes.touch()
    if hint := await state.tell_story(body["story"]):
        state.stories = offered
        state.changes.touch()
        raise ControlError("story_not_told", hint)
    services.followers.call_everyone()
    state.changes.touch()
    settled = await state.activity.settle(settle_ms(body) / 1000, LONGEST_SETTLE_S)
    return {"settled": settled, **await show_clock(services, request)}
