"""Two lines: the form in which somebody outside the pair is asked, and what the two read of it."""

from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.ids import ExperimentId, GoalId
from bot.domain.two_lines import LinesState, StakeholderAsk
from bot.slack.blocks import Message, actions, button, clip, header, note, section, titled
from bot.slack.fields import FieldList, Story
from bot.slack.forms import Values, field, form, person_picker
from bot.usecases.loop.two_lines import WHOM, About, AskForLines, LinesAsked, LinesForm
from bot.words import Words

ASK = "lines.ask"  # of a try
ASK_GOAL = "ask_two_lines"  # stands in the menu of a goal alone: no button has it
SEND = "lines.send"
WITHDRAW = "lines.withdraw"
ANSWER = "lines.answer"
DECLINE = "lines.decline"
QUOTED = 160  # characters of a goal or a situation in the question that is preset

FORM = FieldList(
    StakeholderAsk,
    (
        Story(
            "question",
            lambda w: w.t("Your question"),
            hint=lambda w: w.t("They read these words, and nothing else of your goal or of what you try."),
        ),
    ),
    besides=(
        "contact_id", "expires_at", "remind_at", "goal_id", "experiment_id", "state", "reminded_at", "closed_at",
    ),
)  # fmt: skip


def lines_form(data: LinesForm, words: Words) -> View:
    """Whom, and what; the question is there already and may be changed."""
    draft = {"question": _preset_question(data, words)}
    return form(
        SEND,
        words.t("Ask for two lines"),
        [
            section(words.t("Ask somebody who was there: what helped, and what would have helped more?")),
            field(WHOM, words.t("Whom do you ask?"), person_picker(), required=True),
            *FORM.inputs(draft, words),
            note(_who_reads(data.readers, words)),
        ],
        submit=words.t("Ask"),
        close=words.t("Cancel"),
        metadata={"goal_id": data.about.goal_id, "experiment_id": data.about.experiment_id},
    )


def parse_lines_form(values: Values) -> tuple[AskForLines, str]:
    """The command, and the Slack id of the one who is asked."""
    return AskForLines(_about_in(values.metadata), FORM.read(values)), values.person(WHOM)


def lines_asked(card: LinesAsked, words: Words) -> Message:
    """The ask: with two buttons for the one who is asked, and how it stands for the one who asks."""
    return _as_asker(card, words) if card.mine else _as_asked(card, words)


def read_by(readers: tuple[str, ...], asker: str, words: Words) -> str:
    """Who reads two lines, as whoever writes them is told."""
    return words.t("Read by: {people} and you, and nobody else.", people=words.names((asker, *readers)))


def _about_in(metadata: dict[str, Any]) -> About:
    goal, experiment = metadata["goal_id"], metadata["experiment_id"]
    return About(GoalId(goal) if goal else None, ExperimentId(experiment) if experiment else None)


def _preset_question(data: LinesForm, words: Words) -> str:
    if data.situation:
        return words.t(
            "When {situation}: what did I do that helped, and what would have helped more?",
            situation=clip(data.situation, QUOTED),
        )
    return words.t(
        "“{text}”: what did I do for it that helped, and what would have helped more?",
        text=clip(data.text, QUOTED),
    )


def _who_reads(readers: tuple[str, ...], words: Words) -> str:
    return words.t(
        "Read by: you, {partner} and the one who writes. They are reminded once, and may simply not answer.",
        partner=words.names(readers),
    )


def _as_asked(card: LinesAsked, words: Words) -> Message:
    title = words.t("{name} asks you for two lines", name=card.asker)
    blocks: list[Block] = [header(title)]
    if card.stranger and card.is_open:
        blocks.append(section(_who_i_am(card, words)))
    blocks.append(titled(words.t("{name} asks", name=card.asker), card.ask.question))
    if card.is_open:
        tell = button(words.t("Write two lines"), ANSWER, card.ask.id, style="primary")
        blocks.append(actions(tell, button(words.t("Rather not"), DECLINE, card.ask.id)))
    return Message(f"{title}: {card.ask.question}", [*blocks, note(_asked_now(card, words))])


def _who_i_am(card: LinesAsked, words: Words) -> str:
    """For somebody who has never met Pairloop."""
    return words.t(
        "I am Pairloop, an app with which people here learn in pairs. {name} learns together with "
        "{partner} and would like to know what you saw. You join nothing by this.",
        name=card.asker,
        partner=words.names(card.readers),
    )


def _asked_now(card: LinesAsked, words: Words) -> str:
    match card.ask.state:
        case LinesState.ANSWERED:
            return words.t("You wrote two lines. {read_by}", read_by=read_by(card.readers, card.asker, words))
        case LinesState.DECLINED:
            return words.t("That is fine, and needs no reason. There is nothing left to do.")
        case LinesState.WITHDRAWN:
            return words.t("{name} needs it no more. There is nothing left to do.", name=card.asker)
        case LinesState.ASKED if card.is_open:
            return _what_silence_means(card, words)
    return words.t("The two weeks are over, and nothing is missed.")


def _what_silence_means(card: LinesAsked, words: Words) -> str:
    day = words.day(words.today(card.ask.expires_at))
    again = (
        words.t("This was the one reminder. No answer is fine, too: it passes by itself on {day}.", day=day)
        if card.ask.reminded_at
        else words.t("No answer is fine, too: I remind you once, and on {day} it passes by itself.", day=day)
    )
    return f"{read_by(card.readers, card.asker, words)} {again}"


def _as_asker(card: LinesAsked, words: Words) -> Message:
    title = words.t("You asked {name} for two lines", name=card.contact)
    told = [titled(words.t("About"), card.about)] if card.about else []
    blocks = [header(title), *told, titled(words.t("The question"), card.ask.question)]
    if card.is_open:
        blocks.append(actions(button(words.t("Withdraw it"), WITHDRAW, card.ask.id)))
    return Message(title, [*blocks, note(_told_to_asker(card, words))])


def _told_to_asker(card: LinesAsked, words: Words) -> str:
    name = card.contact
    match card.ask.state:
        case LinesState.ANSWERED:
            return words.t("{name} wrote two lines; they are in your messages.", name=name)
        case LinesState.WITHDRAWN:
            return words.t("Withdrawn. {name} reads that you need it no more.", name=name)
        case LinesState.ASKED if card.is_open:
            day = words.day(words.today(card.ask.expires_at))
            return words.t(
                "{name} may answer until {day}, or simply not. Until then there is nothing for you to do.",
                name=name,
                day=day,
            )
    return words.t(
        "{name} did not answer this time. That can have many reasons; you may ask somebody else.", name=name
    )
