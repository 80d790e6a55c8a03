"""Whoever is looked through from the command line reads of it, and nobody else does."""

from dataclasses import replace

import pytest

from bot.domain.audit import AuditEntry
from bot.domain.errors import NotFound
from bot.domain.ids import AuditId
from bot.usecases.repository.looks import LOOKED, Look, LookedThrough, load_look, look_as
from tests.usecases.conftest import Setup


async def looked(setup: Setup) -> AuditEntry:
    await setup.write(lambda tx: look_as(tx, setup.mentee.user_id, Look.EXPORT))
    (noted,) = await setup.read(lambda tx: tx.audit.find(action=Look.EXPORT))
    return noted


async def test_the_member_reads_what_was_done_and_when(setup: Setup) -> None:
    noted = await looked(setup)

    seen = await setup.read(lambda tx: load_look(tx, noted.id), setup.mentee)

    assert await setup.told(setup.mentee) == [LOOKED]
    assert seen == LookedThrough(Look.EXPORT, noted.at)


async def test_nobody_else_reads_of_it(setup: Setup) -> None:
    noted = await looked(setup)

    assert await setup.told(setup.mentor) == []
    with pytest.raises(NotFound):
        await setup.read(lambda tx: load_look(tx, noted.id), setup.mentor)


async def test_what_else_stands_in_the_trail_is_told_to_nobody(setup: Setup) -> None:
    noted = await looked(setup)
    other = await setup.write(lambda tx: tx.audit.insert(replace(noted, id=AuditId(0), action="pair.ended")))

    with pytest.raises(NotFound):
        await setup.read(lambda tx: load_look(tx, other.id), setup.mentee)
