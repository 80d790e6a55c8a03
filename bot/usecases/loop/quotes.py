"""A mentor's words in a portfolio: asked for one by one, and let stand or not by whoever wrote them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.errors import ChoiceMissing, NotFound
from bot.domain.ids import MemberId, QuoteId
from bot.domain.outgoing import Priority
from bot.domain.quotes import (
    Quote,
    QuoteKind,
    QuoteState,
    QuoteTold,
    Words,
    answered,
    asked_anew,
    edition_of,
    let_go,
    may_be_asked,
    require_few,
    stands,
    waits,
)
from bot.ports import Tx
from bot.usecases.outgoing import Message, as_long_as, enqueue_post, enqueue_update

WHICH = "which"  # the field of the form
CHOICES = 10  # of a field of ticks (docs.slack.dev: at most 10 options)
STORES = {QuoteKind.RESPONSE: "responses", QuoteKind.OBSERVATION: "observations", QuoteKind.ANSWER: "answers"}

Key = tuple[QuoteKind, int]


@dataclass(frozen=True)
class QuoteChoice:
    """Words that may be asked for."""

    kind: QuoteKind
    words: Words
    name: str


@dataclass(frozen=True)
class QuoteLine:
    """Words that were asked for, and how it stands; `words` None where they are gone."""

    quote: Quote
    name: str
    words: Words | None


@dataclass(frozen=True)
class QuotesForm:
    """`choices` are the newest, CHOICES at most; `lines` all that were asked for and not let go, the newest first."""

    choices: tuple[QuoteChoice, ...]
    lines: tuple[QuoteLine, ...]


@dataclass(frozen=True)
class QuoteCard:
    """The question as the one who wrote the words reads it, with the words as they are now."""

    quote: Quote
    asker: str
    words: Words
    me: str

    @property
    def waits(self) -> bool:
        return waits(self.quote, self.words)

    @property
    def stands(self) -> bool:
        return stands(self.quote, self.words)


def open_quotes_form(tx: Tx) -> QuotesForm:
    """What somebody who learns may ask for, and what they asked for."""
    known = {(one.kind, one.subject_id): one for one in tx.quotes.find(member_id=tx.me, order="-id")}
    mine = [
        (kind, words)
        for kind in QuoteKind
        for words in _said_to_me(tx, kind)
        if may_be_asked(known.get((kind, words.id)), words)
    ]
    mine.sort(key=lambda one: one[1].created_at, reverse=True)
    there = [quote for quote in known.values() if quote.state is not QuoteState.LET_GO]
    names = _names_by_id(
        tx, [*(words.member_id for _, words in mine[:CHOICES]), *(one.contact_id for one in there)]
    )
    choices = (QuoteChoice(kind, words, names[words.member_id]) for kind, words in mine[:CHOICES])
    lines = (QuoteLine(one, names[one.contact_id], _quoted_words_of(tx, one)) for one in there)
    return QuotesForm(tuple(choices), tuple(lines))


def ask_for_words(tx: Tx, keys: Sequence[Key]) -> int:
    """Ask whoever wrote these, each in a message with the words; returns how many are asked for.

    Raises ChoiceMissing, TooManyWordsAsked, NotFound for what may not be asked for.
    """
    me = tx.members.get(tx.me, lock=True)
    if not keys:
        raise ChoiceMissing(field=WHICH)
    require_few(tx.quotes.find(member_id=me.id, state=QuoteState.ASKED), len(set(keys)), WHICH)
    for kind, id_ in dict.fromkeys(keys):
        words = next((one for one in _said_to_me(tx, kind) if one.id == id_), None)
        known = tx.quotes.first(member_id=me.id, kind=kind, subject_id=id_)
        if words is None or not may_be_asked(known, words):
            raise NotFound("words")
        _ask_writer(
            tx,
            known,
            Quote(me.workspace_id, me.id, words.member_id, kind, id_, edition_of(words), tx.now),
            words,
        )
    return len(keys)


def answer_quote(tx: Tx, quote_id: QuoteId, read: str, *, agree: bool) -> QuoteId:
    """*Yes, these words*, or *Rather not*, at once and for good, also later; `read` is the edition that was shown.

    Raises NotFound for anybody but who wrote them, AlreadySettled, WordsChanged.
    """
    quote = tx.quotes.get(quote_id, lock=True)
    if quote.contact_id != tx.me:
        raise NotFound("quote")
    words = _quoted_words_of(tx.as_system(), quote)  # their own, also after they left the pair
    if words is None:
        raise NotFound("words")
    _keep_quote(tx, answered(quote, words, read, tx.now, agree=agree))
    return quote.id


def let_quote_go(tx: Tx, quote_id: QuoteId) -> QuoteId:
    """It is needed no more: it stands in no portfolio, and nobody has to answer. Raises NotFound."""
    quote = tx.quotes.get(quote_id, lock=True)
    if quote.member_id != tx.me:
        raise NotFound("quote")
    if (left := let_go(quote)) != quote:
        _keep_quote(tx, left)
    return quote.id


def load_quote_card(tx: Tx, quote_id: int) -> QuoteCard:
    """The question for whoever wrote the words; NotFound for everybody else."""
    quote = tx.quotes.get(quote_id)
    if quote.contact_id != tx.me:
        raise NotFound("quote")
    words = _quoted_words_of(tx.as_system(), quote)
    if words is None:
        raise NotFound("words")
    return QuoteCard(
        quote, tx.members.get(quote.member_id).name, words, tx.members.get(quote.contact_id).name
    )


def touch_quotes(tx: Tx, kind: QuoteKind, words_id: int) -> None:
    """The words changed, or are gone: whoever was asked reads so, and may say yes to what is there now."""
    system = tx.as_system()
    for quote in system.quotes.find(kind=kind, subject_id=words_id):
        _keep_quote(system, quote)


def words_agreed(tx: Tx, member: MemberId) -> tuple[QuoteTold, ...]:
    """The words that may stand in this member's portfolio now, the oldest first.

    Read as Pairloop: a yes stays where the pair has ended, and each is held against the words of now.
    """
    system = tx.as_system()
    agreed = tx.quotes.find(member_id=member, state=QuoteState.AGREED)
    names = _names_by_id(system, [one.contact_id for one in agreed])
    told = [(one, _quoted_words_of(system, one)) for one in agreed]
    found = [
        QuoteTold(names[one.contact_id], one, words)
        for one, words in told
        if words is not None and stands(one, words)
    ]
    return tuple(sorted(found, key=lambda one: (one.words.created_at, one.quote.id)))


def _said_to_me(tx: Tx, kind: QuoteKind) -> list[Words]:
    """What others wrote to me of this kind and I may read, of those who are still here."""
    match kind:
        case QuoteKind.OBSERVATION:
            found: list[Any] = tx.observations.find(to_id=tx.me, taken_back_at=None, order="-id")
        case QuoteKind.RESPONSE:
            mine = [one.id for one in tx.results.find(member_id=tx.me)]
            found = tx.responses.find(result_id=mine, taken_back_at=None, order="-id") if mine else []
        case QuoteKind.ANSWER:
            asked = [one.id for one in tx.asks.find(member_id=tx.me)]
            found = tx.answers.find(ask_id=asked, taken_back_at=None, order="-id") if asked else []
    writers = {one.member_id for one in found} - {tx.me}
    here = {one.id for one in tx.members.find(id=writers, is_deleted=False)} if writers else set()
    return [one for one in found if one.member_id in here]


def _quoted_words_of(tx: Tx, quote: Quote) -> Words | None:
    found: Words | None = getattr(tx, STORES[quote.kind]).first(id=quote.subject_id)
    return found


def _names_by_id(tx: Tx, members: Iterable[MemberId]) -> dict[MemberId, str]:
    wanted = set(members)
    return {one.id: one.name for one in tx.members.find(id=wanted)} if wanted else {}


def _ask_writer(tx: Tx, known: Quote | None, new: Quote, words: Words) -> None:
    kept = tx.quotes.insert(new) if known is None else tx.quotes.update(asked_anew(known, words))
    enqueue_post(tx, kept.contact_id, CARD, kept.id, key=f"{CARD}:{kept.id}:{kept.version}")
    enqueue_update(tx, CARD, kept.id, version=kept.version)


def _keep_quote(tx: Tx, quote: Quote) -> None:
    kept = tx.quotes.update(quote)
    enqueue_update(tx, CARD, kept.id, version=kept.version)


CARD = Message(
    "quote.asked", QuoteCard, load_quote_card, as_long_as(lambda card: card.waits), priority=Priority.ACT
)
