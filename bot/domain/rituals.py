"""The rituals: whom each asks, how long its question is of use, and what a pause or a move does to it.

`bot.usecases.questions` says which messages ask.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from itertools import groupby

from bot.domain.attention import Matter, What
from bot.domain.cadence import local_date
from bot.domain.nudges import ANSWER_WITHIN, FOLLOW_UP_WITHIN, Nudge, NudgeState, Occurrence, Ritual
from bot.domain.pairs import Role


class About(Enum):
    """What the message of a ritual tells of."""

    OCCASION = "the occasion"
    SOURCE = "what the occasion came from, such as an experiment"


class OnPause(Enum):
    """What becomes of an occasion that has not come, when its pair or its cohort rests."""

    FORGET = "it is forgotten, and planned anew when they go on"
    KEEP = "it stays planned, and passes in silence if it comes while they rest"


class OnMove(Enum):
    """What becomes of a nudge that has not come, when its member lives in another time zone."""

    FOLLOW = "it comes at the same hour of the clock that they read now"
    STAY = "it comes at the moment that was planned"


@dataclass(frozen=True)
class Rules:
    """What holds for the nudges of one ritual.

    Args:
        asks: whether somebody with this part in the pair is asked.
        within: how long the question is of use, from when it was due.
        passes_aloud: whether its messages say so once nobody waits for an answer any more.
        what: as what it stands on Home, None for nothing.
    """

    asks: Callable[[Role], bool]
    within: timedelta
    about: About
    on_pause: OnPause
    on_move: OnMove
    passes_aloud: bool
    what: What | None


RULES: dict[Ritual, Rules] = {
    Ritual.CHECK_IN: Rules(
        asks=lambda role: role.learns,
        within=ANSWER_WITHIN,
        about=About.OCCASION,
        on_pause=OnPause.FORGET,
        on_move=OnMove.FOLLOW,
        passes_aloud=True,
        what=What.CHECK_IN,
    ),
    Ritual.FOLLOW_UP: Rules(
        asks=lambda role: role.learns,
        within=FOLLOW_UP_WITHIN,
        about=About.SOURCE,
        on_pause=OnPause.KEEP,
        on_move=OnMove.FOLLOW,
        passes_aloud=False,
        what=What.OUTCOME,
    ),
}


def subject_of(occurrence: Occurrence) -> int:
    """The id of what its messages tell of."""
    of_source = RULES[occurrence.ritual].about is About.SOURCE
    return occurrence.source_id if of_source else occurrence.id


def matters_of(occasions: Sequence[tuple[Nudge, Occurrence]], tz: str) -> list[Matter]:
    """The matters that one member's nudges stand for, those of one occasion being one matter."""
    found = sorted(occasions, key=lambda occasion: occasion[1].id)
    grouped = groupby(found, key=lambda occasion: occasion[1])
    matters = [_matter_of(occurrence, [nudge for nudge, _ in rows], tz) for occurrence, rows in grouped]
    return [matter for matter in matters if matter is not None]


def _matter_of(occurrence: Occurrence, nudges: Sequence[Nudge], tz: str) -> Matter | None:
    """It waits once it was asked, unless the member chose to be asked again; the reminder is no matter of its own."""
    what, subject = RULES[occurrence.ritual].what, subject_of(occurrence)
    if what is None:
        return None
    planned = [nudge for nudge in nudges if nudge.state is NudgeState.PLANNED]
    again = [nudge.due_at for nudge in planned if nudge.snoozed]
    asked = any(nudge.state is NudgeState.SENT for nudge in nudges)
    if asked and not again:
        return Matter(what, occurrence.pair_id, waits=True, subject=subject)
    coming = again or [nudge.due_at for nudge in planned]
    if not coming:
        return None
    at = min(coming)
    return Matter(
        what,
        occurrence.pair_id,
        False,
        subject,
        local_date(at, tz),
        at,
        bool(again) and what is What.CHECK_IN,
    )
