"""The brief half an hour before a talk: what waits for it, and where each of the two stands."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.slack.blocks import Message, actions, and_more, button, clip, fields, header, note, section, titled
from bot.slack.rhythm.briefs import brief_message, brief_on
from bot.slack.rhythm.talks import MOVE
from bot.usecases.rhythm.talks_brief import TalkBrief
from bot.words import Words

LINE, LISTED = 150, 5


def talk_brief(brief: TalkBrief, words: Words) -> Message:
    """One minute of reading; whoever mentors finds the brief on each whom they mentor."""
    talk = brief.card.talk
    names = words.names(partner.name for partner in brief.card.partners)
    title = words.t("Soon: your talk with {names}", names=names)
    when = words.t(
        "{moment}, {minutes} minutes", moment=words.moment(talk.starts_at), minutes=words.number(talk.minutes)
    )
    blocks: list[Block] = [header(title), section(when), *_mine(brief, words), *_agenda(brief, words)]
    blocks += _on_mentees(brief, words)
    blocks.append(actions(button(words.t("Move"), MOVE, talk.id)))
    why = words.t("It comes because you two planned this talk. Only you see it.")
    return Message(f"{title}: {when}", [*blocks, note(why)])


def _mine(brief: TalkBrief, words: Words) -> list[Block]:
    """What a mentee may want to tell of."""
    rows = [(words.t("Your goal"), clip(brief.goal.text, LINE))] if brief.goal else []
    rows += [(words.t("Open now"), clip(one.behaviour, LINE)) for one in brief.open_now]
    return [fields(*rows)] if rows else []


def _on_mentees(brief: TalkBrief, words: Words) -> Sequence[Block]:
    """The brief on a mentee; of a circle, whose briefs would be longer than a message, a button for each."""
    match brief.briefs:
        case ():
            return []
        case (one,):
            return brief_message(one, words).blocks
    mentees = {one.mentee.user_id: one.mentee for one in brief.briefs}
    return [actions(*map(brief_on, mentees.values()))]


def _agenda(brief: TalkBrief, words: Words) -> list[Block]:
    """What waits for the talk; the brief on a mentee lists it, too."""
    if brief.briefs:
        return []
    if not brief.agenda:
        return [section(words.t("Nothing is on your agenda yet. What would you like to bring?"))]
    lines = [f"• {clip(line, LINE)}" for line in brief.agenda[:LISTED]]
    lines += and_more(len(brief.agenda) - LISTED, words)
    return [titled(words.t("On your agenda:"), "\n".join(lines))]
