"""The if-then check of what somebody is about to promise; it saves nothing and blocks nothing."""

from bot.domain.intentions import Remark, remark_on
from bot.domain.shown import changed
from bot.ports import Tx
from bot.usecases.loop.experiments import Commit


def remark_on_words(tx: Tx, command: Commit, locale: str) -> Remark | None:
    """What could be sharper about the words; None for nothing, and for words that were sent before as they are.

    Args:
        locale: the writer's.

    Raises:
        InvalidInput: for the field at fault; NotFound.
    """
    shown = {name: str(command.shown.get(name) or "") for name in ("behaviour", "situation")}
    old = command.experiment_id or command.parent_id
    if old is not None:
        known = tx.experiments.get(old)
        if changed(known, shown) == known:
            return None
    return remark_on(**shown, locale=locale)
