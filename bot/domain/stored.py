"""What it takes to keep a thing: each entity is described beside its class, and `bot.domain.things` gathers them.

From the description come the row, who sees it, the export and the search index. Whatever decides about somebody's
words has no default.
"""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from enum import Enum, StrEnum, auto
from typing import Annotated, Generic, Protocol, TypeVar

from bot.domain.shown import asked_by


class Entity(Protocol):
    """A frozen dataclass with an id and a version."""

    @property
    def id(self) -> int: ...
    @property
    def version(self) -> int: ...


E_co = TypeVar("E_co", bound=Entity, covariant=True)


class Audience(Enum):
    """Which members of its workspace see a row."""

    WORKSPACE = auto()  # all of them: names and rhythms, no one's words
    PAIR = auto()  # the pair that wrote it, as long as they have not left
    PAIR_ONCE_TOLD = auto()  # until `told_at` it is its writer's alone, then its pair's
    PAIR_AND_SHOWN = auto()  # the pair that wrote it, and the one to whom its goal is shown (`Goal.shown_to`)
    TOLD_AND_SHOWN = (
        auto()
    )  # both: until `told_at` it is its writer's alone, then also of whom its goal is shown to
    PAIR_AND_WRITER = auto()  # the pair that asked for it, and the member who wrote it, who need not be in it
    PAIR_AND_LEADS = auto()  # the members of the pair, its cohort's lead and admins: that it is there
    PARTNERS = auto()  # the member whose it is, and those who are in a pair with them
    ASKER_AND_CONTACT = auto()  # the member whose it is, and the one whom they ask (`contact_id`)
    OWNER_AND_LEADS = auto()  # the member whose it is, and who leads the cohort that it is of
    LEADS = auto()  # who leads the cohort that it is of
    OWNER = auto()  # the member whose it is, and nobody else
    AS_AGREED = auto()  # its pair, and whomever both let read it (`visibility`)
    TOKEN_HOLDERS = auto()  # whoever holds its access token, see `bot.domain.privacy`
    NOBODY = auto()  # Pairloop alone


class Erased(Enum):
    """What is to become of a row when a member has everything erased that is about them.

    Nothing erases yet, and only a test reads this: whoever keeps people's words has to have thought of it. What others
    hung on an erased row (an answer on a situation, say) keeps its own words; how it stands without, erasing will say.
    """

    WITH_MEMBER = auto()  # it goes with the member whom it names (`member_id`)
    WITH_ITS_THING = auto()  # it has nothing to say without the thing that it belongs to, and goes with that
    BLANKED = auto()  # it stays for others' rows to point at, without what people wrote or are called
    STAYS = auto()  # days, states and ids: no one's words


class Earlier(StrEnum):
    """What whoever learns may show a new mentor of the time before, kind by kind. What is of no kind is never shown."""

    GOALS = "goals"  # with their ladders and numbers
    TRIES = "tries"  # with their numbers, and with what came of them and was said to it
    CHECK_INS = "check_ins"
    ASKS = "asks"  # with their answers
    TALKS = "talks"
    OBSERVATIONS = "observations"
    MESSAGES = "messages"  # that were kept, of no try
    INSIGHTS = "insights"


@dataclass(frozen=True)
class Beside:
    """Another thing that a row hangs on, by the name of its store; wherever that goes, the row goes along."""

    store: str
    id: int


class EntryKind(StrEnum):
    """What can be found. `SHARED` is an insight in the words that others may read; its pair finds it as `INSIGHT`."""

    INSIGHT = "insight"
    SHARED = "shared"
    EXPERIMENT = "experiment"
    RESULT = "result"
    GOAL = "goal"
    MILESTONE = "milestone"
    EVIDENCE = "evidence"
    SESSION = "session"
    OBSERVATION = "observation"
    CHECK_IN = "check_in"
    RESPONSE = "response"
    ASK = "ask"
    ANSWER = "answer"
    CLOSING = "closing"
    REPLY = "reply"
    HINT = "hint"
    TWO_LINES = "two_lines"
    SUGGESTION = "suggestion"

    @property
    def shown(self) -> "EntryKind":
        """What people call it, and look for."""
        return EntryKind.INSIGHT if self is EntryKind.SHARED else self


@dataclass(frozen=True)
class Under(Generic[E_co]):
    """The title of another thing, to which this one belongs: what that is found as, and its id."""

    kind: EntryKind
    id: Callable[[E_co], int]


Place = tuple[EntryKind, int]  # a thing, by what it is found as and its id


@dataclass(frozen=True)
class Found(Generic[E_co]):
    """How a thing is found: by its title, its tags, and its fields that are `Text(found=True)`.

    Args:
        open_to: the one access token of who may find it, see `bot.domain.privacy`.
        story: what it belongs to, so that both are one find; None where it begins a story of its own.
        when: whether it can be found as it is now; None for always.
        grade: how far it carries, "" for no outcome.
        subject: the field that holds the id by which it is opened.
        outdated: whether it holds no more: then what holds still is found before it.
    """

    kind: EntryKind
    _: KW_ONLY
    open_to: Callable[[E_co], str]
    title: Callable[[E_co], str] | Under[E_co]
    story: Callable[[E_co], Place | None] | None
    when: Callable[[E_co], bool] | None = None
    tags: Callable[[E_co], tuple[str, ...]] | None = None
    grade: Callable[[E_co], str] | None = None
    subject: str = "id"
    outdated: Callable[[E_co], bool] | None = None


@dataclass(frozen=True)
class Stored(Generic[E_co]):
    """A kind of thing that is kept: one table, whose columns are the fields of the entity.

    Args:
        entity: a frozen dataclass. The annotation of a field decides its column: an id of another thing is a foreign
            key, what may be None may be missing, `Text` and `Unlimited` are texts of any length. New columns of rows
            that are there already get the field's default.
        exported: whether people take along what they see of it.
        earlier: as what it may be shown to a new mentor, where needed by the row; None for never.
        found: how it is found, None for what is not searched for.
        unique: fields that no two rows have alike.
        indexed: single fields that rows are looked up by, besides `workspace_id` and `pair_id`.
        indexes: several fields together, by the end of the index's name.
    """

    entity: type[E_co]
    table: str
    seen_by: Audience
    erased: Erased
    _: KW_ONLY
    exported: bool
    earlier: Earlier | Callable[[E_co], Earlier | Beside | None] | None
    found: Found[E_co] | None
    unique: tuple[tuple[str, ...], ...] = ()
    indexed: tuple[str, ...] = ()
    indexes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class AnyLength:
    """Marks a text that Pairloop writes itself and that has no limit; what people type is a `Text`."""


Unlimited = Annotated[str, AnyLength()]


def found_fields(entity: Callable[..., object]) -> tuple[str, ...]:
    """The fields by which a thing is found besides its title, in their order."""
    return tuple(name for name, asked in asked_by(entity).items() if asked.text and asked.text.found)
