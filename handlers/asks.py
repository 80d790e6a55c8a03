"""Real situations, as Slack calls us."""

from bot.domain.ids import AnswerId, AskId
from bot.slack.loop.experiments import experiment_form, first_draft
from bot.slack.rhythm.asks import answer_form, ask_form, parse_answer, parse_ask
from bot.usecases.loop.experiments import open_experiment_form
from bot.usecases.rhythm.asks import (
    answer_ask,
    ask_mentor,
    discuss_ask,
    load_ask_card,
    open_answer_form,
    open_ask_form,
    thank_for_answer,
)
from handlers.calls import Call


async def open_ask(call: Call, words: str = "") -> None:
    data = await call.read(open_ask_form)
    await call.open(ask_form(data, call.words, words))


async def submit_ask(call: Call) -> None:
    await call.write(ask_mentor, *parse_ask(call.values))
    await call.done()


async def open_answer(call: Call) -> None:
    card = await call.read(open_answer_form, AskId(call.subject))
    await call.open(answer_form(card, call.words))


async def submit_answer(call: Call) -> None:
    await call.write(answer_ask, *parse_answer(call.values))
    await call.done()


async def become_try(call: Call) -> None:
    """What was asked about becomes the situation of something to try, in the same pair."""
    ask = (await call.read(load_ask_card, AskId(call.subject))).ask
    data = await call.read(open_experiment_form, pair_id=ask.pair_id)
    draft = first_draft(data, call.words, situation=ask.situation)
    await call.open(experiment_form(data, call.words, draft))


async def press_thanks(call: Call) -> None:
    await call.write(thank_for_answer, AnswerId(call.subject))
    await call.done()


async def press_discuss(call: Call) -> None:
    await call.write(discuss_ask, AskId(call.subject), wanted=True)
    await call.done()


async def press_undiscuss(call: Call) -> None:
    await call.write(discuss_ask, AskId(call.subject), wanted=False)
    await call.done()
