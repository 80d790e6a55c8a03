"""Which short piece comes with an answered check-in, for whoever wrote it and for whoever reads it."""

from dataclasses import dataclass

from bot.domain.checkins import CheckIn, CheckInSource
from bot.domain.ids import MemberId
from bot.domain.offers import OfferKind
from bot.domain.pairs import Pair
from bot.domain.pieces import PIECE_SUBJECT, Piece, Reader, piece_with, readers_of
from bot.packs.pieces import pieces_for
from bot.ports import Tx
from bot.usecases.people.memberships import my_memberships
from bot.usecases.people.offers import is_offered, never_again, note_offer


@dataclass(frozen=True)
class PieceList:
    """All that its reader may read, for mentors first."""

    pieces: tuple[Piece, ...]


def note_pieces(tx: Tx, pair: Pair, member: MemberId) -> None:
    """From now on they come to this member, until they say otherwise."""
    note_offer(tx, pair, member, OfferKind.PIECES, PIECE_SUBJECT)


def do_pieces_come(tx: Tx) -> bool:
    """Whether they come to me, so that I can end it."""
    return is_offered(tx, tx.me, OfferKind.PIECES, PIECE_SUBJECT)


def end_pieces(tx: Tx) -> None:
    """None comes to me any more, in no pair; `/loop help basics` shows them all the same."""
    never_again(tx, tx.me, OfferKind.PIECES, PIECE_SUBJECT)


def piece_of_writer(tx: Tx, check_in: CheckIn) -> Piece | None:
    """What comes to the one who answered: one with each of their first answers."""
    if not do_pieces_come(tx):
        return None
    count = tx.check_ins.count(member_id=tx.me, id__upto=check_in.id)
    return piece_with(pieces_for(Reader.MENTEE), count)


def has_piece_next(tx: Tx) -> bool:
    """Whether one would come with the next check-in that I answer."""
    return piece_with(pieces_for(Reader.MENTEE), tx.check_ins.count(member_id=tx.me) + 1) is not None


def piece_of_mentor(tx: Tx, check_in: CheckIn) -> Piece | None:
    """What comes to a mentor: one with each of the first answers that they read, of all their mentees."""
    if not do_pieces_come(tx):
        return None
    pairs = [m.pair.id for m in my_memberships(tx) if m.role.mentors]
    count = tx.check_ins.count(pair_id=pairs, source=CheckInSource.FORM, id__upto=check_in.id)
    return piece_with(pieces_for(Reader.MENTOR), count)


def list_pieces(tx: Tx) -> PieceList:
    """Those of the roles that I have in any active pair; all of them for somebody in none."""
    readers = {reader for membership in my_memberships(tx) for reader in readers_of(membership.role)}
    shown = [reader for reader in Reader if reader in readers or not readers]
    return PieceList(tuple(piece for reader in shown for piece in pieces_for(reader)))
