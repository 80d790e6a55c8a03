"""The next talk: the form that plans or moves it, its card, and the question afterwards."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.domain.ids import TalkId
from bot.domain.members import Member
from bot.domain.talks import NextTalk, Talk, TalkLength, TalkPlan, TalkState
from bot.slack.blocks import Message, actions, button, confirm, header, note, section
from bot.slack.fields import Day, FieldList, OneOf, Time
from bot.slack.forms import Values, form
from bot.slack.home.commands import run_button
from bot.slack.programme.pairs import chosen_pair, pair_field
from bot.usecases.rhythm.talks import PlanTalk, TalkCard, TalkForm, TalkQuestion
from bot.words import Words

PLAN = "talk.plan"
NEW = "talk.new"
MOVE = "talk.move"
CANCEL = "talk.cancel"
CALENDAR = "talk.calendar"
HELD = "talk.held"
MISSED = "talk.missed"
TELL = "talk.tell"


def _lengths(words: Words) -> list[tuple[str, TalkLength]]:
    return [(words.t("{count} minutes", count=words.number(int(length))), length) for length in TalkLength]


FORM = FieldList(
    TalkPlan,
    (
        Day("day", lambda w: w.t("On which day?")),
        Time(
            "at",
            lambda w: w.t("At what time, on your own clock?"),
            hint=lambda w: w.t("Left empty, it is the time of your check-ins."),
        ),
        OneOf("length", lambda w: w.t("How long?"), TalkLength, _lengths),
    ),
)


def talk_form(data: TalkForm, words: Words) -> View:
    """Day, time and length, all filled in already."""
    first = data.pairs[0]
    several = len(data.pairs) > 1
    partner = words.t("the one you talk with") if several else words.names(first.names)
    follows = words.t("You both get it on your own clocks, and a short brief half an hour before.")
    return form(
        PLAN,
        words.t("Move the talk") if data.moves else words.t("Your next talk"),
        [
            *_whether_sure(data, words),
            *pair_field(words.t("With whom?"), data.pairs, first.pair_id, words),
            *FORM.inputs(FORM.draft(data.plan, words), words),
            note("\n".join([follows, words.t("Seen by: you and {name}.", name=partner)])),
        ],
        submit=_submit(data, words),
        close=words.t("Cancel"),
        metadata={
            "pair_id": first.pair_id,
            "talk_id": data.moves,
            "sure": data.starts_at.isoformat() if data.starts_at else "",
        },
    )


def parse_talk(values: Values) -> PlanTalk:
    moves = values.metadata.get("talk_id")
    sure = str(values.metadata.get("sure") or "")
    return PlanTalk(chosen_pair(values), FORM.read(values), TalkId(moves) if moves else None, sure)


def talk_card(card: TalkCard, words: Words) -> Message:
    """When it is, on both clocks, or what became of it."""
    if card.talk.state is not TalkState.PLANNED:
        text = _became(card.talk, words)
        return Message(text, [section(text), *_plan_again(card.talk, words)])
    title = words.t("Your next talk with {names}", names=_partner_names(card.partners, words))
    when = _when_planned(card.talk, words)
    blocks: list[Block] = [header(title), section("\n".join([when, *_other_clocks(card, words)]))]
    if card.to_come:
        blocks += [actions(*_card_buttons(card.talk, words)), note(_what_follows(card, words))]
    return Message(f"{title}: {when}", blocks)


def talks_message(cards: Sequence[TalkCard], words: Words) -> Message:
    """What is planned, each with what can be done, and the way to plan another."""
    shown = [talk_card(card, words) for card in cards]
    another = actions(button(words.t("Plan another talk"), NEW))
    blocks = [block for one in shown for block in one.blocks]
    return Message("\n".join(one.text for one in shown), [*blocks, another])


def talk_question(question: TalkQuestion, words: Words) -> Message:
    """Three answers, none of them wrong; then what was said, and what can follow."""
    talk, names = question.talk, words.names(question.partners)
    if talk.state is not TalkState.PLANNED:
        return _said_to_it(talk, words)
    text = words.t("Did you talk with {names}?", names=names)
    planned = words.t("It was planned for {moment}.", moment=words.moment(talk.starts_at))
    buttons = actions(
        button(words.t("Yes"), HELD, talk.id, style="primary"),
        button(words.t("Moved"), MOVE, talk.id),
        button(words.t("Not this time"), MISSED, talk.id),
    )
    why = words.t("You two planned it here. A yes counts as the check-in of you both; I ask once.")
    return Message(text, [header(text), section(planned), buttons, note(why)])


def next_talk_text(talk: NextTalk, words: Words) -> str:
    """When two talk next: the moment, or only the day where no hour is known."""
    if talk.at is not None:
        return words.moment(talk.at)
    return words.day(talk.named) if talk.named is not None else ""


def plan_button(words: Words) -> ButtonElement:
    """The same as typing /loop talk: the form, or what is planned already."""
    return run_button(words.t("Plan the next talk"), "talk")


def _whether_sure(data: TalkForm, words: Words) -> list[Block]:
    """What time it would be for whom, where that is outside their hours; what was filled in stands below."""
    if data.starts_at is None:
        return []
    told = [
        words.t(
            "For {name} that is {moment}, outside their usual hours.",
            name=one.name,
            moment=replace(words, tz=one.tz).moment(data.starts_at),
        )
        for one in data.outside
    ]
    asked = words.t("Nothing is planned yet. Choose another time, or plan it all the same.")
    return [section("\n".join([*told, asked]))]


def _submit(data: TalkForm, words: Words) -> str:
    if data.starts_at is not None:
        return words.t("Plan it all the same")
    return words.t("Move it") if data.moves else words.t("Plan it")


def _said_to_it(talk: Talk, words: Words) -> Message:
    text = _became(talk, words)
    if talk.state is TalkState.HELD:
        told = [] if talk.session_id else [button(words.t("What do you take away?"), TELL, talk.id)]
        return Message(text, [section(text), *([actions(*told)] if told else [])])
    return Message(text, [section(text), *_plan_again(talk, words)])


def _became(talk: Talk, words: Words) -> str:
    """What became of a talk that is not to come any more."""
    moment = words.moment(talk.starts_at)
    match talk.state:
        case TalkState.HELD:
            return words.t(
                "You two talked ({moment}), and that counts as this round's check-in.", moment=moment
            )
        case TalkState.MOVED:
            return words.t("The talk of {moment} was moved; the new one stands below.", moment=moment)
        case TalkState.MISSED:
            return words.t("The talk of {moment} did not come to be, and that happens.", moment=moment)
        case _:
            return words.t("The talk of {moment} was called off.", moment=moment)


def _plan_again(talk: Talk, words: Words) -> list[Block]:
    """The way to another one, where this one makes room for none."""
    if talk.state in (TalkState.MISSED, TalkState.CANCELLED):
        return [actions(plan_button(words))]
    return []


def _when_planned(talk: Talk, words: Words) -> str:
    return words.t(
        "{moment}, {minutes} minutes", moment=words.moment(talk.starts_at), minutes=words.number(talk.minutes)
    )


def _other_clocks(card: TalkCard, words: Words) -> list[str]:
    """The same moment for each partner whose clock shows another time."""
    mine = words.moment(card.talk.starts_at)
    theirs = [(one.name, replace(words, tz=one.tz).moment(card.talk.starts_at)) for one in card.partners]
    return [
        words.t("For {name} that is {moment}.", name=name, moment=moment)
        for name, moment in theirs
        if moment != mine
    ]


def _what_follows(card: TalkCard, words: Words) -> str:
    """Who planned it, and what comes by itself."""
    planned = words.t("You planned it.") if card.mine else words.t("{name} planned it.", name=card.planner)
    brief = words.t("Half an hour before, you both get a short brief.") if card.talk.has_brief else ""
    asked = words.t("Afterwards I ask once whether you talked. Seen by: you two.")
    return " ".join(filter(None, (planned, brief, asked)))


def _card_buttons(talk: Talk, words: Words) -> tuple[ButtonElement, ...]:
    sure = confirm(words, words.t("Your partner reads that it was called off."), words.t("Call it off"))
    return (
        button(words.t("Move"), MOVE, talk.id),
        button(words.t("Call it off"), CANCEL, talk.id, confirm=sure),
        button(words.t("For my calendar"), CALENDAR, talk.id),
    )


def _partner_names(partners: Iterable[Member], words: Words) -> str:
    return words.names(partner.name for partner in partners)
