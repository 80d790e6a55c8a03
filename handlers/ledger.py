"""The ledger, as Slack calls us."""

from bot.domain.budget import Intensity
from bot.slack.rhythm.ledger import parse_intensity, why_message
from bot.usecases.rhythm.ledger import choose_intensity, see_why
from handlers.calls import Call


async def show_why(call: Call, _words: str = "") -> None:
    await call.reply(why_message(await call.read(see_why), call.words))


async def turn_page(call: Call) -> None:
    """In the place of the page that is shown."""
    await call.replace(why_message(await call.read(see_why, call.subject), call.words))


async def press_less(call: Call) -> None:
    former = parse_intensity(await call.write(choose_intensity, Intensity.LIGHT))
    await call.replace(why_message(await call.read(see_why), call.words, former))


async def press_as_before(call: Call) -> None:
    await call.write(choose_intensity, parse_intensity(call.value))
    await call.replace(why_message(await call.read(see_why), call.words))
