"""What somebody saw a partner do, as Slack calls us."""

from bot.domain.experiments import LINE_LIMIT
from bot.domain.feedback import about_the_person
from bot.domain.ids import ObservationId
from bot.domain.observations import ObservationKind
from bot.slack.blocks import clip
from bot.slack.loop import observations as ids
from bot.slack.loop.experiments import experiment_form, first_draft
from bot.slack.loop.observations import (
    changed_observation,
    observation_form,
    parse_observation,
    typed_observation,
)
from bot.slack.programme.pairs import parse_person
from bot.slack.wording import was_heard
from bot.usecases.loop import observations as use_cases
from bot.usecases.loop import observations_changing as changing
from bot.usecases.loop.experiments import open_experiment_form
from handlers.calls import Call


async def open_observation(call: Call, words: str = "") -> None:
    data = await call.read(use_cases.open_observation_form, parse_person(words))
    await call.open(observation_form(data, call.words))


async def change_observation(call: Call) -> None:
    """*Change* on what was sent."""
    data = await call.read(changing.open_observation_change, ObservationId(call.subject))
    await call.open(observation_form(data, call.words))


async def submit_observation(call: Call) -> None:
    """What is about the person and not about what they did is thought of once more, before anybody reads it."""
    command, observation = parse_observation(call.values), changed_observation(call.values)
    thought = about_the_person(command.shown, call.me.locale)
    if thought and not was_heard(call.values):
        await _observation_again(call, thought)
        return
    if observation is None:
        await call.write(use_cases.observe, command)
    else:
        await call.write(changing.change_observation, observation, command.shown)
    await call.done()


async def press_take_back(call: Call) -> None:
    await call.write(changing.take_back_observation, ObservationId(call.subject))
    await call.done()


async def press_thanks(call: Call) -> None:
    await call.write(use_cases.thank_for_observation, ObservationId(call.subject))
    await call.done()


async def press_discuss(call: Call) -> None:
    await call.write(use_cases.discuss_observation, ObservationId(call.subject), wanted=True)
    await call.done()


async def press_undiscuss(call: Call) -> None:
    await call.write(use_cases.discuss_observation, ObservationId(call.subject), wanted=False)
    await call.done()


async def become_try(call: Call) -> None:
    """The situation becomes that of something to try; of a strength also what worked, to do it again."""
    seen = await call.read(use_cases.observation_to_try, ObservationId(call.subject))
    data = await call.read(open_experiment_form, pair_id=seen.pair_id)
    again = seen.behaviour if seen.kind is ObservationKind.STRENGTH else ""
    given = {"situation": clip(seen.situation, LINE_LIMIT), "behaviour": clip(again, LINE_LIMIT)}
    await call.open(experiment_form(data, call.words, first_draft(data, call.words, **given)))


async def _observation_again(call: Call, thought: str) -> None:
    """The form in its place, with everything typed so far."""
    if changes := changed_observation(call.values):
        data = await call.read(changing.open_observation_change, changes)
    else:
        data = await call.read(use_cases.open_observation_form)
    await call.change(observation_form(data, call.words, typed_observation(call.values), thought=thought))


FORMS = {ids.SEND: submit_observation}
PRESSES = {
    ids.CHANGE: change_observation,
    ids.TAKE_BACK: press_take_back,
    ids.THANK: press_thanks,
    ids.DISCUSS: press_discuss,
    ids.UNDISCUSS: press_undiscuss,
    ids.TO_TRY: become_try,
}
