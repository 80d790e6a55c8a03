"""Looking back, as Slack calls us."""

from bot.domain.ids import ReviewId
from bot.slack.rhythm import reviews as ids
from bot.usecases.rhythm import reviews
from handlers.calls import Call, Listener


async def open_review(call: Call) -> None:
    card = await call.read(reviews.open_review, ReviewId(call.subject))
    await call.open(ids.review_form(card, call.words))


async def submit_review(call: Call) -> None:
    await call.write(reviews.look_back, ids.parse_review(call.values))
    await call.done()


async def press_together(call: Call) -> None:
    await call.write(reviews.look_back_together, ReviewId(call.subject))
    await call.done()


async def become_try(call: Call) -> None:
    text, data = await call.read(reviews.open_next_try, *ids.parse_next_try(call.value))
    await call.open(ids.try_after_review(text, data, call.words))


FORMS: dict[str, Listener] = {ids.SEND: submit_review}
PRESSES: dict[str, Listener] = {
    ids.OPEN: open_review,
    ids.TOGETHER: press_together,
    ids.TRY: become_try,
    ids.TRY_TOO: become_try,
}
