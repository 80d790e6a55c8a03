"""Every kind of message that Pairloop posts, and by which of them each ritual asks.

`bot.slack.delivery.messages` has the words for each.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bot.domain.ids import ExperimentId, ResultId, TalkId
from bot.domain.nudges import OF_THE_RHYTHM, RULES, About, Nudge, Occurrence, OnPause, Ritual
from bot.ports import Tx
from bot.usecases.home import greetings
from bot.usecases.loop import (
    charts,
    experiment_cards,
    goals,
    goals_beginning,
    hints,
    ladders,
    milestones,
    observations,
    quotes,
    replies_cards,
    responses,
    results,
    results_sticking,
    setbacks,
    suggestion_cards,
    two_lines,
    two_lines_answering,
    wins_channel,
)
from bot.usecases.loop.drifts import ask_whether_it_still_is
from bot.usecases.loop.reuse_reports import tell_report_with_check_in
from bot.usecases.outgoing import Message, born
from bot.usecases.people import admins, admins_failures, pauses
from bot.usecases.programme import (
    charters,
    cohorts,
    feeds,
    figures,
    figures_report,
    pairs_consent,
    pairs_ending,
    pairs_leaving,
    pairs_replaced,
    pairs_until,
    pairs_writing,
    profiles_joining,
    requests,
)
from bot.usecases.programme.charters_offering import offer_charter
from bot.usecases.repository import closings, insight_cards, looks, portfolios, portfolios_record
from bot.usecases.rhythm import (
    asks,
    checkin_cards,
    checkins_heads_up,
    digests,
    owed_replies_messages,
    repairs_messages,
    repairs_rhythm,
    reviews_messages,
    rhythms,
    sessions,
    talks,
    talks_brief,
)
from bot.usecases.rhythm.saved_searches import tell_with_check_in


@dataclass(frozen=True)
class Question:
    """How a ritual asks; what else holds for it stands in `bot.domain.nudges`.

    Args:
        message: what is posted when the occasion comes.
        reminder: what is posted the day after to who has not answered; None asks once.
        instead: what is posted in its place to who has let some pass.
        looking_back: what is posted in its place once in a month, and in a quarter.
        prepare: what else is to be kept, in the transaction in which the first message is sent.
        source: names what the occasion belongs to, the same in every copy of the database (see `enqueue_post`).
    """

    message: Message[Any]
    reminder: Message[Any] | None
    source: Callable[[Tx, Occurrence], str]
    prepare: Callable[[Tx, Occurrence, Nudge], None] | None = None
    instead: Message[Any] | None = None
    looking_back: Message[Any] | None = None

    @property
    def messages(self) -> list[Message[Any]]:
        return [
            one for one in (self.message, self.reminder, self.instead, self.looking_back) if one is not None
        ]

    def message_of(self, nudge: Nudge) -> Message[Any]:
        """How this nudge asks."""
        other = self.instead if nudge.repair else self.reminder if nudge.step else None
        if nudge.review_id is not None:
            other = self.looking_back
        return other or self.message


def _source_pair(tx: Tx, occurrence: Occurrence) -> str:
    return born(occurrence.pair_id, tx.pairs.get(occurrence.pair_id).asked_at)


def _source_result(tx: Tx, occurrence: Occurrence) -> str:
    source = ResultId(occurrence.source_id)
    return born(source, tx.results.get(source).created_at)


def _source_talk(tx: Tx, occurrence: Occurrence) -> str:
    source = TalkId(occurrence.source_id)
    return born(source, tx.talks.get(source).created_at)


def _source_experiment(tx: Tx, occurrence: Occurrence) -> str:
    source = ExperimentId(occurrence.source_id)
    return born(source, tx.experiments.get(source).created_at)


def _with_check_in(tx: Tx, occurrence: Occurrence, nudge: Nudge) -> None:
    ask_whether_it_still_is(tx, occurrence, nudge)
    offer_charter(tx, occurrence, nudge)
    tell_with_check_in(tx, occurrence, nudge)
    tell_report_with_check_in(tx, occurrence, nudge)


QUESTIONS: dict[Ritual, Question] = {
    Ritual.CHECK_IN: Question(
        checkin_cards.ASK,
        reminder=checkin_cards.REMINDER,
        source=_source_pair,
        prepare=_with_check_in,
        instead=repairs_messages.ASK,
        looking_back=reviews_messages.ASK,
    ),
    Ritual.FOLLOW_UP: Question(results.ASK, reminder=None, source=_source_experiment),
    Ritual.BRIEF: Question(talks_brief.BRIEF, reminder=None, source=_source_talk),
    Ritual.TALK: Question(talks.ASK, reminder=None, source=_source_talk),
    Ritual.STICK: Question(results_sticking.ASK, reminder=None, source=_source_result),
}

MESSAGES: dict[str, Message[Any]] = {
    message.name: message
    for message in (
        *(message for question in QUESTIONS.values() for message in question.messages),
        repairs_messages.NUDGED,
        repairs_rhythm.RARER,
        reviews_messages.CARD,
        asks.CARD,
        asks.ANSWERED,
        owed_replies_messages.REMINDER,
        owed_replies_messages.OFFER,
        digests.DIGEST,
        asks.SENT,
        sessions.CARD,
        rhythms.CARD,
        talks.CARD,
        goals.CARD,
        goals.REACHED,
        goals_beginning.WAYS,
        ladders.ROUND,
        milestones.CARD,
        checkin_cards.CARD,
        checkin_cards.SKIPPED,
        checkins_heads_up.HEADS_UP,
        experiment_cards.CARD,
        hints.ADDED,
        suggestion_cards.CARD,
        setbacks.NEWS,
        results.CARD,
        charts.SHOWN,
        responses.CARD,
        responses.SENT,
        responses.SEEN,
        replies_cards.CARD,
        observations.CARD,
        observations.SENT,
        quotes.CARD,
        two_lines.CARD,
        two_lines_answering.CARD,
        two_lines_answering.SENT,
        insight_cards.CARD,
        insight_cards.CONSENT,
        closings.THANKS,
        portfolios.MADE,
        *portfolios_record.PAGES.values(),
        pairs_consent.CONSENT,
        pairs_consent.WELCOME,
        pairs_consent.STARTED,
        pairs_consent.NOT_NOW,
        wins_channel.ASK,
        wins_channel.POST,
        pairs_consent.UNANSWERED,
        pairs_ending.ENDED,
        pairs_leaving.LEFT,
        pairs_replaced.REPLACED,
        charters.CARD,
        pairs_until.NAMED,
        pairs_until.ASKED,
        pairs_writing.WRITTEN,
        pairs_ending.RESTS,
        pairs_ending.NEEDS_PARTNER,
        requests.CARD,
        profiles_joining.INVITED,
        cohorts.SAMPLE,
        figures.CHARTS,
        *figures_report.PAGES.values(),
        feeds.TROUBLE,
        looks.LOOKED,
        admins.ADDED,
        admins_failures.FAILED,
        pauses.AWAY,
        greetings.HELLO,
        greetings.WELCOME_BACK,
    )
}


def is_in_channel(kind: str) -> bool:
    """Whether messages of this kind stand in a channel; what a newer Pairloop left behind does not."""
    message = MESSAGES.get(kind)
    return message is not None and message.in_channel


def require_whole(rituals: Iterable[Ritual]) -> None:
    """Raise unless each ritual says what holds for it and how it asks, and the two fit together."""
    for ritual in rituals:
        if ritual not in RULES:
            raise RuntimeError(f"bot/domain/nudges.py does not say what holds for the ritual {ritual}")
        if ritual not in QUESTIONS:
            raise RuntimeError(f"bot/usecases/messages.py does not say how the ritual {ritual} asks")
        rules, messages = RULES[ritual], QUESTIONS[ritual].messages
        if rules.passes_aloud and (rules.about is About.SOURCE or any(m.of_use is None for m in messages)):
            raise RuntimeError(
                f"{ritual} passes aloud, but its messages are about something else or never updated"
            )
        if rules.on_pause is OnPause.FORGET and ritual not in OF_THE_RHYTHM:
            raise RuntimeError(f"{ritual} is forgotten in a pause, and nothing would plan it anew")
