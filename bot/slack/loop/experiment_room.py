"""Room for one more experiment: what is open already, and which of them goes for the new one."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.experiments import Experiment
from bot.domain.ids import ExperimentId
from bot.slack.blocks import actions, button, divider, fields, section
from bot.slack.forms import panel
from bot.usecases.loop.experiments import ExperimentForm
from bot.words import Words

SWAP = "experiment.swap"
UNSWAP = "experiment.unswap"
MAKE_ROOM = "experiment.make_room"


def room_blocks(
    data: ExperimentForm, swap: ExperimentId | None, words: Words, *, clearing: bool
) -> list[Block]:
    """What is open already, each with a way to make room, where there is none (or was none a moment ago)."""
    if going := swapped(data, swap):
        return _going(going, words)
    if data.full:
        title = words.t(
            "{count} are open already, and never more, so that each gets a fair chance. What you typed is kept: "
            "swap one for it, or drop one.",
            count=words.number(len(data.open_now)),
        )
    elif clearing:
        title = words.t("There is room now, and what you typed is still here.")
    else:
        return []
    listed = [block for one in data.open_now for block in _open_one(one, words, full=data.full)]
    return [section(title), *listed, divider()]


def swapped(data: ExperimentForm, swap: ExperimentId | None) -> Experiment | None:
    """The open one that goes for the new one; None once it is over, or where another pair was chosen."""
    return next((one for one in data.open_now if one.id == swap), None)


def dropped_panel(words: Words) -> View:
    """What the form turns into when the experiment was let go inside it."""
    text = words.t("It is let go, and that is fine. The card in your messages takes it up again if you like.")
    return panel(words.t("Let go"), [section(text)], close=words.t("Close"))


def _going(experiment: Experiment, words: Words) -> list[Block]:
    text = words.t(
        "“{behaviour}” is let go when you send this one, and not before. Its card takes it up again if you like.",
        behaviour=experiment.behaviour,
    )
    return [section(text), actions(button(words.t("Keep it after all"), UNSWAP, experiment.id)), divider()]


def _open_one(experiment: Experiment, words: Words, *, full: bool) -> list[Block]:
    told = fields(
        (words.t("I will"), experiment.behaviour),
        (words.t("When"), experiment.situation),
        (words.t("Until"), words.day(experiment.until)),
    )
    swap = [button(words.t("Swap for the new one"), SWAP, experiment.id)] if full else []
    return [told, actions(*swap, button(words.t("Drop"), MAKE_ROOM, experiment.id))]
