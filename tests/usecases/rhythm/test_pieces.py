"""Which piece comes with which check-in, for the mentor who reads it."""

from datetime import timedelta

from bot.domain.checkins import CheckIn, CheckInSource
from bot.domain.ids import CheckInId
from bot.domain.nudges import Occurrence, OccurrenceState, Ritual
from bot.domain.pieces import Piece, Reader
from bot.packs.pieces import pieces_for
from bot.ports import Tx
from bot.usecases.rhythm.checkin_cards import load_check_in_card
from bot.usecases.rhythm.pieces import note_pieces
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_checkins_discussed import answered

MENTOR = pieces_for(Reader.MENTOR)


async def earlier(setup: Setup, source: CheckInSource) -> CheckInId:
    """An answer of a week before, written straight into the database."""
    return await setup.write(lambda r: _a_week_ago(r, setup, source))


def _a_week_ago(tx: Tx, setup: Setup, source: CheckInSource) -> CheckInId:
    at, whose = setup.clock.now() - timedelta(weeks=1), (setup.workspace.id, setup.pair.id)
    passed = Occurrence(*whose, Ritual.CHECK_IN, 0, "a week ago", at.date(), OccurrenceState.ANSWERED)
    occurrence = tx.occurrences.insert(passed).id
    return tx.check_ins.insert(CheckIn(*whose, setup.mentee.id, occurrence, source, at, at)).id


async def read_by_mentor(setup: Setup, check_in: CheckInId) -> Piece | None:
    return (await setup.read(lambda r: load_check_in_card(r, check_in), setup.mentor)).piece


async def test_only_what_the_mentor_was_told_counts(setup: Setup) -> None:
    await earlier(setup, CheckInSource.NOTHING_NEW)

    assert await read_by_mentor(setup, await answered(setup, went_well="calm")) == MENTOR[0]


async def test_an_older_card_keeps_its_own_piece(setup: Setup) -> None:
    first = await earlier(setup, CheckInSource.FORM)
    second = await answered(setup, went_well="calm")

    assert [await read_by_mentor(setup, one) for one in (first, second)] == [*MENTOR[:2]]


async def test_none_comes_before_it_was_said_that_they_do(setup: Setup) -> None:
    first = await earlier(setup, CheckInSource.FORM)
    assert await read_by_mentor(setup, first) is None

    await setup.write(lambda r: note_pieces(r, setup.pair, setup.mentor.id))
    assert await read_by_mentor(setup, first) == MENTOR[0]
