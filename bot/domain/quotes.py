"""A quote: words of whoever mentors somebody, which may stand in that person's portfolio by a yes of their own.

A yes is for the words that were read, by their edition: what is changed afterwards has no yes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from bot.domain.errors import AlreadySettled, InvalidInput, WordsChanged
from bot.domain.ids import MemberId, QuoteId, WorkspaceId
from bot.domain.observations import Observation
from bot.domain.results import Response
from bot.domain.sessions import Answer
from bot.domain.stored import Audience, Erased, Stored, Unlimited

WAITING_LIMIT = 3  # of one who learns: each is a message to read

Words = Response | Observation | Answer


class TooManyWordsAsked(InvalidInput):
    """So many wait for a yes already, or would."""

    def __init__(self, limit: int, *, field: str | None = None) -> None:
        super().__init__(field=field)
        self.limit = limit


class QuoteKind(StrEnum):
    """What the words are."""

    RESPONSE = "response"  # to a result
    OBSERVATION = "observation"
    ANSWER = "answer"  # to a question


class QuoteState(StrEnum):
    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"  # at first or later; nobody asks why
    LET_GO = "let_go"  # by the one who asked: it is needed no more


@dataclass(frozen=True)
class Quote:
    """That `member_id` would like words of `contact_id` in their portfolio; the two are all who see it.

    Args:
        subject_id: of the thing of this kind.
        edition: the words that were asked for, and once it was answered those that were read then.
    """

    workspace_id: WorkspaceId
    member_id: MemberId
    contact_id: MemberId
    kind: QuoteKind
    subject_id: int
    edition: Unlimited
    created_at: datetime
    state: QuoteState = QuoteState.ASKED
    answered_at: datetime | None = None
    id: QuoteId = QuoteId(0)
    version: int = 1


QUOTES = Stored(
    Quote, "quote", Audience.ASKER_AND_CONTACT, Erased.WITH_MEMBER, exported=True, earlier=None, found=None,
    unique=(("member_id", "kind", "subject_id"),), indexed=("contact_id",), indexes={"subject": ("kind", "subject_id")},
)  # fmt: skip


@dataclass(frozen=True)
class QuoteTold:
    """Words that may stand in a portfolio, with who wrote them."""

    name: str
    quote: Quote
    words: Words


def edition_of(words: Words) -> str:
    """What names these words and no others."""
    said: tuple[str, ...]
    match words:
        case Response():
            said = (words.line, words.situation, words.behaviour, words.impact, words.question)
        case Observation():
            said = (words.situation, words.behaviour, words.impact, words.question, words.kind)
        case Answer():
            said = (words.text, words.kind)
    return sha256("\x1f".join(said).encode("utf8", "surrogatepass")).hexdigest()[:32]


def waits(quote: Quote, words: Words) -> bool:
    """Whether its writer may say yes or no: they were asked, or the words are others than they agreed to."""
    if words.taken_back_at is not None:
        return False
    changed = quote.state is QuoteState.AGREED and quote.edition != edition_of(words)
    return quote.state is QuoteState.ASKED or changed


def stands(quote: Quote, words: Words) -> bool:
    """Whether the words may stand in the portfolio, as they are now."""
    return (
        quote.state is QuoteState.AGREED
        and quote.edition == edition_of(words)
        and words.taken_back_at is None
        and words.member_id == quote.contact_id
    )


def answered(quote: Quote, words: Words, read: str, now: datetime, *, agree: bool) -> Quote:
    """It after its writer's answer, who read this edition. A no counts whatever was read, a later one too.

    Raises AlreadySettled where nothing is asked, WordsChanged for a yes to other words than there are now.
    """
    if agree and not waits(quote, words):
        raise AlreadySettled
    if not agree:
        return replace(quote, state=QuoteState.DECLINED, answered_at=now)
    if read != edition_of(words):
        raise WordsChanged
    return replace(quote, state=QuoteState.AGREED, edition=read, answered_at=now)


def may_be_asked(quote: Quote | None, words: Words) -> bool:
    """Whether somebody may ask for these words: never twice for the same, whatever became of it."""
    if words.taken_back_at is not None:
        return False
    if quote is None:
        return True
    over = quote.state in (QuoteState.DECLINED, QuoteState.LET_GO)
    return over and quote.edition != edition_of(words)


def let_go(quote: Quote) -> Quote:
    """It as whoever asked leaves it; a no stays a no, or it could be asked away."""
    return quote if quote.state is QuoteState.DECLINED else replace(quote, state=QuoteState.LET_GO)


def asked_anew(quote: Quote, words: Words) -> Quote:
    return replace(quote, state=QuoteState.ASKED, edition=edition_of(words), answered_at=None)


def require_few(waiting: Sequence[Quote], more: int, field: str) -> None:
    """Raise TooManyWordsAsked where more would wait than may."""
    if len(waiting) + more > WAITING_LIMIT:
        raise TooManyWordsAsked(WAITING_LIMIT, field=field)
