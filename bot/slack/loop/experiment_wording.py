"""The if-then check of a try in words: above its field in the form, and on its writer's own card."""

from slack_sdk.models.blocks import Block

from bot.domain.experiments import Experiment
from bot.domain.intentions import Remark, remark_on
from bot.slack.blocks import button, section
from bot.slack.forms import Values
from bot.words import Words

SHARPEN = "experiment.sharpen"
REMARK = "remark"


def remark_blocks(remark: Remark | None, words: Words) -> dict[str, list[Block]]:
    """The remark above the field that it is about; nothing for none."""
    if remark is None:
        return {}
    text = words.t(
        "One thought, before it is saved: {question} It is fine as it is, too.",
        question=_question(remark, words),
    )
    return {remark.field: [section(text)]}


def remark_in(values: Values) -> Remark | None:
    """What the form has said of its words already."""
    said = values.metadata.get(REMARK)
    return next((remark for remark in Remark if remark == said), None)


def sharpen_blocks(experiment: Experiment, words: Words) -> list[Block]:
    """On the card of whoever tries it: what could be sharper, with the way to it; nothing where nothing could."""
    remark = remark_on(experiment.behaviour, experiment.situation, words.locale)
    if remark is None:
        return []
    return [section(_question(remark, words), button(words.t("Sharpen"), SHARPEN, experiment.id))]


def _question(remark: Remark, words: Words) -> str:
    match remark:
        case Remark.NO_CUE:
            return words.t("When exactly? After which moment would somebody see you do it?")
        case Remark.WISH:
            return words.t("What would you do or say first?")
        case Remark.NEGATION:
            return words.t("And what instead?")
        case Remark.OUTCOME:
            return words.t("Which part of it is yours?")
        case Remark.SEVERAL:
            return words.t("Which one first?")
