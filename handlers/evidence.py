"""Evidence, as Slack calls us."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from bot.domain.ids import EvidenceId, ExperimentId
from bot.slack.loop import evidence as ids
from bot.slack.loop.evidence import (
    evidence_form,
    evidence_panel,
    parse_evidence,
    parse_message,
    saved_message,
)
from bot.usecases.loop.evidence import (
    list_evidence,
    open_evidence_form,
    remove_evidence,
    save_evidence,
    what_was_saved,
)
from handlers.calls import Call


async def open_from_message(call: Call) -> None:
    """The message shortcut, in any conversation; Slack hands over the one message and nothing else."""
    copy = parse_message(call.body)
    data = await call.read(open_evidence_form, mentioned=copy.mentioned)
    await call.open(evidence_form(data, call.words, copy))


async def open_by_hand(call: Call, _words: str = "") -> None:
    data = await call.read(open_evidence_form)
    await call.open(evidence_form(data, call.words))


async def open_for_experiment(call: Call) -> None:
    experiment = ExperimentId(call.subject)
    data = await call.read(open_evidence_form, experiment=experiment)
    await call.turn_to(evidence_form(data, call.words))


async def submit_evidence(call: Call) -> None:
    command = parse_evidence(call.values, call.me.locale)
    outcome: EvidenceId | Sequence[Any] = await call.write(save_evidence, command)
    # A form that was dealt with before an update, and is delivered once more after it, has the id alone.
    kept, before = (outcome, None) if isinstance(outcome, int) else outcome
    saved = await call.read(what_was_saved, kept)
    noted = command.number.get("number_value") is not None
    told = saved_message(saved, call.words, noted=noted, before=None if before is None else Decimal(before))
    await call.reply(told, call.words.t("Evidence"))


async def show_evidence(call: Call, experiment: ExperimentId | None = None) -> None:
    chosen = experiment or ExperimentId(call.subject)
    found = await call.read(list_evidence, chosen)
    await call.turn_to(evidence_panel(found, call.words))


async def remove(call: Call) -> None:
    evidence = EvidenceId(call.subject)
    experiment = await call.write(remove_evidence, evidence)
    if experiment is None:
        await call.done()
        return
    found = await call.read(list_evidence, experiment)
    await call.change(evidence_panel(found, call.words))


FORMS = {ids.SAVE: submit_evidence}
PRESSES = {ids.LIST: show_evidence, ids.OPEN: open_for_experiment, ids.REMOVE: remove}
