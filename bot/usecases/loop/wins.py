"""In which words a small win is shared, for where its readers look anyway."""

from bot.domain.errors import NotFound
from bot.domain.ids import PairId
from bot.domain.wins import Win, win_of_goal, win_of_milestone
from bot.domain.wins_sharing import SharedWin, WinOf
from bot.ports import Tx
from bot.usecases.people.memberships import PairMembership

SHARED = "win.shared"  # as a digest knows it


def shared_words(tx: Tx, pair: PairId, source: WinOf, source_id: int, win: Win | None) -> SharedWin | None:
    """On its card: None where nobody shared it in its pair, and where it is none any more.

    What was shared with a mentor before stays in the pair of then.
    """
    if win is None:
        return None
    return tx.shared_wins.first(pair_id=pair, source=source, source_id=source_id)


def newest_shared(tx: Tx, membership: PairMembership) -> SharedWin | None:
    """The newest that this member shares in this pair, as long as it is one."""
    newest = tx.shared_wins.first(**membership.mine, order="-id")
    return newest if newest is not None and is_still_one(tx, newest.source, newest.source_id) else None


def is_still_one(tx: Tx, source: WinOf, source_id: int) -> bool:
    """Whether what it is about was not taken back since."""
    try:
        match source:
            case WinOf.RESULT:
                return tx.results.get(source_id).was_tried
            case WinOf.GOAL:
                return win_of_goal(tx.goals.get(source_id)) is not None
            case WinOf.MILESTONE:
                return win_of_milestone(tx.milestones.get(source_id)) is not None
    except NotFound:
        return False
