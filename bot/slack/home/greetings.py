"""The answer to somebody who writes to Pairloop as to a person."""

from bot.slack.blocks import Message, actions, section
from bot.slack.home.attention import first_line, lead_button
from bot.slack.home.home import panel_message
from bot.slack.payloads import Body, part_of
from bot.usecases.home.greetings import Greeting, WelcomeBack
from bot.words import Words

# Of the many kinds of messages (docs.slack.dev/reference/events/message), those in which a person says something.
SAID = frozenset({None, "file_share", "me_message", "thread_broadcast"})
SLACKBOT = "USLACKBOT"


def is_said_to_us(body: Body) -> bool:
    """Whether a person wrote in their conversation with us: no app, no change of what is there, nothing of our own."""
    event = part_of(body, "event")
    subtype, user = event.get("subtype"), event.get("user")
    by_app = event.get("bot_id") or event.get("hidden") or user == SLACKBOT
    return bool(event.get("channel_type") == "im" and subtype in SAID and user and not by_app)


def greeting_message(greeting: Greeting, words: Words) -> Message:
    """One kind line, and the panel of /loop."""
    text = words.t(
        "Hello! I do not read what is written here, and keep none of it. The buttons below and /loop do everything."
    )
    return Message(text, [section(text), *panel_message(greeting.home, words).blocks])


def welcome_back(back: WelcomeBack, words: Words) -> Message:
    """One line to somebody whose pause is over."""
    text = words.t("Welcome back. {next}", next=first_line(back.home, words))
    lead = lead_button(back.home, words)
    return Message(text, [section(text), *([actions(lead)] if lead else [])])
