"""Real situations, as Slack calls us."""

from bot.domain.feedback import about_the_person
from bot.domain.ids import AnswerId, AskId
from bot.domain.stored import EntryKind
from bot.slack.loop.experiments import experiment_form, first_draft
from bot.slack.rhythm.asks import (
    ANSWERING,
    answer_form,
    ask_form,
    changed_answer,
    parse_answer,
    parse_ask,
)
from bot.slack.wording import was_heard
from bot.usecases.loop.experiments import open_experiment_form
from bot.usecases.rhythm import asks_changing as changing
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
from handlers.search import done_with


async def open_ask(call: Call, words: str = "") -> None:
    data = await call.read(open_ask_form)
    await call.open(ask_form(data, call.words, words))


async def submit_ask(call: Call) -> None:
    ask = await call.write(ask_mentor, *parse_ask(call.values))
    await done_with(call, EntryKind.ASK, ask)


async def open_answer(call: Call) -> None:
    card = await call.read(open_answer_form, AskId(call.subject))
    await call.open(answer_form(card, call.words))


async def change_answer(call: Call) -> None:
    """*Change* on what was sent."""
    data = await call.read(changing.open_answer_change, AnswerId(call.subject))
    draft = ANSWERING.draft(data.answer, call.words)
    await call.open(answer_form(data.card, call.words, draft, answer=data.answer.id))


async def press_take_back(call: Call) -> None:
    await call.write(changing.take_back_answer, AnswerId(call.subject))
    await call.done()


async def submit_answer(call: Call) -> None:
    """What is about the person and not about what they did is thought of once more, before anybody reads it."""
    ask, shown = parse_answer(call.values)
    answer = changed_answer(call.values)
    thought = about_the_person({"text": shown["text"]}, call.me.locale)
    if thought and not was_heard(call.values):
        card, typed = await call.read(open_answer_form, ask), ANSWERING.typed(call.values)
        await call.change(answer_form(card, call.words, typed, thought=thought, answer=answer))
        return
    if answer is None:
        await call.write(answer_ask, ask, shown)
    else:
        await call.write(changing.change_answer, answer, shown)
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
