"""Sharing a small win: the words as they will stand, and whoever mentors reads them where they look anyway."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.domain.ids import GoalId, MilestoneId, PairId, ResultId
from bot.domain.shown import Shown, begun, changed
from bot.domain.wins import Win, win_of_goal, win_of_milestone
from bot.domain.wins_sharing import NoWin, SharedWin, WinOf
from bot.ports import Tx
from bot.usecases.loop.results import win_of
from bot.usecases.loop.wins import SHARED
from bot.usecases.loop.wins_cards import touch_win
from bot.usecases.loop.wins_channel import leave_channel, named_now, put_in_channel
from bot.usecases.outgoing import gather
from bot.usecases.people.authors import my_own
from bot.usecases.people.memberships import PairMembership, my_membership, require_not_over


@dataclass(frozen=True)
class WinStands:
    """A small win as it is now; `about` are the words of whose it is: what they did, or can do."""

    pair_id: PairId
    win: Win
    about: str


@dataclass(frozen=True)
class WinForm:
    """What the form needs to open.

    Args:
        shared: in which words it was shared.
        channel: what the channel of the cohort is called, "" where there is none.
        named: the Slack ids of those who are named there.
    """

    source: WinOf
    source_id: int
    stands: WinStands
    mentors: tuple[str, ...]
    shared: SharedWin | None
    channel: str = ""
    named: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShareWin:
    """What the form sends; `named` are Slack ids, and count where it is to stand in the channel, too."""

    source: WinOf
    source_id: int
    shown: Shown
    in_channel: bool = False
    named: tuple[str, ...] = ()


def open_win_form(tx: Tx, source: WinOf, source_id: int) -> WinForm:
    """Raises NotFound, NotAllowed, NoWin (also where nobody mentors), PairOver."""
    stands, membership = _my_win(tx, source, source_id)
    shared = _shared_in(tx, stands.pair_id, source, source_id)
    channel = tx.cohort_channels.first(cohort_id=membership.pair.cohort_id)
    named = named_now(tx, shared) if shared else ()
    name = channel.name if channel else ""
    return WinForm(source, source_id, stands, membership.mentor_names, shared, name, named)


def share_win(tx: Tx, command: ShareWin) -> None:
    """Whoever mentors reads it in these words: beside the card, in the brief, and in a digest.

    Raises InvalidInput, NotFound, NotAllowed, NoWin, PairOver.
    """
    stands, membership = _my_win(tx, command.source, command.source_id, lock=True)
    known = _shared_in(tx, stands.pair_id, command.source, command.source_id)
    if known is not None:
        kept = tx.shared_wins.update(changed(known, command.shown))
    else:
        own = {**membership.whose, "source": command.source, "source_id": command.source_id}
        kept = tx.shared_wins.insert(begun(SharedWin, command.shown, **own, created_at=tx.now))
        for mentor in membership.mentors:
            gather(tx, mentor.id, SHARED, kept.id)
    there = (
        put_in_channel(tx, kept, membership, command.named) if command.in_channel else leave_channel(tx, kept)
    )
    if there is not kept.there:
        tx.shared_wins.update(replace(kept, there=there))
    touch_win(tx, command.source, command.source_id)


def unshare_win(tx: Tx, source: WinOf, source_id: int) -> None:
    """Nobody reads it any more; a second time changes nothing. Raises NotFound, NotAllowed."""
    known = _shared_in(tx, my_thing(tx, source, source_id, lock=True), source, source_id)
    if known is not None:
        leave_channel(tx, known)
        tx.shared_wins.delete(tx.shared_wins.get(known.id))
        touch_win(tx, source, source_id)


def my_thing(tx: Tx, source: WinOf, source_id: int, *, lock: bool = False) -> PairId:
    """In which pair it stands on a card of mine. Raises NotFound, NotAllowed."""
    match source:
        case WinOf.RESULT:
            return my_own(tx, tx.results, ResultId(source_id), lock=lock).pair_id
        case WinOf.GOAL:
            return my_own(tx, tx.goals, GoalId(source_id), lock=lock).pair_id
        case WinOf.MILESTONE:
            return my_own(tx, tx.milestones, MilestoneId(source_id), lock=lock).pair_id


def _shared_in(tx: Tx, pair: PairId, source: WinOf, source_id: int) -> SharedWin | None:
    """As it stands in its pair; what was shared with a mentor before stays in the pair of then."""
    return tx.shared_wins.first(pair_id=pair, source=source, source_id=source_id)


def _my_win(tx: Tx, source: WinOf, source_id: int, *, lock: bool = False) -> tuple[WinStands, PairMembership]:
    pair = my_thing(tx, source, source_id, lock=lock)
    require_not_over(tx, pair)
    found = _STANDS[source](tx, source_id)
    membership = my_membership(tx, pair)
    if found is None or not membership.mentors:
        raise NoWin
    return found, membership


def _of_result(tx: Tx, id_: int) -> WinStands | None:
    result = tx.results.get(id_)
    win = win_of(tx, result)
    return WinStands(result.pair_id, win, tx.experiments.get(result.experiment_id).behaviour) if win else None


def _of_goal(tx: Tx, id_: int) -> WinStands | None:
    goal = tx.goals.get(id_)
    win = win_of_goal(goal)
    return WinStands(goal.pair_id, win, goal.text) if win else None


def _of_milestone(tx: Tx, id_: int) -> WinStands | None:
    milestone = tx.milestones.get(id_)
    win = win_of_milestone(milestone)
    return WinStands(milestone.pair_id, win, milestone.can) if win else None


_STANDS: Mapping[WinOf, Callable[[Tx, int], WinStands | None]] = {
    WinOf.RESULT: _of_result,
    WinOf.GOAL: _of_goal,
    WinOf.MILESTONE: _of_milestone,
}
