"""How much somebody is asked in a rhythm: less, the longer they let it pass, and as before with the first answer.

After two rounds and a fortnight that passed, one question takes the place of the check-in: how the two want to go on.
It is asked once more four weeks later, and then at most once in a quarter, so that a silence never brings more than six
messages in one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import takewhile

from bot.domain.budget import QUARTER
from bot.domain.nudges import OPEN_STATES, Nudge, NudgeState
from bot.domain.pairs import SILENCE, SILENT_ROUNDS

REPAIR_AGAIN = timedelta(days=28)  # until it is asked once more; rounds between the two are left out
REPAIRS = 2  # in a row without an answer: then somebody else is told that the pair could use a hand


@dataclass(frozen=True)
class Pace:
    """How much somebody is asked in a round.

    Args:
        asks: whether this round is asked at all.
        reminds: whether it is asked a second time.
        repair: the how manieth question how to go on, in a row, takes its place; 0 for a check-in.
        announces: whether a line on the day before says that it comes, to whoever wants one.
    """

    asks: bool
    reminds: bool
    repair: int = 0
    announces: bool = False


AS_BEFORE = Pace(asks=True, reminds=True, announces=True)


@dataclass(frozen=True)
class AskedOn:
    """The first question of a round to one member, and the nominal day of the round."""

    day: date
    nudge: Nudge


def pace_after(before: Iterable[AskedOn], day: date) -> Pace:
    """The pace of the round of this nominal day, after these rounds, the newest first.

    What was never sent is neither an answer nor ignored; a pause begins anew.
    """
    known = list(before)
    over = [each for each in known if each.nudge.state not in OPEN_STATES]
    row = [each for each in takewhile(lambda one: _passed(one.nudge), over) if each.nudge.sent_at is not None]
    if not row:  # nothing is said of this one while the last is still to be answered
        return replace(AS_BEFORE, announces=all(each.nudge.state is not NudgeState.SENT for each in known))
    if row[0].nudge.repair:
        return _after_repair(row[0], day, last_was_left_out=over[0] is not row[0])
    if len(row) < SILENT_ROUNDS:
        return Pace(asks=True, reminds=True)
    return Pace(asks=day - row[SILENT_ROUNDS - 1].day >= SILENCE, reminds=False, repair=1)


def _after_repair(last: AskedOn, day: date, *, last_was_left_out: bool) -> Pace:
    """Nothing more until it is asked again; after the second one at most in every second round."""
    if last.nudge.repair < REPAIRS:
        asks = day - last.day >= REPAIR_AGAIN
    else:
        asks = last_was_left_out and day - last.day >= QUARTER
    return Pace(asks=asks, reminds=False, repair=last.nudge.repair + 1)


def is_stuck(questions: Iterable[Nudge]) -> bool:
    """Whether the last of these first questions to one member asked how to go on, not for the first time, in vain."""
    over = sorted((each for each in questions if each.state not in OPEN_STATES), key=lambda each: each.due_at)
    row = takewhile(_passed, reversed(over))
    return any(each.repair >= REPAIRS and each.sent_at is not None for each in row)


def _passed(nudge: Nudge) -> bool:
    never_asked = nudge.state is NudgeState.SKIPPED and nudge.sent_at is None and nudge.pause_id is None
    return nudge.state is NudgeState.EXPIRED or never_asked
