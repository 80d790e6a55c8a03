"""Two lines from somebody outside the pair, as Slack calls us."""

from bot.domain.ids import ExperimentId, StakeholderAskId, TwoLinesId
from bot.slack.loop import two_lines as ids
from bot.slack.loop import two_lines_answers as answers
from bot.usecases.acquaintance import meet_here
from bot.usecases.loop import two_lines_answering as answering
from bot.usecases.loop.two_lines import WHOM, About, ask_for_lines, open_lines_form, withdraw_lines
from handlers.calls import Call, Listener


async def open_lines(call: Call, about: About) -> None:
    data = await call.read(open_lines_form, about)
    await call.turn_to(ids.lines_form(data, call.words))


async def ask_of_try(call: Call) -> None:
    await open_lines(call, About(experiment_id=ExperimentId(call.subject)))


async def submit_lines_form(call: Call) -> None:
    command, user = ids.parse_lines_form(call.values)
    await call.read(open_lines_form, command.about)  # nobody else may have us ask Slack about people
    person = await meet_here(call.deps, call.viewer, user, field=WHOM)
    await call.write(ask_for_lines, command, person.id)
    await call.done()


async def press_withdraw(call: Call) -> None:
    await call.write(withdraw_lines, StakeholderAskId(call.subject))
    await call.done()


async def open_answer(call: Call) -> None:
    data = await call.read(answering.open_lines_answer, StakeholderAskId(call.subject))
    await call.open(answers.answer_form(data, call.words))


async def submit_answer(call: Call) -> None:
    shown, lines = answers.FORM.read(call.values), answers.changed_two_lines(call.values)
    if lines is None:
        await call.write(answering.tell_lines, answers.answered_ask(call.values), shown)
    else:
        await call.write(answering.change_lines, lines, shown)
    await call.done()


async def press_decline(call: Call) -> None:
    await call.write(answering.decline_lines, StakeholderAskId(call.subject))
    await call.done()


async def change_lines(call: Call) -> None:
    data = await call.read(answering.open_lines_change, TwoLinesId(call.subject))
    await call.open(answers.answer_form(data, call.words))


async def press_take_back(call: Call) -> None:
    await call.write(answering.take_back_lines, TwoLinesId(call.subject))
    await call.done()


FORMS: dict[str, Listener] = {ids.SEND: submit_lines_form, answers.TELL: submit_answer}
PRESSES: dict[str, Listener] = {
    ids.ASK: ask_of_try,
    ids.WITHDRAW: press_withdraw,
    ids.ANSWER: open_answer,
    ids.DECLINE: press_decline,
    answers.CHANGE: change_lines,
    answers.TAKE_BACK: press_take_back,
}
