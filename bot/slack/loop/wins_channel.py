"""Small wins in a channel: what everybody there reads, and what those who are named are asked before."""

from slack_sdk.models.blocks import Block, InteractiveElement

from bot.domain.errors import NotOurs
from bot.domain.ids import WinConsentId
from bot.domain.wins_channel import Answer
from bot.slack.blocks import Message, actions, button, header, note, section, titled
from bot.slack.payloads import id_in
from bot.usecases.loop.wins_channel import WinAsked, WinLine, WinsTold
from bot.words import Words

YES = "win_consent.yes"
NO = "win_consent.no"


def wins_told(told: WinsTold, words: Words) -> Message:
    """All that is shared this week in one message; once all of it was taken back, only that."""
    title = words.t("Small wins in {cohort}", cohort=told.cohort)
    if not told.lines:
        gone = words.t("What stood here was taken back.")
        return Message(gone, [section(gone)])
    return Message(title, [header(title), *(line_block(line, words) for line in told.lines)])


def line_block(line: WinLine, words: Words) -> Block:
    """Exactly as it stands in the channel; also where somebody is asked about it, and before."""
    if not line.named:
        return titled(line.writer, line.text)
    return titled(
        words.t("{name} (with {names})", name=line.writer, names=words.names(line.named)), line.text
    )


def win_asked(asked: WinAsked, words: Words) -> Message:
    """The question with the exact words; later how it stands."""
    title = words.t(
        "{name} would like to share a small win in #{channel}", name=asked.writer, channel=asked.channel
    )
    if not asked.is_open:
        over = words.t("This small win is not asked about any more, and does not stand in the channel.")
        return Message(over, [section(over)])
    line = WinLine(asked.writer, asked.consent.text, (words.t("you"), *asked.others))
    return Message(
        title,
        [
            section(title),
            line_block(line, words),
            section(_question_of(asked, words)),
            actions(*_consent_buttons(asked, words)),
            note(_what_follows(asked, words)),
        ],
    )


def parse_consent(value: object) -> tuple[WinConsentId, int]:
    """Which consent, and the words that were read. Raises NotOurs for what none of our buttons carries."""
    consent, _, win = str(value).partition(":")
    if not win:
        raise NotOurs("win")
    return WinConsentId(id_in(consent)), id_in(win)


def _what_follows(asked: WinAsked, words: Words) -> str:
    if not asked.others:
        return words.t(
            "Only if you agree to these words. {name} sees whether it comes to stand there, and other words are asked "
            "about anew. Seen then by: everybody in the channel.",
            name=asked.writer,
        )
    return words.t(
        "Only if everybody who is named agrees to these words. Nobody is told who did not, and other words "
        "are asked about anew. Seen then by: everybody in the channel."
    )


def _question_of(asked: WinAsked, words: Words) -> str:
    if asked.consent.answer is Answer.YES:
        return words.t("You agreed. You can take that back at any time, also once it stands there.")
    return words.t("You are named in it. May it stand there like this?")


def _consent_buttons(asked: WinAsked, words: Words) -> list[InteractiveElement]:
    value = f"{asked.consent.id}:{asked.consent.channel_win_id}"
    if asked.consent.answer is Answer.YES:
        return [button(words.t("Take my yes back"), NO, value)]
    return [
        button(words.t("Yes, gladly"), YES, value, style="primary"),
        button(words.t("Rather not"), NO, value),
    ]
