"""The messages about a check-in: the question and what becomes of it, and the answer for the mentor."""

from slack_sdk.models.blocks import Block, InteractiveElement

from bot.domain.checkins import CheckInSource, headline
from bot.domain.nudges import OccurrenceState
from bot.domain.stored import EntryKind
from bot.slack.blocks import Message, actions, button, fields, header, note, section, titled
from bot.slack.loop.drifts import doubt_blocks
from bot.slack.loop.next_steps import discuss_button, try_button
from bot.slack.loop.patterns import pattern_blocks
from bot.slack.loop.results import adherence, happened_buttons
from bot.slack.loop.reuse_reports import report_line
from bot.slack.privacy import preview_menu
from bot.slack.programme.charters import charter_button
from bot.slack.rhythm.checkins import ANSWER, DISCUSS, FORM, LATER, NOTHING_NEW, UNDISCUSS, later_menu
from bot.slack.rhythm.checkins_shelf import shelf_blocks
from bot.slack.rhythm.checkins_two_ways import ways_title
from bot.slack.rhythm.pieces import piece_blocks
from bot.slack.rhythm.pulses import pulse_blocks
from bot.slack.rhythm.rhythms import rhythm
from bot.slack.rhythm.saved_searches import new_for_saved
from bot.usecases.rhythm.checkin_cards import Answered, CheckInAsk, CheckInCard, OpenCard, SkipNote
from bot.words import Words


def check_in_ask(ask: CheckInAsk, words: Words) -> Message:
    """The question, or how it stands by now."""
    match ask.state:
        case OccurrenceState.OPEN:
            return _pack_question(ask, words)
        case OccurrenceState.ANSWERED:
            return _saved(ask, words)
        case OccurrenceState.SKIPPED:
            return _over(ask, _skipped(ask, words), words)
    passed = words.t("This check-in has passed; the next is {moment}.", moment=words.moment(ask.next_at))
    return _over(ask, passed, words)


def check_in_card(card: CheckInCard, words: Words) -> Message:
    """The answer as the mentor reads it."""
    title = words.t("{name}'s check-in", name=card.owner)
    seen_by = words.t("Seen by: {name} and you.", name=card.owner)
    small = note("\n".join([*_waits_for_a_talk(card.answer, words), seen_by]))
    told = [header(title), *_answer_blocks(card.answer, words), small]
    return Message(title, [*told, *piece_blocks(card.piece, words)])


def skip_note(skip: SkipNote, words: Words) -> Message:
    text = words.t(
        "{name} skips the check-in of {day}: {reason}",
        name=skip.owner,
        day=words.day(skip.occurrence.day),
        reason=skip.reason,
    )
    return Message(text, [section(text), note(words.t("Seen by: {name} and you.", name=skip.owner))])


def _pack_question(ask: CheckInAsk, words: Words) -> Message:
    mentor = words.names(ask.mentors)
    if ask.last:
        title = words.t("Your check-in with {mentor} is still open", mentor=mentor)
    else:
        title = words.t("Check-in with {mentor}, two minutes", mentor=mentor)
    buttons = actions(
        button(words.t("Answer"), ANSWER, ask.occurrence.id, style="primary"),
        button(words.t("Nothing new"), NOTHING_NEW, ask.occurrence.id),
        button(words.t("Later"), LATER, ask.occurrence.id),
        later_menu(ask.occurrence.id, words),
    )
    cards = [block for card in ask.cards for block in _try_blocks(card, words)]
    asked = [
        header(title),
        *cards,
        buttons,
        *riding_blocks(ask, words),
    ]
    return Message(title, [*asked, note("\n".join(_why(ask, words))), *pulse_blocks(ask.pulse, words)])


def riding_blocks(ask: CheckInAsk, words: Words) -> list[Block]:
    """All that rides on a question, whether it is a check-in or what takes its place."""
    return [*doubt_blocks(ask.doubt, words), *_charter(ask, words), *_beside(ask, words)]


def _charter(ask: CheckInAsk, words: Words) -> list[Block]:
    """Offered once, in the first round."""
    if not ask.offers_charter:
        return []
    text = words.t(
        "You two could agree on how you work: how often you talk, and what each expects. Two minutes."
    )
    return [section(text, charter_button(ask.occurrence.pair_id, words))]


def _beside(ask: CheckInAsk, words: Words) -> list[Block]:
    """What rides along, for whoever has no digest."""
    return [*new_for_saved(ask.saved, words), *report_line(ask.report, words)]


def _why(ask: CheckInAsk, words: Words) -> list[str]:
    """Why it came, and what silence means."""
    chosen = why_it_came(ask, words)
    if ask.put_off is not None:
        return [chosen, words.t("I ask again on {moment}.", moment=words.moment(ask.put_off))]
    if ask.again and not ask.last:
        return [chosen, words.t("No answer is fine; I ask once more tomorrow.")]
    once = words.t("No answer is fine; I do not ask again about this one.")
    if ask.last or not ask.quiet:
        return [chosen, once]
    return [
        chosen,
        once,
        words.t("It has been quiet, so I ask less. Your next answer brings the old rhythm back."),
    ]


def _try_blocks(card: OpenCard, words: Words) -> list[Block]:
    """What is tried in one line; what is due with the question whether it happened, as it is asked alone."""
    if card.told and card.adherence is not None:
        told = words.t(
            "“{behaviour}”: {answer}.", behaviour=card.behaviour, answer=adherence(card.adherence, words)
        )
        return [section(told)]
    line = section(_open_card(card, words))
    if not card.asked or card.experiment is None:
        return [line]
    return [line, happened_buttons(card.experiment, words), *_noted(card, words)]


def _noted(card: OpenCard, words: Words) -> list[Block]:
    if card.adherence is None:
        return []
    answer = adherence(card.adherence, words)
    return [note(words.t("Noted: {answer}. You can still change it.", answer=answer))]


def due_blocks(ask: CheckInAsk, words: Words) -> list[Block]:
    """What is still to be told, or was told with it, also once the check-in itself is over."""
    return [block for card in ask.cards if card.asked or card.told for block in _try_blocks(card, words)]


def why_it_came(ask: CheckInAsk, words: Words) -> str:
    """Whose rhythm it is."""
    if ask.own_rhythm is not None:
        return words.t("Your own rhythm: {rhythm}.", rhythm=rhythm(ask.own_rhythm, words))
    return words.t(
        "The rhythm of your cohort {name}: {rhythm}.",
        name=ask.cohort.name,
        rhythm=rhythm(ask.cohort.cadence, words),
    )


def _open_card(card: OpenCard, words: Words) -> str:
    if card.days_left < 0:
        return words.t("“{behaviour}”: its time is up", behaviour=card.behaviour)
    if card.days_left == 0:
        return words.t("“{behaviour}”: today is the last day", behaviour=card.behaviour)
    return words.n(
        "“{behaviour}”: {count} day left",
        "“{behaviour}”: {count} days left",
        card.days_left,
        behaviour=card.behaviour,
    )


def _saved(ask: CheckInAsk, words: Words) -> Message:
    following = words.t("The next check-in is {moment}.", moment=words.moment(ask.next_at))
    if ask.answer is None:
        text = words.t("You two talked, and that counts as this check-in.")
        due = [*due_blocks(ask, words), *_beside(ask, words)]
        return Message(text, [section(text), *due, note(following)])
    title = words.t("Your check-in is saved")
    seen_by = words.t("Seen by: you and {mentor}.", mentor=words.names(ask.mentors))
    until = words.t("You can change it until then.")
    return Message(
        title,
        [
            header(title),
            *_answer_blocks(ask.answer, words),
            actions(*_saved_buttons(ask, ask.answer, words)),
            *due_blocks(ask, words),
            *doubt_blocks(ask.doubt, words),
            *_charter(ask, words),
            *pattern_blocks(ask.pattern, words),
            *_beside(ask, words),
            *([] if ask.doubt else shelf_blocks(ask.shelf, ask.answer.check_in.id, words)),
            *([] if ask.doubt or ask.pattern else piece_blocks(ask.piece, words)),
            note("\n".join([*_waits_for_a_talk(ask.answer, words), seen_by, following, until])),
            *pulse_blocks(ask.pulse, words),
        ],
    )


def _saved_buttons(ask: CheckInAsk, answer: Answered, words: Words) -> list[InteractiveElement]:
    """What leads on; where a goal is asked about, that comes first and stands alone."""
    change = button(words.t("Change my answer"), ANSWER, ask.occurrence.id)
    if ask.doubt is not None:
        return [change]
    new = [try_button(ask.next_try, words)] if ask.next_try else []
    id_, there = answer.check_in.id, answer.on_agenda
    said = bool(headline(answer.check_in))
    talk = [discuss_button(DISCUSS, UNDISCUSS, id_, words, there=there)] if said or there else []
    preview = [preview_menu(EntryKind.CHECK_IN, id_, words)] if said else []
    return [*new, change, *talk, *preview]


def _waits_for_a_talk(answer: Answered, words: Words) -> list[str]:
    return [words.t("On the agenda for your next talk.")] if answer.on_agenda else []


def _answer_blocks(answer: Answered, words: Words) -> list[Block]:
    check_in = answer.check_in
    steps = [(words.t("Done"), "\n".join(answer.done)), (words.t("Let go"), "\n".join(answer.dropped))]
    asked = FORM.saying("question_answer", card=lambda w: ways_title(check_in.question, w) or answer.question)
    told = asked.told(check_in, words, before={"next_step": steps})
    if check_in.source is CheckInSource.NOTHING_NEW:
        return [section(words.t("Nothing new this time, and that counts."))]
    return [titled(name, text) if name else section(text) for name, text in told]


def _skipped(ask: CheckInAsk, words: Words) -> str:
    following = words.moment(ask.next_at)
    return words.t("Skipped, and that is fine. The next check-in is {moment}.", moment=following)


def _over(ask: CheckInAsk, text: str, words: Words) -> Message:
    change = button(words.t("Answer after all"), ANSWER, ask.occurrence.id)
    seen_by = words.t("An answer is seen by: you and {mentor}.", mentor=words.names(ask.mentors))
    told = [fields((words.t("Your reason"), ask.reason))] if ask.reason else []
    rest = [*due_blocks(ask, words), actions(change), *_beside(ask, words)]
    return Message(text, [section(text), *told, *rest, note(seen_by)])
