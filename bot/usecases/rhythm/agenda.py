"""What the two want to discuss next time: put on the agenda and taken off it by either."""

from bot.domain.ids import ExperimentId, PairId
from bot.domain.sessions import AgendaItem, AgendaSource
from bot.ports import Tx
from bot.usecases.loop.experiments import touch


def discuss_experiment(tx: Tx, experiment: ExperimentId, *, wanted: bool) -> ExperimentId:
    """Put an experiment on the agenda, or take it off; nothing changes if it is so already. Raises NotFound."""
    found = tx.experiments.get(experiment, lock=True)
    there = is_on_agenda(tx, found.pair_id, AgendaSource.EXPERIMENT, found.id)
    if wanted and not there:
        put_on_agenda(tx, found.pair_id, AgendaSource.EXPERIMENT, found.id)
    if there and not wanted:
        take_off_agenda(tx, found.pair_id, AgendaSource.EXPERIMENT, found.id)
    if there is not wanted:
        touch(tx, found)
    return found.id


def agenda_of(tx: Tx, pair: PairId) -> list[AgendaItem]:
    """What waits for the next talk, the oldest first."""
    return tx.agenda.find(pair_id=pair, session_id=None)


def is_on_agenda(tx: Tx, pair: PairId, source: AgendaSource, source_id: int) -> bool:
    found = tx.agenda.count(pair_id=pair, source=source, source_id=source_id, session_id=None)
    return found > 0


def put_on_agenda(tx: Tx, pair: PairId, source: AgendaSource, source_id: int) -> None:
    """Put it there once, however often it is asked for. Hold a lock on the source before."""
    if is_on_agenda(tx, pair, source, source_id):
        return
    workspace = tx.pairs.get(pair).workspace_id
    tx.agenda.insert(AgendaItem(workspace, pair, tx.me, source, source_id, tx.now))


def take_off_agenda(tx: Tx, pair: PairId, source: AgendaSource, source_id: int) -> None:
    for item in tx.agenda.find(pair_id=pair, source=source, source_id=source_id, session_id=None):
        tx.agenda.delete(item)
