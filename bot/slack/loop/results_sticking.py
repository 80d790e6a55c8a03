"""Whether it stuck: the wish on the result's card, the question four weeks later, and the answer."""

from slack_sdk.models.blocks import Block

from bot.domain.results import Result, Stuck, may_stick
from bot.slack.blocks import Message, actions, button, note, section
from bot.slack.loop.experiments import REFRAME, promised
from bot.usecases.loop.results_sticking import StickQuestion
from bot.words import Words

WANTED = "result.stick"
UNWANTED = "result.unstick"
STILL = "result.still"
SOMETIMES = "result.sometimes"
NOT_ANY_MORE = "result.not_any_more"
ANSWERS = {STILL: Stuck.STILL, SOMETIMES: Stuck.SOMETIMES, NOT_ANY_MORE: Stuck.NOT_ANY_MORE}


def stick_line(result: Result, words: Words) -> list[Block]:
    """On the mentee's own card of what is kept: the offer, or when it is asked."""
    if result.stick_on is not None and result.stuck is None:
        planned = words.t("I ask you once, on {day}, whether it stuck.", day=words.day(result.stick_on))
        return [section(planned, button(words.t("Don't ask"), UNWANTED, result.id))]
    if not may_stick(result):
        return []
    offered = words.t("Whether it stuck shows in four weeks. Shall I ask you then, once?")
    return [section(offered, button(words.t("Ask me in four weeks"), WANTED, result.id))]


def stuck_text(result: Result, words: Words) -> str:
    """What became of it, as a row of the card; "" until it was answered."""
    match result.stuck:
        case Stuck.STILL:
            return words.t("still done")
        case Stuck.SOMETIMES:
            return words.t("sometimes")
        case Stuck.NOT_ANY_MORE:
            return words.t("not any more")
        case None:
            return ""


def stick_question(question: StickQuestion, words: Words) -> Message:
    """Three answers, none of them wrong; once it is answered, what was said and what can follow."""
    asked = words.t("Four weeks ago you kept this. Do you still do it?")
    told = [section(asked), promised(question.experiment, words)]
    text = f"{asked} {question.experiment.behaviour}"
    if question.result.stuck is not None:
        return Message(text, [*told, *_answer(question, words)])
    id_ = question.result.id
    buttons = actions(
        button(words.t("Still do it"), STILL, id_, style="primary"),
        button(words.t("Sometimes"), SOMETIMES, id_),
        button(words.t("Not any more"), NOT_ANY_MORE, id_),
    )
    why = words.t(
        "You asked for this when you kept it. I ask once; no answer is fine. Your partner reads the answer."
    )
    return Message(text, [*told, buttons, note(why)])


def _answer(question: StickQuestion, words: Words) -> list[Block]:
    match question.result.stuck:
        case Stuck.STILL:
            return [section(words.t("Noted: it stuck. It stands on the card of your result."))]
        case Stuck.SOMETIMES:
            noted = words.t("Noted: sometimes. It stands on the card of your result.")
        case _:
            noted = words.t("Noted: not any more. Good to know; it had its time, or it wants another shape.")
    another = button(words.t("Try another way"), REFRAME, question.experiment.id)
    if question.result.stuck is Stuck.NOT_ANY_MORE:
        another.style = "primary"
    return [section(noted), actions(another)]
