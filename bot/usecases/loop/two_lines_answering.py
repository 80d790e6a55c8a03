"""Two lines, written: kept for the pair that asked, shown to it, and changed or taken back by whoever wrote them."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.errors import NotFound
from bot.domain.ids import StakeholderAskId, TwoLinesId
from bot.domain.next_steps import NextTry
from bot.domain.outgoing import Priority
from bot.domain.shown import Shown, begun, changed
from bot.domain.taking_back import FRESH_FOR, change_seen, is_fresh, require_fresh, require_there
from bot.domain.two_lines import LinesState, StakeholderAsk, TwoLines, over, require_one_line, require_waiting
from bot.ports import Tx
from bot.usecases.entries import make_findable
from bot.usecases.loop.two_lines import about_text, keep_ask, readers_of
from bot.usecases.loop.two_lines_showing import show_on_goal, show_on_try
from bot.usecases.outgoing import Message, enqueue_post, enqueue_sent, enqueue_update, while_people_read_it
from bot.usecases.people.authors import my_own
from bot.usecases.people.memberships import my_membership


@dataclass(frozen=True)
class AnswerForm:
    """What the form needs to open; `lines` are those that are changed."""

    ask: StakeholderAsk
    asker: str
    readers: tuple[str, ...]
    lines: TwoLines | None = None


@dataclass(frozen=True)
class LinesCard:
    """Two lines as one of the pair reads them.

    Args:
        writer: who wrote them.
        asker: who asked for them.
        mine: the reader asked.
        others: who reads them besides the reader.
        about: the goal or the try in its own words, as far as the reader may read it.
    """

    lines: TwoLines
    writer: str
    asker: str
    others: tuple[str, ...]
    mine: bool
    next_try: NextTry
    about: str = ""


@dataclass(frozen=True)
class LinesSent:
    """Two lines as whoever wrote them keeps them; until `until` they can be taken back, None once that is over."""

    lines: TwoLines
    asker: str
    readers: tuple[str, ...]
    until: datetime | None


def open_lines_answer(tx: Tx, ask_id: StakeholderAskId) -> AnswerForm:
    """The form for whoever was asked. Raises NotFound, AskOver."""
    ask = _lines_asked_of_me(tx, ask_id)
    require_waiting(ask, tx.now)
    return _form(tx, ask)


def tell_lines(tx: Tx, ask_id: StakeholderAskId, shown: Shown) -> TwoLinesId:
    """Keep the lines, and show them to the pair. Raises NotFound, AskOver, InvalidInput for the field at fault."""
    ask = _lines_asked_of_me(tx, ask_id, lock=True)
    require_waiting(ask, tx.now)
    lines = begun(
        TwoLines,
        {**shown, "question": ask.question},
        workspace_id=ask.workspace_id,
        pair_id=ask.pair_id,
        member_id=tx.me,
        to_id=ask.member_id,
        stakeholder_ask_id=ask.id,
        created_at=tx.now,
        goal_id=ask.goal_id,
        experiment_id=ask.experiment_id,
    )
    kept = tx.two_lines.insert(require_one_line(lines))
    make_findable(tx, kept)
    keep_ask(tx, over(ask, LinesState.ANSWERED, tx.now))
    _tell_pair(tx, kept)
    _show_on_card(tx, kept)
    enqueue_sent(tx, SENT, kept)
    return kept.id


def decline_lines(tx: Tx, ask_id: StakeholderAskId) -> StakeholderAskId:
    """Rather not; nobody asks why, and a second press changes nothing. Raises NotFound, AskOver."""
    ask = _lines_asked_of_me(tx, ask_id, lock=True)
    if ask.state is not LinesState.DECLINED:
        require_waiting(ask, tx.now)
        keep_ask(tx, over(ask, LinesState.DECLINED, tx.now))
    return ask.id


def open_lines_change(tx: Tx, lines_id: TwoLinesId) -> AnswerForm:
    """What was written, to be changed. Raises NotFound, TakenBack, NotAllowed for anybody but who wrote it."""
    lines = my_own(tx, tx.two_lines, lines_id)
    require_there(lines)
    return _form(tx, tx.stakeholder_asks.get(lines.stakeholder_ask_id), lines)


def change_lines(tx: Tx, lines_id: TwoLinesId, shown: Shown) -> TwoLinesId:
    """Keep the change; after ten minutes its readers are told that it was changed.

    Raises InvalidInput, NotFound, NotAllowed, TakenBack.
    """
    lines = my_own(tx, tx.two_lines, lines_id, lock=True)
    require_there(lines)
    new = require_one_line(changed(lines, shown))
    _keep_lines(tx, replace(new, changed_at=change_seen(lines, tx.now)))
    return lines.id


def take_back_lines(tx: Tx, lines_id: TwoLinesId) -> TwoLinesId:
    """The words go, for everybody. Raises NotFound, NotAllowed, TakenBack, TooLateToTakeBack."""
    lines = my_own(tx, tx.two_lines, lines_id, lock=True)
    require_fresh(lines, tx.now)
    _keep_lines(tx, replace(lines, helped="", helps_more="", taken_back_at=tx.now))
    ask = tx.stakeholder_asks.get(lines.stakeholder_ask_id, lock=True)
    keep_ask(tx, over(ask, LinesState.DECLINED, tx.now))
    return lines.id


def load_lines(tx: Tx, lines_id: int) -> LinesCard:
    """The lines for those of the pair that asked; NotFound for everybody else, whoever wrote them included."""
    lines = tx.two_lines.get(lines_id)
    my_membership(tx, lines.pair_id)
    names = {one.id: one.name for one in tx.members.find(id={lines.member_id, lines.to_id})}
    return LinesCard(
        lines,
        writer=names[lines.member_id],
        asker=names[lines.to_id],
        others=(names[lines.member_id], *readers_of(tx, lines.pair_id, but=tx.me)),
        mine=lines.to_id == tx.me,
        next_try=NextTry(lines.pair_id, lines.goal_id),
        about=about_text(tx, lines.goal_id, lines.experiment_id),
    )


def load_lines_sent(tx: Tx, lines_id: int) -> LinesSent:
    """What I wrote; NotFound for anybody else."""
    lines = tx.two_lines.get(lines_id)
    if lines.member_id != tx.me:
        raise NotFound("two_lines")
    return LinesSent(
        lines,
        tx.members.get(lines.to_id).name,
        readers_of(tx, lines.pair_id, but=lines.to_id),
        lines.created_at + FRESH_FOR if is_fresh(lines, tx.now) else None,
    )


def _form(tx: Tx, ask: StakeholderAsk, lines: TwoLines | None = None) -> AnswerForm:
    readers = readers_of(tx, ask.pair_id, but=ask.member_id)
    return AnswerForm(ask, tx.members.get(ask.member_id).name, readers, lines)


def _lines_asked_of_me(tx: Tx, ask_id: StakeholderAskId, *, lock: bool = False) -> StakeholderAsk:
    ask = tx.stakeholder_asks.get(ask_id, lock=lock)
    if ask.contact_id != tx.me:
        raise NotFound("stakeholder_ask")
    return ask


def _tell_pair(tx: Tx, lines: TwoLines) -> None:
    """Whoever asked reads it at once, and so does whoever mentors them."""
    system = tx.as_system()  # whoever writes sees nothing of the pair
    here = system.memberships.find(pair_id=lines.pair_id, left_at=None)
    for reader in here:
        if reader.member_id == lines.to_id or reader.role.mentors:
            enqueue_post(tx, reader.member_id, CARD, lines.id)


def _keep_lines(tx: Tx, lines: TwoLines) -> None:
    """Keep them, and bring up to date what shows and finds them."""
    kept = tx.two_lines.update(lines)
    make_findable(tx, kept)
    for message in (CARD, SENT):
        enqueue_update(tx, message, kept.id, version=kept.version)
    _show_on_card(tx, kept)


def _show_on_card(tx: Tx, lines: TwoLines) -> None:
    """On the card of what it is about, and of the goal that a try serves."""
    if lines.experiment_id is not None:
        show_on_try(tx, lines.experiment_id)
    else:
        show_on_goal(tx, lines.goal_id)


CARD = Message("two_lines.card", LinesCard, load_lines, while_people_read_it, priority=Priority.ACT)
SENT = Message("two_lines.sent", LinesSent, load_lines_sent, while_people_read_it, priority=Priority.ACT)
