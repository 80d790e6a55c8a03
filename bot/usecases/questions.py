"""By which messages each ritual asks; what else holds for it stands in `bot.domain.rituals`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bot.domain.ids import ExperimentId
from bot.domain.nudges import Occurrence, Ritual
from bot.domain.rituals import RULES
from bot.ports import Tx
from bot.usecases.delivery.outgoing import Message, born
from bot.usecases.loop import results
from bot.usecases.rhythm import checkin_cards


@dataclass(frozen=True)
class Question:
    """How a ritual asks.

    Args:
        message: what is posted when the occasion comes.
        reminder: what is posted the day after to who has not answered; None asks once.
        source: names what the occasion belongs to, the same in every copy of the database (see `enqueue_post`).
    """

    message: Message[Any]
    reminder: Message[Any] | None
    source: Callable[[Tx, Occurrence], str]

    def messages(self) -> list[Message[Any]]:
        return [self.message, *([self.reminder] if self.reminder else [])]


def _of_pair(tx: Tx, occurrence: Occurrence) -> str:
    return born(occurrence.pair_id, tx.pairs.get(occurrence.pair_id).asked_at)


def _of_experiment(tx: Tx, occurrence: Occurrence) -> str:
    source = ExperimentId(occurrence.source_id)
    return born(source, tx.experiments.get(source).created_at)


QUESTIONS: dict[Ritual, Question] = {
    Ritual.CHECK_IN: Question(checkin_cards.ASK, reminder=checkin_cards.REMINDER, source=_of_pair),
    Ritual.FOLLOW_UP: Question(results.ASK, reminder=None, source=_of_experiment),
}


def require_whole(messages: Iterable[str]) -> None:
    """Raise unless each ritual says what holds for it and how it asks, with messages that are listed."""
    listed = set(messages)
    for ritual in Ritual:
        if ritual not in RULES:
            raise RuntimeError(f"bot/domain/rituals.py does not say what holds for the ritual {ritual}")
        if ritual not in QUESTIONS:
            raise RuntimeError(f"bot/usecases/questions.py does not say how the ritual {ritual} asks")
        for message in QUESTIONS[ritual].messages():
            if message.name not in listed:
                raise RuntimeError(
                    f"bot/usecases/messages.py does not list {message}, by which {ritual} asks"
                )
