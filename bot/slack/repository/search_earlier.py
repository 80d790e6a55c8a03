"""What somebody wrote of before, shown once in the place of the form that they have just sent."""

from bot.slack.blocks import Message, clip, note, section
from bot.slack.repository.search import open_button
from bot.usecases.repository.search_earlier import Recalled
from bot.words import Words

TITLE_LIMIT = 200  # characters


def recalled_message(recalled: Recalled, words: Words) -> Message:
    """That it was sent, and the earlier story with the way to it."""
    sent = words.t("It is sent. There is nothing else for you to do.")
    day = words.full_day(words.today(recalled.created_at))
    before = words.t(
        "You wrote of this on {day}: “{title}”", day=day, title=clip(recalled.title, TITLE_LIMIT)
    )
    opening = open_button(recalled.kind, recalled.subject_id, recalled.title, words)
    return Message(sent, [section(sent), section(before, opening), note(words.t("Only you see this."))])
