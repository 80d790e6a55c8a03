"""A tap on the pulse that a check-in carries, and the check-in that thanks for it."""

from dataclasses import replace

from bot.domain.ids import OccurrenceId
from bot.ports import Tx
from bot.usecases.outgoing import enqueue_update
from bot.usecases.rhythm.pulses import Tap, tap
from bot.usecases.rhythm.reviews_messages import OF_A_ROUND


def count_taps(tx: Tx, command: Tap) -> OccurrenceId:
    """Raises like `tap`."""
    tapped = tap(tx, command)
    occurrences = tx.as_system().occurrences
    asked = occurrences.update(replace(occurrences.get(tapped)))
    for message in OF_A_ROUND:
        enqueue_update(tx, message, asked.id, version=asked.version)
    return tapped
