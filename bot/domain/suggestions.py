"""A suggestion: something small that one of a pair proposes to another, who makes it their own, or leaves it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from bot.domain.errors import TooManySuggestions
from bot.domain.experiments import LINE_LIMIT, STEPS_LIMIT, WHEN, Experiment
from bot.domain.ids import ExperimentId, MemberId, PairId, SuggestionId, WorkspaceId
from bot.domain.pairs import Role
from bot.domain.privacy import pair_access
from bot.domain.stored import Audience, Earlier, EntryKind, Erased, Found, Place, Stored
from bot.domain.texts import Text

OPEN_LIMIT = 3  # for one person in one pair
ROWS_LIMIT = 3  # in one form
LASTS = timedelta(days=21)
QUICK = timedelta(days=3)
TAKEN_OVER = ("behaviour", "situation", "sign", "steps")

# The form says these words already, and people type them all the same.
_THAT_YOU = re.compile(r"(?:i suggest )?(?:that )?you(?:\s+|$)", re.IGNORECASE)


class SuggestionState(StrEnum):
    OFFERED = "offered"
    TAKEN = "taken"  # made theirs in the words in which it was suggested
    ADAPTED = "adapted"  # made theirs in words of their own
    DECLINED = "declined"
    EXPIRED = "expired"


class SuggestedAfter(StrEnum):
    """What somebody had before them when they thought of it."""

    NOTHING = "nothing"
    RESULT = "result"
    ASK = "ask"


@dataclass(frozen=True)
class Suggestion:
    """The words “I suggest that you *behaviour* when *situation*”.

    Args:
        member_id: who suggests it.
        to_id: who may make it theirs.
        quick: it is meant for the next three days, and *Did it* is all the answer that it asks for.
        first_id: the one that came first in the same form, None for that one itself; they share a message.
        experiment_id: what became of it.
    """

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    to_id: MemberId
    behaviour: Annotated[str, Text(LINE_LIMIT, required=True, opening=_THAT_YOU)]
    created_at: datetime
    expires_at: datetime
    situation: Annotated[str, Text(LINE_LIMIT, opening=WHEN)] = ""
    sign: Annotated[str, Text(LINE_LIMIT, found=True)] = ""
    steps: Annotated[str, Text(STEPS_LIMIT, found=True)] = ""
    quick: bool = False
    source_kind: SuggestedAfter = SuggestedAfter.NOTHING
    source_id: int = 0
    shelf_id: str = ""
    first_id: SuggestionId | None = None
    state: SuggestionState = SuggestionState.OFFERED
    experiment_id: ExperimentId | None = None
    id: SuggestionId = SuggestionId(0)
    version: int = 1

    @property
    def message_id(self) -> SuggestionId:
        """The one under which its message is known."""
        return self.first_id or self.id

    def is_open(self, now: datetime) -> bool:
        return self.state is SuggestionState.OFFERED and now < self.expires_at


def _story_of(suggestion: Suggestion) -> Place | None:
    """The try that it became, else what it was thought of after."""
    if suggestion.experiment_id is not None:
        return EntryKind.EXPERIMENT, suggestion.experiment_id
    if suggestion.source_kind is SuggestedAfter.NOTHING:
        return None
    return EntryKind(suggestion.source_kind), suggestion.source_id


SUGGESTIONS = Stored(
    Suggestion, "suggestion", Audience.PAIR, Erased.WITH_MEMBER, exported=True, earlier=Earlier.TRIES,
    found=Found[Suggestion](
        EntryKind.SUGGESTION, open_to=pair_access, story=_story_of,
        title=lambda one: " – ".join(filter(None, (one.behaviour, one.situation))),
    ),
    indexed=("to_id", "first_id", "experiment_id"), indexes={"due": ("state", "expires_at")},
)  # fmt: skip


def may_suggest(giver: Role, taker: Role) -> bool:
    """Whether somebody of this role may suggest a try to a partner of that one: who learns, from who mentors.

    A mentee may suggest to a mentor who learns, too; two who only learn see nothing of each other.
    """
    return taker.learns and (giver.mentors or taker.mentors)


def require_room(open_now: Sequence[Suggestion], more: int) -> None:
    """Raise TooManySuggestions, which names those that are open, if so many more would be too many."""
    if len(open_now) + more > OPEN_LIMIT:
        raise TooManySuggestions(OPEN_LIMIT, tuple(one.behaviour for one in open_now))


def taken_as(suggestion: Suggestion, experiment: Experiment) -> SuggestionState:
    """Whether it was changed when it was made theirs; to fill in what the suggestion left open changes nothing."""
    said = ((getattr(suggestion, name), getattr(experiment, name)) for name in TAKEN_OVER)
    kept = all(before in ("", after) for before, after in said)
    return SuggestionState.TAKEN if kept else SuggestionState.ADAPTED


def is_quick(suggestion: Suggestion, began: date, until: date, numbers: int) -> bool:
    """Whether *Did it* is all that is asked about what became of it: three days at most, and no number to be read."""
    return suggestion.quick and until - began <= QUICK and not numbers
