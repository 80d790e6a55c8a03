"""Experiments, as Slack calls us."""

from dataclasses import replace

from bot.domain.errors import TooManyOpen
from bot.domain.ids import ExperimentId, SuggestionId
from bot.domain.intentions import remark_on
from bot.domain.stored import EntryKind
from bot.slack.loop import experiments as forms
from bot.slack.loop.experiment_room import dropped_panel
from bot.slack.loop.experiment_sources import with_written
from bot.slack.loop.experiments import Draft
from bot.slack.payloads import chosen_in
from bot.slack.programme.pairs import chosen_pair
from bot.usecases.loop.experiment_wording import remark_on_words
from bot.usecases.loop.experiments import (
    Commit,
    ExperimentForm,
    commit_to_experiment,
    discuss_experiment,
    drop_experiment,
    move_experiment,
    open_experiment_form,
)
from bot.usecases.loop.suggestions import take_suggestion
from handlers.calls import Call
from handlers.search import done_with


async def open_experiment(call: Call, words: str = "") -> None:
    data = await call.read(open_experiment_form)
    draft = forms.first_draft(data, call.words, behaviour=words)
    await call.open(forms.experiment_form(data, call.words, draft))


async def change_experiment(call: Call, experiment: ExperimentId | None = None) -> None:
    data = await _form_of(call, experiment)
    await call.open(forms.experiment_form(data, call.words))


async def shrink_experiment(call: Call, experiment: ExperimentId | None = None) -> None:
    data = await _form_of(call, experiment)
    await call.open(forms.experiment_form(data, call.words, shrink=True))


async def sharpen_experiment(call: Call) -> None:
    """The form with the remark of the card above its field."""
    data = await _form_of(call, None)
    draft, old = forms.first_draft(data, call.words), data.experiment
    remark = remark_on(old.behaviour, old.situation, call.me.locale) if old else None
    await call.open(forms.experiment_form(data, call.words, replace(draft, remark=remark)))


async def open_move(call: Call, experiment: ExperimentId | None = None) -> None:
    data = await _form_of(call, experiment)
    await call.open(forms.move_form(data, call.words))


async def reframe_experiment(call: Call) -> None:
    parent = ExperimentId(call.subject)
    data = await call.read(open_experiment_form, parent=parent)
    await call.open(forms.experiment_form(data, call.words))


async def submit_experiment(call: Call) -> None:
    command = forms.parse_experiment(call.values, call.me.locale)
    draft = forms.read_draft(call.values)
    if draft.remark is None and (remark := await call.read(remark_on_words, command, call.me.locale)):
        await _show_again(call, replace(draft, remark=remark))
        return
    try:
        tried = await _keep_try(call, command, draft.suggestion)
    except TooManyOpen:
        await _show_again(call, draft)
        return
    if command.experiment_id is not None:
        await call.done()
        return
    await done_with(call, EntryKind.EXPERIMENT, tried)


async def _keep_try(call: Call, command: Commit, suggestion: SuggestionId | None) -> ExperimentId:
    if suggestion is not None:
        return await call.write(take_suggestion, suggestion, command)
    return await call.write(commit_to_experiment, command)


async def submit_move(call: Call) -> None:
    experiment = ExperimentId(call.values.metadata["experiment_id"])
    until = call.values.day("until")
    await call.write(move_experiment, experiment, until)
    await call.done()


async def show_more(call: Call) -> None:
    await _show_again(call, forms.with_more(forms.read_draft(call.values)))


async def show_another_number(call: Call) -> None:
    await _show_again(call, forms.with_another_number(forms.read_draft(call.values)))


async def choose_from_shelf(call: Call) -> None:
    draft = forms.read_draft(call.values)
    await _show_again(call, with_written(draft, chosen_in(call.action), call.words))


async def choose_pair(call: Call) -> None:
    await _show_again(call, forms.read_draft(call.values))


async def swap_experiment(call: Call) -> None:
    """Only noted in the form: the old one is let go together with keeping the new one."""
    await _show_again(call, replace(forms.read_draft(call.values), swap=ExperimentId(call.subject)))


async def keep_after_all(call: Call) -> None:
    await _show_again(call, replace(forms.read_draft(call.values), swap=None))


async def make_room(call: Call) -> None:
    await call.write(drop_experiment, ExperimentId(call.subject))
    await _show_again(call, forms.read_draft(call.values), clearing=True)


async def drop(call: Call, experiment: ExperimentId | None = None) -> None:
    experiment = experiment or ExperimentId(call.subject)
    await call.write(drop_experiment, experiment)
    if call.window:
        await call.change(dropped_panel(call.words))
    else:
        await call.done()


async def discuss(call: Call) -> None:
    await call.write(discuss_experiment, ExperimentId(call.subject), wanted=True)
    await call.done()


async def undiscuss(call: Call) -> None:
    await call.write(discuss_experiment, ExperimentId(call.subject), wanted=False)
    await call.done()


async def _form_of(call: Call, experiment: ExperimentId | None) -> ExperimentForm:
    chosen = experiment or ExperimentId(call.subject)
    return await call.read(open_experiment_form, experiment=chosen)


async def _show_again(call: Call, draft: Draft, **room: bool) -> None:
    """The form in its place, with everything typed so far; `room` says what became of the others."""
    values = call.values
    data = await call.read(
        open_experiment_form,
        pair_id=chosen_pair(values),
        experiment=forms.subject_id(values.metadata, "experiment_id"),
        parent=forms.subject_id(values.metadata, "parent_id"),
    )
    await call.change(forms.experiment_form(data, call.words, draft, **room))
