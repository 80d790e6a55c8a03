"""Results, as Slack calls us."""

from bot.domain.ids import ExperimentId
from bot.domain.results import Adherence, NextStep
from bot.slack.experiments import experiment_form
from bot.slack.insights import insight_form
from bot.slack.results import (
    didnt_message,
    let_go_message,
    parse_result,
    questions_message,
    result_form,
    result_question,
)
from bot.usecases.experiments import open_experiment_form
from bot.usecases.insights import open_insight_form
from bot.usecases.results import let_go, open_result_form, question_of, questions, tap, tell_result
from handlers.calls import Call


async def ask_results(call: Call, _words: str = "") -> None:
    open_questions = await questions(call.deps, call.viewer, call.me.id)
    await call.reply(questions_message(open_questions, call.words))


async def ask_result(call: Call) -> None:
    """*It happened* on a card: the question about this one."""
    question = await question_of(call.deps, call.viewer, ExperimentId(call.subject))
    await call.reply(result_question(question, call.words))


async def press_did(call: Call) -> None:
    await _tap_and_open(call, Adherence.DID)


async def press_partly(call: Call) -> None:
    await _tap_and_open(call, Adherence.PARTLY)


async def press_didnt(call: Call) -> None:
    experiment = ExperimentId(call.subject)
    await tap(call.deps, call.viewer, call.me.id, experiment, Adherence.DIDNT, key=call.key)
    data = await open_result_form(call.deps, call.viewer, call.me.id, experiment)
    await call.reply(didnt_message(data.result, call.words))


async def press_let_go(call: Call) -> None:
    await let_go(call.deps, call.viewer, call.me.id, ExperimentId(call.subject), key=call.key)
    await call.reply(let_go_message(call.words))


async def change_result(call: Call) -> None:
    data = await open_result_form(call.deps, call.viewer, call.me.id, ExperimentId(call.subject))
    await call.open(result_form(data, call.words))


async def show_more(call: Call) -> None:
    data = await open_result_form(call.deps, call.viewer, call.me.id, ExperimentId(call.subject))
    await call.change(result_form(data, call.words, more=True))


async def submit_result(call: Call) -> None:
    """What comes next follows at once, in the same window: the insight to keep, or the next card."""
    command = parse_result(call.values, call.me.locale)
    result = await tell_result(call.deps, call.viewer, call.me.id, command, key=call.key)
    if command.next_step is NextStep.ADOPT:
        data = await open_insight_form(call.deps, call.viewer, call.me.id, result=result)
        await call.change(insight_form(data, call.words))
    elif command.next_step in (NextStep.ADAPT, NextStep.REFRAME):
        card = await open_experiment_form(call.deps, call.viewer, call.me.id, parent=command.experiment_id)
        await call.change(experiment_form(card, call.words))
    else:
        await call.done()


async def _tap_and_open(call: Call, adherence: Adherence) -> None:
    experiment = ExperimentId(call.subject)
    await tap(call.deps, call.viewer, call.me.id, experiment, adherence, key=call.key)
    data = await open_result_form(call.deps, call.viewer, call.me.id, experiment)
    await call.open(result_form(data, call.words))
