"""Every kind of message that Pairloop posts; `bot.slack.delivery.messages` has the words for each."""

from typing import Any

from bot.usecases.delivery.outgoing import Message
from bot.usecases.loop import experiment_cards, goals, hints, responses, results
from bot.usecases.people import admins, greetings
from bot.usecases.programme import cohorts, pairs_consent, pairs_ending
from bot.usecases.repository import insight_cards
from bot.usecases.rhythm import asks, checkin_cards, sessions

MESSAGES: dict[str, Message[Any]] = {
    message.name: message
    for message in (
        asks.CARD,
        asks.ANSWERED,
        sessions.CARD,
        goals.CARD,
        goals.REACHED,
        checkin_cards.ASK,
        checkin_cards.REMINDER,
        checkin_cards.CARD,
        checkin_cards.SKIPPED,
        experiment_cards.CARD,
        hints.ADDED,
        results.ASK,
        results.CARD,
        responses.CARD,
        responses.SEEN,
        insight_cards.CARD,
        insight_cards.CONSENT,
        pairs_consent.CONSENT,
        pairs_consent.WELCOME,
        pairs_consent.STARTED,
        pairs_consent.NOT_NOW,
        pairs_consent.UNANSWERED,
        pairs_ending.ENDED,
        pairs_ending.RESTS,
        pairs_ending.NEEDS_PARTNER,
        cohorts.SAMPLE,
        admins.ADDED,
        greetings.HELLO,
    )
}
