"""A mentor's own record, read from the rows of their own pairs, also as a file for them alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from bot.domain.cadence import local_date
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.ids import PairId
from bot.domain.outgoing import Priority
from bot.domain.portfolios import Format
from bot.domain.portfolios_record import Record, record_of
from bot.domain.thanks import Thanks, ThanksFor
from bot.ports import Tx
from bot.usecases.outgoing import Message, enqueue_post


@dataclass(frozen=True)
class RecordPage:
    """The record as it is handed over, and as what; `today` is its owner's day."""

    record: Record
    format: Format
    name: str
    today: date


def see_record(tx: Tx) -> Record:
    """What came of all pairs in which the reader mentors, also ended ones. Raises NotAllowed for who never did."""
    parts = [one for one in tx.memberships.find(member_id=tx.me, left_at=None) if one.role.mentors]
    found = tx.pairs.find(id=[one.pair_id for one in parts])
    began = {one.id: one.active_since for one in found if one.active_since is not None}
    if not began:
        raise NotAllowed("mentor")
    pairs = list(began)
    # What a mentee shows a new mentor of the time before belongs to their pair by now; the one before gave it.
    return record_of(
        tx.me,
        len(pairs),
        [one for one in _thanks_received(tx, pairs) if one.created_at >= began[one.pair_id]],
        [one for one in tx.results.find(pair_id=pairs) if (one.told_at or tx.now) >= began[one.pair_id]],
        [one for one in tx.sessions.find(pair_id=pairs) if one.created_at >= began[one.pair_id]],
        [one for one in tx.talks.find(pair_id=pairs) if one.starts_at >= began[one.pair_id]],
    )


def send_record(tx: Tx, wanted: Format) -> None:
    """Hand it over to the reader alone, once for each time. Raises NotAllowed for who never mentored."""
    see_record(tx)
    kind = PAGES[wanted]
    enqueue_post(tx, tx.me, kind, tx.me, key=f"{kind}:{tx.me}:{tx.key}")


def load_record_page(tx: Tx, member_id: int, *, wanted: Format) -> RecordPage:
    """What it counts now; NotFound for everybody else, and for who mentors nobody any more that counts."""
    if member_id != tx.me:
        raise NotFound("member")
    me = tx.members.get(tx.me)
    try:
        record = see_record(tx)
    except NotAllowed as error:
        raise NotFound("record") from error
    return RecordPage(record, wanted, me.name, local_date(tx.now, me.tz))


def _page_sent(wanted: Format) -> Message[Any]:
    load: Callable[[Tx, int], RecordPage] = partial(load_record_page, wanted=wanted)
    return Message(f"portfolio.record_{wanted}", RecordPage, load, of_use=None, priority=Priority.ACT)


def _thanks_received(tx: Tx, pairs: list[PairId]) -> list[Thanks]:
    """For what the reader wrote, and for talks; in a circle others thank each other, too."""
    own: dict[str, Any] = {"pair_id": pairs, "member_id": tx.me}
    mine: dict[ThanksFor, set[int]] = {
        ThanksFor.RESPONSE: {one.id for one in tx.responses.find(**own)},
        ThanksFor.ANSWER: {one.id for one in tx.answers.find(**own)},
        ThanksFor.OBSERVATION: {one.id for one in tx.observations.find(**own)},
    }
    said = tx.thanks.find(pair_id=pairs)
    return [one for one in said if one.source is ThanksFor.SESSION or one.source_id in mine[one.source]]


PAGES = {wanted: _page_sent(wanted) for wanted in Format}
