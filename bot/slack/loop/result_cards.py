"""The card of a result, as both of the pair read it."""

from dataclasses import replace

from slack_sdk.models.blocks import Block, ButtonElement, InteractiveElement

from bot.domain.experiments import Experiment
from bot.domain.next_steps import after_result
from bot.domain.owed_replies import OwedKind
from bot.domain.results import Grade, OtherChange, Result, Without
from bot.domain.stored import EntryKind
from bot.domain.wins_sharing import WinOf
from bot.slack.blocks import Message, actions, button, fields, header, newest_answers, note, section
from bot.slack.loop.charts import chart_blocks
from bot.slack.loop.experiment_cards import seen_by
from bot.slack.loop.experiments import REFRAME
from bot.slack.loop.next_steps import discuss_button, said_so_far, try_button
from bot.slack.loop.responses import DISCUSS, OPEN, SEEN, UNDISCUSS
from bot.slack.loop.results import CHANGE, adherence, reading_text
from bot.slack.loop.results import FORM as TOLD
from bot.slack.loop.results_grades import sure_text
from bot.slack.loop.results_sticking import stick_line, stuck_text
from bot.slack.loop.series import number_series_text
from bot.slack.loop.suggestions import AFTER_RESULT
from bot.slack.loop.wins import win_blocks
from bot.slack.privacy import preview_menu
from bot.slack.rhythm.owed_replies_cards import waiting_blocks
from bot.usecases.loop.results import Change, ResultCard
from bot.usecases.rhythm.owed_replies_messages import Waits
from bot.words import Words

TO_INSIGHT = "insight.from_result"
RESPONSES_SHOWN = 5


def result_card(card: ResultCard, words: Words) -> Message:
    """Who, which goal, start and today, what happened, why, how far it carries, and what was answered."""
    title = words.t("Your result") if card.mine else words.t("{name}'s result", name=card.owner)
    blocks: list[Block] = [
        header(title),
        fields(*_result_rows(card, words)),
        *chart_blocks((change.read for change in card.changes if change.read), words),
        *TOLD.stories(card.result, words),
        *newest_answers([(name, one.line) for name, one in card.responses], RESPONSES_SHOWN, words),
        *waiting_blocks(_waits(card), OwedKind.RESULT, mine=card.mine, words=words),
        actions(*(_own_buttons if card.mine else _mentor_buttons)(card, words)),
        *_lines_with_a_button(card, words),
        *_suggesting(card, words),
        *win_blocks(card.win, card.shared, f"{WinOf.RESULT}:{card.result.id}", card, words),
        note("\n".join([*said_so_far(card.thanked, words), _result_note(card, words)])),
    ]
    return Message(f"{title}: {card.experiment.behaviour}", blocks)


def grade_text(result: Result, words: Words) -> str:
    """How far this carries, as people say it; nothing for what was not done."""
    if not result.was_tried:
        return ""
    others = set(result.other_changes) - {OtherChange.NOTHING}
    match result.grade:
        case Grade.TESTED:
            return _tested(result, words)
        case Grade.REPEATED if result.without is Without.WENT_WORSE and not others:
            return words.t("seen again, and it went worse without it")
        case Grade.REPEATED if others:
            return words.t("seen again, and other things changed too")
        case Grade.HUNCH if others:
            return words.t("once so far, and other things changed too")
    return sure_text(result.grade, words)


def _tested(result: Result, words: Words) -> str:
    """Before coins were tossed, it counted as tested when somebody said that it went worse without."""
    if result.without is Without.WENT_WORSE:
        return words.t("tested: it went worse without it")
    return words.t("tested: it was better when a coin said to do it")


def change_text(change: Change, experiment: Experiment, words: Words, *, mine: bool) -> str:
    """What one sign shows, in words."""
    if change.read is None or not change.read.readings:
        return reading_text(change, words)
    return number_series_text(change.read, words, occasions=experiment.coin.occasions, mine=mine)


def _waits(card: ResultCard) -> Waits:
    """What the small line says already, of a result that was seen, is not said twice."""
    return card.waits if card.seen is None else replace(card.waits, promised=None)


def _result_rows(card: ResultCard, words: Words) -> list[tuple[str, str]]:
    result = card.result
    goal = [(words.t("Goal"), card.goal.text)] if card.goal else []
    rows = [
        (words.t("Tried"), card.experiment.behaviour),
        (words.t("When"), card.experiment.situation),
        (words.t("Did it happen?"), adherence(result.adherence, words)),
        *(
            (change.indicator.name, change_text(change, card.experiment, words, mine=card.mine))
            for change in card.changes
            if change.is_told
        ),
        (words.t("How sure is it?"), grade_text(result, words)),
        (words.t("Four weeks later"), stuck_text(result, words)),
        *TOLD.lines(result, words, before={"other_changes": goal}),
    ]
    return [(name, value) for name, value in rows if value]


def _own_buttons(card: ResultCard, words: Words) -> list[InteractiveElement]:
    following = after_result(card.experiment, card.result)
    another = button(words.t("Try another way"), REFRAME, card.experiment.id)
    rest = [] if following.parent_id is not None else [another]
    preview = preview_menu(EntryKind.RESULT, card.result.id, words)
    insight = [] if card.alone else _to_insight(card, words)
    return [try_button(following, words), *insight, *rest, preview]


def _lines_with_a_button(card: ResultCard, words: Words) -> list[Block]:
    """What stands below the row, so that nothing that was one tap before is two."""
    talk = (
        words.t("On the agenda for your next talk.")
        if card.on_agenda
        else words.t("Something to talk about?")
    )
    discuss = discuss_button(DISCUSS, UNDISCUSS, card.result.id, words, there=card.on_agenda)
    lines = [] if card.alone else [section(talk, discuss)]
    if card.mine:
        lines += stick_line(card.result, words)
        change = button(words.t("Change"), CHANGE, card.experiment.id)
        lines.append(section(words.t("If it turned out differently, change what you told."), change))
    return lines


def _to_insight(card: ResultCard, words: Words) -> list[ButtonElement]:
    """What was not done led to nothing yet that somebody could find."""
    if not card.result.was_tried:
        return []
    return [button(words.t("Make it an insight"), TO_INSIGHT, card.result.id)]


def _mentor_buttons(card: ResultCard, words: Words) -> list[InteractiveElement]:
    result = card.result
    buttons: list[InteractiveElement] = [
        button(words.t("Respond"), OPEN, result.id, style=None if card.responses else "primary"),
        *_to_insight(card, words),
    ]
    if not card.responses and card.seen is None:
        day = words.weekday(card.answer_by.weekday())
        buttons.append(button(words.t("Seen, will answer {day}", day=day), SEEN, result.id))
    return buttons


def _suggesting(card: ResultCard, words: Words) -> list[Block]:
    """The mentor's way to propose what comes next: beside a line, since the three buttons are taken."""
    if card.mine:
        return []
    line = words.t("An idea of what {name} could try next?", name=card.owner)
    return [section(line, button(words.t("Suggest a try"), AFTER_RESULT, card.result.id))]


def _result_note(card: ResultCard, words: Words) -> str:
    if card.seen is not None and not card.responses and not card.waits.withdrawn:
        day = words.day(card.waits.promised or card.seen.answer_by)
        if card.mine:
            return words.t(
                "{mentor} has seen it and answers by {day}.", mentor=words.names(card.mentors), day=day
            )
        return words.t("You said that you answer by {day}.", day=day)
    return seen_by(card, words)
