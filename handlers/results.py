"""Results, as Slack calls us."""

from bot.domain.errors import AlreadySettled, NoPair, NotAllowed, NothingTried
from bot.domain.ids import ExperimentId, ResultId
from bot.domain.results import Adherence, NextStep
from bot.slack.loop.experiments import experiment_form
from bot.slack.loop.results import (
    didnt_message,
    done_message,
    let_go_message,
    parse_result,
    questions_message,
    result_form,
    result_question,
    told_message,
)
from bot.slack.repository.insights import insight_card, insight_form
from bot.usecases.loop.experiments import open_experiment_form
from bot.usecases.loop.results import (
    ResultForm,
    let_go,
    open_result_form,
    question_of,
    questions,
    tap,
    tell_result,
)
from bot.usecases.loop.results_discussed import discuss_result
from bot.usecases.loop.suggestions import did_quick_try, is_quick_try
from bot.usecases.repository.insight_cards import load_insight_card
from bot.usecases.repository.insights import open_insight_form
from handlers.calls import Call


async def ask_results(call: Call, _words: str = "") -> None:
    open_questions = await call.read(questions)
    await call.reply(questions_message(open_questions, call.words))


async def ask_result(call: Call) -> None:
    """*It happened* on a card: the question about this one."""
    question = await call.read(question_of, ExperimentId(call.subject))
    await call.reply(result_question(question, call.words))


async def press_did(call: Call) -> None:
    """A quick one is told with this tap; of everything else the form asks more."""
    experiment = ExperimentId(call.subject)
    if await call.read(is_quick_try, experiment):
        await call.write(did_quick_try, experiment)
        await call.turn(done_message(experiment, call.words))
        return
    if data := await _tapped(call, Adherence.DID):
        await call.turn_to(result_form(data, call.words))


async def press_partly(call: Call) -> None:
    if data := await _tapped(call, Adherence.PARTLY):
        await call.turn_to(result_form(data, call.words))


async def press_didnt(call: Call) -> None:
    if data := await _tapped(call, Adherence.DIDNT):
        await call.turn(didnt_message(data.result, call.words))


async def press_let_go(call: Call) -> None:
    await call.write(let_go, ExperimentId(call.subject))
    await call.turn(let_go_message(call.words))


async def change_result(call: Call) -> None:
    data = await call.read(open_result_form, ExperimentId(call.subject))
    await call.turn_to(result_form(data, call.words))


async def press_discuss(call: Call) -> None:
    await call.write(discuss_result, ResultId(call.subject), wanted=True)
    await call.done()


async def press_undiscuss(call: Call) -> None:
    await call.write(discuss_result, ResultId(call.subject), wanted=False)
    await call.done()


async def show_more(call: Call) -> None:
    data = await call.read(open_result_form, ExperimentId(call.subject))
    await call.change(result_form(data, call.words, more=True))


async def submit_result(call: Call) -> None:
    """What comes next follows at once, in the same window: the insight to keep, or the next card."""
    command = parse_result(call.values, call.me.locale)
    result = await call.write(tell_result, command)
    match command.shown.get("next_step"):
        case NextStep.ADOPT:
            await _offer_insight(call, command.experiment_id, result)
        case NextStep.ADAPT | NextStep.REFRAME:
            await _offer_another_way(call, command.experiment_id)
        case _:
            await call.done()


async def _offer_insight(call: Call, experiment: ExperimentId, result: ResultId) -> None:
    if (await call.read(open_result_form, experiment)).alone:  # an insight is for two
        await call.done()
        return
    try:
        data = await call.read(open_insight_form, result_id=result)
    except NothingTried:  # it is kept as a plan; what it leads to is not known yet
        await call.done()
        return
    if data.insight_id is None or data.mine:
        await call.change(insight_form(data, call.words))
        return
    card = await call.read(load_insight_card, data.insight_id)
    await call.reply(insight_card(card, call.words))


async def _offer_another_way(call: Call, parent: ExperimentId) -> None:
    try:
        data = await call.read(open_experiment_form, parent=parent)
    except (NoPair, NotAllowed):  # the pair has ended: the result is kept, and nothing new begins in it
        await call.done()
    else:
        await call.change(experiment_form(data, call.words))


async def _tapped(call: Call, adherence: Adherence) -> ResultForm | None:
    """The form behind the tap, which is saved by now; None after a kind word where a result was told before."""
    experiment = ExperimentId(call.subject)
    try:
        await call.write(tap, experiment, adherence)
    except AlreadySettled:
        await call.turn(told_message(experiment, call.words))
        return None
    return await call.read(open_result_form, experiment)
