"""The ledger: noted where something that comes by itself is sent, put off or left out, and read by its member alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.domain.budget import Held, Intensity, Reason, Unasked
from bot.domain.ids import MemberId, PairId
from bot.domain.ledger import SHOWN, Fate, LedgerLine, followed_by
from bot.domain.members import Member
from bot.domain.outgoing import Outgoing, OutgoingState
from bot.ports import Tx
from bot.usecases.rhythm.nudges_anew import consider_anew

PAGE = 8  # lines, so that a page is read without scrolling far


@dataclass(frozen=True)
class Wish:
    """One thing that is to come to one member by itself.

    Args:
        key: names it, in the ledger; the same for as long as it is one thing.
        at: the usual hour at which it comes where it has to wait for another day.
        use_until: from when on it is of no use, None for never.
        chosen: its reader named the moment, so that only their pause stands against it.
        only_daily: others' words are in it that came in no other way, so that it needs a day of its own and no more.
    """

    member: Member
    kind: Unasked
    key: str
    pair: PairId | None
    at: time
    use_until: datetime | None = None
    chosen: bool = False
    only_daily: bool = False


@dataclass(frozen=True)
class WhyLine:
    """A line of the ledger, and the names of those whom it is about."""

    line: LedgerLine
    names: tuple[str, ...]


@dataclass(frozen=True)
class Why:
    """A page of what came by itself in the last 30 days, or did not, the newest first.

    Args:
        before: where the page before begins, None on the first.
        after: where the next page begins, None on the last.
    """

    lines: tuple[WhyLine, ...]
    intensity: Intensity
    before: int | None
    after: int | None


def note_sent(tx: Tx, wish: Wish, posted: str) -> None:
    """It is on its way, in the message with this dedupe key."""
    _note(tx, wish, Fate.SENT, posted=posted)


def note_merged(tx: Tx, wish: Wish, posted: str) -> None:
    """It stands in the message with this dedupe key, which came for something else."""
    _note(tx, wish, Fate.MERGED, posted=posted)


def note_held(tx: Tx, wish: Wish, held: Held, posted: str = "") -> None:
    """It comes later, in the message with this dedupe key where there is one already; or not at all."""
    fate = Fate.SKIPPED if held.until is None else Fate.HELD
    _note(tx, wish, fate, held.reason, held.until, posted)


def note_skipped(tx: Tx, wish: Wish, reason: Reason) -> None:
    _note(tx, wish, Fate.SKIPPED, reason)


def note_answered(tx: Tx, key: str) -> None:
    """Where it was held back, nothing has to come any more."""
    lines = tx.as_system().ledger_lines
    known = lines.first(key=key, fate=Fate.HELD)
    if known is not None:
        lines.update(replace(known, fate=Fate.SKIPPED, reason=Reason.ANSWERED, at=tx.now, held_until=None))


def note_also(tx: Tx, key: str, posted: str) -> None:
    """Where it was held back, it stands in this message of its kind now."""
    lines = tx.as_system().ledger_lines
    known = lines.first(key=key, fate=Fate.HELD)
    if known is not None:
        lines.update(replace(known, fate=Fate.MERGED, at=tx.now, held_until=None, posted=posted))


def came(tx: Tx, member: MemberId, since: datetime) -> list[LedgerLine]:
    """What came to this member by itself since then, the first first."""
    return tx.as_system().ledger_lines.find(member_id=member, fate=Fate.SENT, at__since=since, order="at")


def see_why(tx: Tx, start: int = 0) -> Why:
    """The page of one's own ledger that begins with this line."""
    rows = tx.ledger_lines.find(
        member_id=tx.me, at__since=tx.now - SHOWN, at__upto=tx.now, order="-at"
    )  # a round that is to be left out has its line already
    shown = rows[start : start + PAGE]
    after = start + PAGE if start + PAGE < len(rows) else None
    return Why(
        lines=tuple(WhyLine(line, _others_of(tx, line)) for line in _as_it_went(tx, shown)),
        intensity=tx.members.get(tx.me).intensity,
        before=max(0, start - PAGE) if start else None,
        after=after,
    )


def choose_intensity(tx: Tx, intensity: Intensity) -> str:
    """How much may come by itself from now on; returns how much it was before."""
    me = tx.members.get(tx.me, lock=True)
    tx.members.update(replace(me, intensity=intensity))
    consider_anew(tx, me.id, me.intensity, intensity)
    return me.intensity.value


def _note(
    tx: Tx,
    wish: Wish,
    fate: Fate,
    reason: Reason | None = None,
    until: datetime | None = None,
    posted: str = "",
) -> None:
    # Whoever acts may not be the one to whom it was to come.
    lines, member = tx.as_system().ledger_lines, wish.member
    line = LedgerLine(
        member.workspace_id, member.id, wish.key, wish.kind, fate, tx.now, tx.now,
        wish.pair, reason, until, posted,
    )  # fmt: skip
    known = lines.first(key=wish.key)
    if known is None:
        lines.insert(line)
    else:
        lines.update(followed_by(known, line))


def _as_it_went(tx: Tx, lines: Sequence[LedgerLine]) -> list[LedgerLine]:
    """These lines, with what became of the messages afterwards."""
    posts = {post.dedupe_key: post for post in tx.outgoing.find(dedupe_key=[line.posted for line in lines])}
    return [_as_posted(line, posts.get(line.posted)) for line in lines]


def _as_posted(line: LedgerLine, post: Outgoing | None) -> LedgerLine:
    if post is None:
        return line
    match post.state:
        case OutgoingState.FAILED:
            return replace(line, fate=Fate.FAILED, held_until=None)
        case OutgoingState.DROPPED:
            return replace(line, fate=Fate.SKIPPED, reason=Reason.ANSWERED, held_until=None)
        case OutgoingState.SENT if line.fate is Fate.HELD:
            return replace(line, fate=Fate.SENT, held_until=None)
    return line


def _others_of(tx: Tx, line: LedgerLine) -> tuple[str, ...]:
    """The others of its pair, as far as the reader still knows of them."""
    if line.pair_id is None:
        return ()
    others = [one.member_id for one in tx.memberships.find(pair_id=line.pair_id, left_at=None)]
    people = tx.members.find(id=[one for one in others if one != tx.me])
    return tuple(person.name for person in people)
