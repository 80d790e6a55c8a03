"""A micro-experiment: a small, dated change of behaviour, at most two at a time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from bot.domain.cadence import Cadence, next_date
from bot.domain.errors import DateInPast, TooManyOpen
from bot.domain.ids import ExperimentId, GoalId, HintId, MemberId, PairId, WorkspaceId
from bot.domain.privacy import pair_access
from bot.domain.stored import Audience, Earlier, EntryKind, Erased, Found, Stored
from bot.domain.texts import Text
from bot.domain.turns import Coin

OPEN_LIMIT = 2
READINGS_BEFORE = 3
PREPARES_FOR = timedelta(days=14)  # then it begins with what there is
TIME_TO_TRY = timedelta(days=6)
LINE_LIMIT = 300
STEPS_LIMIT = 2000

# The form says these words already, and people type them all the same.
_I_WILL = re.compile(r"(i will|i['\u2019]ll|ich werde)(?:\s+|$)", re.IGNORECASE)
WHEN = re.compile(r"(when|wenn)(?:\s+|$)", re.IGNORECASE)


class AskWhen(StrEnum):
    """When Pairloop asks how it went."""

    END = "end"
    MIDWAY = "midway"  # half-way too
    EVENT = "event"  # when the mentee taps "it happened"


class Starts(StrEnum):
    """When the trying begins: at once, or after its number was noted three times as it is without it."""

    AT_ONCE = "at_once"
    AFTER_THREE = "after_three"


class ExperimentState(StrEnum):
    OPEN = "open"
    DONE = "done"  # a result was told
    DROPPED = "dropped"


@dataclass(frozen=True)
class Experiment:
    """The card "I will *behaviour* when *situation*, until *until*"."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    behaviour: Annotated[str, Text(LINE_LIMIT, required=True, opening=_I_WILL)]
    situation: Annotated[str, Text(LINE_LIMIT, required=True, opening=WHEN)]
    until: date  # in the mentee's own calendar
    created_at: datetime
    sign: Annotated[str, Text(LINE_LIMIT, found=True)] = ""
    steps: Annotated[str, Text(STEPS_LIMIT, found=True)] = ""
    obstacle: Annotated[str, Text(LINE_LIMIT, found=True)] = ""  # what could get in the way
    plan_b: Annotated[str, Text(LINE_LIMIT, found=True, opening=_I_WILL)] = ""  # what they do then
    goal_id: GoalId | None = None
    parent_id: ExperimentId | None = None  # the one that was reframed into this
    ask_when: AskWhen = AskWhen.END
    coin: Coin = Coin.NONE
    starts: Starts = Starts.AT_ONCE
    began_on: date | None = None  # the day of the third number, where that was waited for
    state: ExperimentState = ExperimentState.OPEN
    closed_at: datetime | None = None
    id: ExperimentId = ExperimentId(0)
    version: int = 1

    def is_preparing(self, created: date, today: date) -> bool:
        """Whether it waits for its third number on this day; `created` is the day on which it was promised."""
        waits = self.starts is Starts.AFTER_THREE and self.state is ExperimentState.OPEN
        return waits and self.began_on is None and today < created + PREPARES_FOR


EXPERIMENTS = Stored(
    Experiment, "experiment", Audience.PAIR_AND_SHOWN, Erased.WITH_MEMBER, exported=True, earlier=Earlier.TRIES,
    found=Found[Experiment](
        EntryKind.EXPERIMENT, open_to=pair_access, title=lambda tried: f"{tried.behaviour} – {tried.situation}",
        story=lambda tried: (EntryKind.EXPERIMENT, tried.parent_id) if tried.parent_id else None,
    ),
    indexed=("member_id",),
)  # fmt: skip


@dataclass(frozen=True)
class Hint:
    """A line that the mentor adds to a card."""

    workspace_id: WorkspaceId
    pair_id: PairId
    experiment_id: ExperimentId
    member_id: MemberId
    text: Annotated[str, Text(LINE_LIMIT, required=True)]
    created_at: datetime
    id: HintId = HintId(0)
    version: int = 1


HINTS = Stored(
    Hint,
    "hint",
    Audience.PAIR,
    Erased.WITH_MEMBER,
    exported=True,
    earlier=Earlier.TRIES,
    found=Found[Hint](
        EntryKind.HINT,
        open_to=pair_access,
        title=lambda hint: hint.text,
        story=lambda hint: (EntryKind.EXPERIMENT, hint.experiment_id),
    ),
    indexed=("experiment_id",),
)


def first_end(cadence: Cadence, today: date) -> date:
    """The last day to begin with: the first check-in that leaves TIME_TO_TRY."""
    return next_date(cadence, today + TIME_TO_TRY - timedelta(days=1))


def require_room(open_now: Sequence[Experiment]) -> None:
    """Raise TooManyOpen if another experiment would be one too many."""
    if len(open_now) >= OPEN_LIMIT:
        raise TooManyOpen(OPEN_LIMIT)


def began(experiment: Experiment, created: date) -> date:
    """The day from which on it is tried; what is noted of days before it is "before"."""
    if experiment.starts is Starts.AT_ONCE:
        return created
    return experiment.began_on or created + PREPARES_FOR


def begun_after_three(experiment: Experiment, created: date, today: date) -> Experiment:
    """It begins today, and its last day comes as much earlier as it waited less."""
    return replace(experiment, began_on=today, until=experiment.until - (created + PREPARES_FOR - today))


def require_future(until: date, today: date, field: str = "until") -> None:
    """Raise DateInPast unless `until` is today or later."""
    if until < today:
        raise DateInPast(today, field=field)
