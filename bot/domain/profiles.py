"""What somebody says of themselves when they join a cohort: what they want, what they can, how they work."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from bot.domain.errors import ChoiceMissing, Conflict, InvalidInput, NotAllowed
from bot.domain.ids import CohortId, CompetencyId, MemberId, NotWithId, ProfileId, WorkspaceId
from bot.domain.pairs_circles import MOST_MENTEES
from bot.domain.stored import Audience, Erased, Stored
from bot.domain.texts import Text

MOST_CHOSEN = 5  # competencies of each kind
MOST_VALUES = 3
MOST_PLACES = MOST_MENTEES
MOST_NOT_WITH = 10
PLACE_LIMIT = 60
# What may be chosen as a language, by its ISO 639-1 code; its name is said in the reader's own.
LANGUAGES = (
    "en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sk", "sl", "hr", "sr", "hu", "ro", "bg", "el", "sv", "da",
    "no", "fi", "et", "lv", "lt", "tr", "uk", "ru", "ar", "he", "fa", "hi", "bn", "ur", "zh", "ja", "ko", "vi", "th",
    "id", "sw",
)  # fmt: skip


class Likes(StrEnum):
    """How somebody likes to be told."""

    AT_ONCE = "at_once"
    IN_THE_TALK = "in_the_talk"
    WRITTEN = "written"


class Critique(StrEnum):
    """How somebody takes critique, or gives it."""

    STRAIGHT = "straight"
    KINDLY = "kindly"  # what worked first
    ASKING = "asking"  # by a question


class Deciding(StrEnum):
    """How somebody decides where two want different things."""

    FACTS = "facts"
    TALK = "talk"
    TRY = "try"


class Value(StrEnum):
    HONESTY = "honesty"
    CURIOSITY = "curiosity"
    RELIABILITY = "reliability"
    COURAGE = "courage"
    FAIRNESS = "fairness"
    FREEDOM = "freedom"
    CARE = "care"
    HUMOUR = "humour"
    CLARITY = "clarity"
    CREATIVITY = "creativity"
    CALM = "calm"
    ACHIEVEMENT = "achievement"


class ProfileState(StrEnum):
    INVITED = "invited"  # by whoever leads the cohort; nothing is said yet
    DRAFT = "draft"  # somebody else wrote it down; it counts for nothing until its owner has sent the form
    LISTED = "listed"
    LEFT = "left"


class NothingToShare(InvalidInput):
    """Neither something to learn nor something to help with."""


class TooManyChosen(InvalidInput):
    """More than `limit` of a list."""

    def __init__(self, limit: int, field: str) -> None:
        super().__init__(field=field)
        self.limit = limit


class LanguageUnknown(InvalidInput):
    """A language that nobody can choose, as it was written."""

    def __init__(self, written: str, field: str) -> None:
        super().__init__(field=field)
        self.written = written


class PlacesWrong(ChoiceMissing):
    """A number of mentees that nobody can choose."""

    def __init__(self) -> None:
        super().__init__(field="capacity")
        self.most = MOST_PLACES


class CompetencyUnknown(InvalidInput):
    """What is not on the cohort's list, as it was written; `known` is what is."""

    def __init__(self, written: str, known: Sequence[str], field: str) -> None:
        super().__init__(field=field)
        self.written = written
        self.known = tuple(known)


class PersonRepeated(InvalidInput):
    """The same one stands in another line of a file, for the same cohort."""

    def __init__(self, line: int) -> None:
        super().__init__(field="person")
        self.line = line


class ListClosed(NotAllowed):
    """The cohort's lead invites, and did not invite this member."""

    def __init__(self) -> None:
        super().__init__("lead")


class NoList(Conflict):
    """No cohort takes people by itself, and none has invited this member."""


class CannotJoin(NotAllowed):
    """A guest, or somebody of another organisation: they can be in no pair."""

    def __init__(self) -> None:
        super().__init__("member")


class NotOnList(Conflict):
    """This member is not on the list, or not any more."""


@dataclass(frozen=True)
class CohortProfile:
    """One member on the list of one cohort. What they say of others stands in `NotWith`.

    Args:
        wants: ids of the competencies that they want to learn; `cans` of those that they can help with.
        capacity: how many mentees at most; 0 is "not now".
        manager_id: to whom they report, so that neither is matched within one line.
        place: with `group` for figures by place and group alone, and for nothing else.
    """

    workspace_id: WorkspaceId
    cohort_id: CohortId
    member_id: MemberId
    created_at: datetime
    state: ProfileState = ProfileState.LISTED
    wants: tuple[str, ...] = ()
    cans: tuple[str, ...] = ()
    capacity: int = 1
    languages: tuple[str, ...] = ()
    likes: Likes | None = None
    takes: Critique | None = None
    gives: Critique | None = None
    decides: Deciding | None = None
    values: tuple[str, ...] = ()
    manager_id: MemberId | None = None
    place: Annotated[str, Text(PLACE_LIMIT)] = ""
    level: Annotated[str, Text(PLACE_LIMIT)] = ""  # asked no more; it goes with the next release
    group: Annotated[str, Text(PLACE_LIMIT)] = ""
    id: ProfileId = ProfileId(0)
    version: int = 1


PROFILES = Stored(
    CohortProfile, "cohort_profile", Audience.OWNER_AND_LEADS, Erased.WITH_MEMBER, exported=True,
    earlier=None, found=None,
    unique=(("cohort_id", "member_id"),), indexed=("member_id",),
)  # fmt: skip


@dataclass(frozen=True)
class NotWith:
    """With whom a member would rather not be matched, in any cohort. Nobody but its writer and the solver reads it."""

    workspace_id: WorkspaceId
    member_id: MemberId
    other_id: MemberId
    created_at: datetime
    id: NotWithId = NotWithId(0)
    version: int = 1


NOT_WITH = Stored(
    NotWith, "not_with", Audience.OWNER, Erased.WITH_MEMBER, exported=True, earlier=None, found=None,
    unique=(("member_id", "other_id"),), indexed=("other_id",),
)  # fmt: skip


def require_something(wants: Collection[str], cans: Collection[str]) -> None:
    """Raise NothingToShare unless there is something to learn or to help with."""
    if not wants and not cans:
        raise NothingToShare(field="wants")


def require_at_most(limit: int, chosen: Collection[object], field: str) -> None:
    """Raise TooManyChosen."""
    if len(chosen) > limit:
        raise TooManyChosen(limit, field)


def require_known(chosen: Collection[str], known: Collection[CompetencyId], field: str) -> None:
    """Raise ChoiceMissing for one that is not on the cohort's list."""
    if {*chosen} - {str(one) for one in known}:
        raise ChoiceMissing(field=field)


def require_languages(codes: Sequence[str], field: str) -> None:
    """Raise LanguageUnknown for the first that nobody can choose."""
    for code in codes:
        if code not in LANGUAGES:
            raise LanguageUnknown(code, field)


def require_places(number: int) -> None:
    """Raise PlacesWrong."""
    if not 0 <= number <= MOST_PLACES:
        raise PlacesWrong
