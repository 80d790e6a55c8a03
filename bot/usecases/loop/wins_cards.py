"""The cards on which small wins stand."""

from bot.domain.wins_sharing import WinOf
from bot.ports import Tx
from bot.usecases.loop.goals import touch_goal
from bot.usecases.loop.milestones import touch_milestone
from bot.usecases.loop.responses import touch as touch_result


def touch_win(tx: Tx, source: WinOf, source_id: int) -> None:
    """The card on which it stands says how it stands."""
    match source:
        case WinOf.RESULT:
            touch_result(tx, tx.results.get(source_id))
        case WinOf.GOAL:
            touch_goal(tx, tx.goals.get(source_id))
        case WinOf.MILESTONE:
            touch_milestone(tx, tx.milestones.get(source_id))
