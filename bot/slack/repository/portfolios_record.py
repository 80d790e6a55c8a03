"""A mentor's own record, for themselves: a line each."""

from datetime import timedelta
from decimal import Decimal

from bot.domain.portfolios_record import Record
from bot.slack.blocks import Message, fields, header, note, section
from bot.words import Words

TENTH_OF_AN_HOUR = timedelta(minutes=6)


def record_message(record: Record, words: Words) -> Message:
    """What they gave; nobody else is shown it."""
    title = words.t("What you gave as a mentor")
    if record.is_empty:
        text = words.t(
            "Here stands what comes of your pairs: tries told, talks, thanks. It begins with the first."
        )
        return Message(title, [header(title), section(text), note(words.t("Only you see this."))])
    rows = [
        (words.t("Pairs"), words.number(record.pairs)),
        (words.t("Thanks that you received"), words.number(record.thanks)),
        (words.t("Rounds closed, tried and told"), words.number(record.loops)),
        (words.t("Talks"), words.number(record.talks)),
    ]
    if hours := Decimal(round(record.planned / TENTH_OF_AN_HOUR)) / 10:
        rows.append((words.t("Hours in planned talks"), words.number(hours)))
    counted = words.t(
        "Counted over your pairs, also those that ended, but not where somebody took your place. No word of your "
        "mentees stands in it."
    )
    return Message(title, [header(title), fields(*rows), note(f"{counted}\n{words.t('Only you see this.')}")])
