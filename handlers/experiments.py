"""Experiments, as Slack calls us."""

from dataclasses import replace

from bot.domain.errors import TooManyOpen
from bot.domain.ids import ExperimentId
from bot.slack.forms import chosen_pair
from bot.slack.loop import experiments as forms
from bot.slack.loop.experiments import Draft
from bot.usecases.loop.experiments import (
    ExperimentForm,
    commit_to_experiment,
    drop_experiment,
    move_experiment,
    open_experiment_form,
)
from bot.usecases.rhythm.agenda import discuss_experiment
from handlers.calls import Call


async def open_experiment(call: Call, words: str = "") -> None:
    data = await open_experiment_form(call.deps, call.viewer, call.me.id)
    draft = forms.first_draft(data, call.words, behaviour=words)
    await call.open(forms.experiment_form(data, call.words, draft))


async def change_experiment(call: Call, experiment: ExperimentId | None = None) -> None:
    data = await _form_of(call, experiment)
    await call.open(forms.experiment_form(data, call.words))


async def shrink_experiment(call: Call, experiment: ExperimentId | None = None) -> None:
    data = await _form_of(call, experiment)
    await call.open(forms.experiment_form(data, call.words, shrink=True))


async def open_move(call: Call, experiment: ExperimentId | None = None) -> None:
    data = await _form_of(call, experiment)
    await call.open(forms.move_form(data, call.words))


async def reframe_experiment(call: Call) -> None:
    parent = ExperimentId(call.subject)
    data = await open_experiment_form(call.deps, call.viewer, call.me.id, parent=parent)
    await call.open(forms.experiment_form(data, call.words))


async def submit_experiment(call: Call) -> None:
    command = forms.parse_experiment(call.values, call.me.locale)
    try:
        await commit_to_experiment(call.deps, call.viewer, call.me.id, command, key=call.key)
    except TooManyOpen:
        await _show_again(call, forms.read_draft(call.values))
    else:
        await call.done()


async def submit_move(call: Call) -> None:
    experiment = ExperimentId(call.values.metadata["experiment_id"])
    until = call.values.day("until")
    await move_experiment(call.deps, call.viewer, call.me.id, experiment, until, key=call.key)
    await call.done()


async def show_more(call: Call) -> None:
    await _show_again(call, forms.with_more(forms.read_draft(call.values)))


async def show_another_number(call: Call) -> None:
    await _show_again(call, forms.with_another_number(forms.read_draft(call.values)))


async def choose_pair(call: Call) -> None:
    await _show_again(call, forms.read_draft(call.values))


async def swap_experiment(call: Call) -> None:
    """Only noted in the form: the old one is let go together with keeping the new one."""
    await _show_again(call, replace(forms.read_draft(call.values), swap=ExperimentId(call.subject)))


async def keep_after_all(call: Call) -> None:
    await _show_again(call, replace(forms.read_draft(call.values), swap=None))


async def make_room(call: Call) -> None:
    await drop_experiment(call.deps, call.viewer, call.me.id, ExperimentId(call.subject), key=call.key)
    await _show_again(call, forms.read_draft(call.values), clearing=True)


async def drop(call: Call, experiment: ExperimentId | None = None) -> None:
    experiment = experiment or ExperimentId(call.subject)
    await drop_experiment(call.deps, call.viewer, call.me.id, experiment, key=call.key)
    if call.window:
        await call.change(forms.dropped_panel(call.words))
    else:
        await call.done()


async def discuss(call: Call) -> None:
    experiment = ExperimentId(call.subject)
    await discuss_experiment(call.deps, call.viewer, call.me.id, experiment, wanted=True, key=call.key)
    await call.done()


async def undiscuss(call: Call) -> None:
    experiment = ExperimentId(call.subject)
    await discuss_experiment(call.deps, call.viewer, call.me.id, experiment, wanted=False, key=call.key)
    await call.done()


async def _form_of(call: Call, experiment: ExperimentId | None) -> ExperimentForm:
    chosen = experiment or ExperimentId(call.subject)
    return await open_experiment_form(call.deps, call.viewer, call.me.id, experiment=chosen)


async def _show_again(call: Call, draft: Draft, **room: bool) -> None:
    """The form in its place, with everything typed so far; `room` says what became of the others."""
    values = call.values
    data = await open_experiment_form(
        call.deps,
        call.viewer,
        call.me.id,
        pair_id=chosen_pair(values),
        experiment=forms.subject_id(values.metadata, "experiment_id"),
        parent=forms.subject_id(values.metadata, "parent_id"),
    )
    await call.change(forms.experiment_form(data, call.words, draft, **room))
