"""A line to thanks, as Slack calls us."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.thanks import ThanksFor
from bot.slack.loop.thanks import OPEN, SEND, parse_line, parse_thanked, thanks_form
from bot.usecases.loop.observations import thank_for_observation
from bot.usecases.loop.responses import thank_for_response
from bot.usecases.loop.thanks import open_thanks_form
from bot.usecases.rhythm.asks import thank_for_answer
from bot.usecases.rhythm.sessions import thank_for_session
from handlers import wins
from handlers.calls import Call

# By what the thanks are for: what keeps them, and shows them where they are read.
KEEPERS: Mapping[ThanksFor, Callable[..., Any]] = {
    ThanksFor.RESPONSE: thank_for_response,
    ThanksFor.ANSWER: thank_for_answer,
    ThanksFor.SESSION: thank_for_session,
    ThanksFor.OBSERVATION: thank_for_observation,
}


async def open_line(call: Call) -> None:
    await call.open(thanks_form(await call.read(open_thanks_form, *parse_thanked(call.value)), call.words))


async def submit_line(call: Call) -> None:
    source, source_id, shown = parse_line(call.values)
    await call.write(KEEPERS[source], source_id, shown)
    await call.done()


# With what somebody shares because they are glad of it.
FORMS = {SEND: submit_line, **wins.FORMS}
PRESSES = {OPEN: open_line, **wins.PRESSES}
