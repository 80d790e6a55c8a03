"""The line on the working day before a check-in, and the one button that skips the round."""

from datetime import timedelta

from bot.domain.nudges import OccurrenceState
from bot.slack.blocks import Message, button, note, section
from bot.usecases.rhythm.checkins_heads_up import HeadsUpNote
from bot.words import Words

SKIP = "checkin.skip_ahead"


def heads_up_message(heads_up: HeadsUpNote, words: Words) -> Message:
    """That it comes; once it was skipped, answered or has passed, that."""
    names, day = words.names(heads_up.mentors), words.day(words.today(heads_up.at))
    match heads_up.state:
        case OccurrenceState.OPEN:
            text = _announced(heads_up, names, day, words)
            why = words.t("You wished for this line in /loop settings. Nothing is missed if you skip it.")
            skip = button(words.t("Skip this time"), SKIP, heads_up.occurrence.id)
            return Message(text, [section(text, skip), note(why)])
        case OccurrenceState.SKIPPED:
            text = words.t(
                "Skipped: your check-in with {names} on {day}. Nothing is missed.", names=names, day=day
            )
        case OccurrenceState.ANSWERED:
            text = words.t("Your check-in with {names} on {day} is answered.", names=names, day=day)
        case OccurrenceState.MISSED:
            text = words.t("Your check-in with {names} on {day} has passed.", names=names, day=day)
    return Message(text, [section(text)])


def _announced(heads_up: HeadsUpNote, names: str, day: str, words: Words) -> str:
    """It says tomorrow only where it is: a weekend or a holiday may lie between."""
    if words.now is not None and words.today(heads_up.at) == words.today(words.now) + timedelta(days=1):
        return words.t("Tomorrow: your check-in with {names}", names=names)
    return words.t("{day}: your check-in with {names}", day=day, names=names)
