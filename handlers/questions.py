"""A cohort's questions, as Slack calls us."""

from slack_sdk.models.views import View

from bot.slack.rhythm.questions import (
    CHANGE,
    DROP,
    EARLIER,
    NEW,
    OFF,
    ON,
    OPEN,
    PAGE,
    SAVE,
    OnList,
    parse_on_list,
    parse_question,
    question_form,
    questions_view,
)
from bot.usecases.rhythm.questions import (
    drop_question,
    keep_question,
    open_question,
    open_question_form,
    see_questions,
    turn_off,
    turn_on,
)
from handlers.calls import Call


async def open_questions(call: Call) -> None:
    await call.turn_to(await _questions_list(call, OnList(call.subject, 0)))


async def turn_page(call: Call) -> None:
    await call.change(await _questions_list(call, parse_on_list(call.value)))


async def new_question(call: Call) -> None:
    here = parse_on_list(call.value)
    await call.turn_to(question_form(await call.read(open_question_form, here.cohort_id), call.words))


async def change_question(call: Call) -> None:
    here = parse_on_list(call.value)
    await call.turn_to(question_form(await call.read(open_question, here.cohort_id, here.key), call.words))


async def submit_question(call: Call) -> None:
    cohort = await call.write(keep_question, parse_question(call.values))
    await call.change(await _questions_list(call, OnList(cohort, 0)))


async def press_off(call: Call) -> None:
    here = parse_on_list(call.value)
    await call.write(turn_off, here.cohort_id, here.key)
    await call.change(await _questions_list(call, here))


async def press_on(call: Call) -> None:
    here = parse_on_list(call.value)
    await call.write(turn_on, here.cohort_id, here.key)
    await call.change(await _questions_list(call, here))


async def press_drop(call: Call) -> None:
    here = parse_on_list(call.value)
    await call.write(drop_question, here.cohort_id, here.key)
    await call.change(await _questions_list(call, here))


async def _questions_list(call: Call, here: OnList) -> View:
    data = await call.read(see_questions, here.cohort_id)
    return questions_view(data, call.me.id, call.words, here.start)


FORMS = {SAVE: submit_question}
PRESSES = {
    OPEN: open_questions,
    **dict.fromkeys((PAGE, EARLIER), turn_page),
    NEW: new_question,
    CHANGE: change_question,
    DROP: press_drop,
    OFF: press_off,
    ON: press_on,
}
