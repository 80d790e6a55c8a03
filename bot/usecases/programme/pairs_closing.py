"""What ends with a pair, however it ends."""

from dataclasses import replace

from bot.domain.pairs import Pair, PairState
from bot.ports import Tx
from bot.usecases.loop.two_lines_waiting import need_no_lines
from bot.usecases.programme.charters import close_charters_of
from bot.usecases.rhythm.nudges_planning import stop_check_ins
from bot.usecases.rhythm.rhythms import close_proposals_of
from bot.usecases.rhythm.talks import cancel_talks_of


def close_pair(tx: Tx, pair: Pair) -> Pair:
    """End it with all that was planned in it, and tell nobody; returns the pair as it was kept."""
    stopped = stop_check_ins(tx, pair)
    cancel_talks_of(tx, pair.id)
    close_proposals_of(tx, pair.id)
    close_charters_of(tx, pair.id)
    need_no_lines(tx, pair_id=pair.id)
    return tx.pairs.update(replace(stopped, state=PairState.ENDED, follow_up_at=None))
