"""What the two want to discuss next time: put on the agenda and taken off it by either."""

from bot.domain.ids import PairId
from bot.domain.sessions import AgendaItem, AgendaSource
from bot.ports import Tx


def agenda_of(tx: Tx, pair: PairId) -> list[AgendaItem]:
    """What waits for the next talk, the oldest first."""
    return tx.agenda.find(pair_id=pair, session_id=None)


def is_on_agenda(tx: Tx, pair: PairId, source: AgendaSource, source_id: int) -> bool:
    found = tx.agenda.count(pair_id=pair, source=source, source_id=source_id, session_id=None)
    return found > 0


def move_on_agenda(tx: Tx, pair: PairId, source: AgendaSource, source_id: int, *, wanted: bool) -> bool:
    """Put it there, or take it off; whether that changed anything. Hold a lock on the source before."""
    if is_on_agenda(tx, pair, source, source_id) is wanted:
        return False
    if wanted:
        workspace = tx.pairs.get(pair).workspace_id
        tx.agenda.insert(AgendaItem(workspace, pair, tx.me, source, source_id, tx.now))
    else:
        take_off_agenda(tx, pair, source, source_id)
    return True


def take_off_agenda(tx: Tx, pair: PairId, source: AgendaSource, source_id: int) -> None:
    for item in tx.agenda.find(pair_id=pair, source=source, source_id=source_id, session_id=None):
        tx.agenda.delete(item)
