"""What helped here reaches those who wish it, in a message that comes anyway, once, and only in approved words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.digests import DigestWish
from bot.domain.errors import NotFound
from bot.domain.ids import ReuseReportId, WorkspaceId
from bot.domain.members import Member, WhatHelped
from bot.domain.privacy import SYSTEM, Viewer
from bot.ports import Tx
from bot.usecases.home.settings import change_settings
from bot.usecases.loop.reuse_reports import approve_report, read_report, tell_report
from bot.usecases.maintenance import forget_old_digests
from bot.usecases.rhythm.asks import ask_mentor
from bot.usecases.rhythm.checkin_cards import load_ask
from bot.usecases.rhythm.digests import DIGEST, load_digest
from bot.usecases.rhythm.nudges_planning import start_check_ins
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_nudges import NEW_YORK_TEN, WEEK, run_until

TUESDAY = datetime(2026, 11, 24, 10, tzinfo=UTC)
DAY = timedelta(days=1)


async def do(setup: Setup, member: Member, use_case: Any, *args: Any) -> Any:
    return await write_as(setup.deps, setup.viewer(member), use_case, *args)


async def approves(setup: Setup, text: str = "They asked first") -> ReuseReportId:
    return ReuseReportId(await do(setup, setup.admin, approve_report, text))


async def wishes(setup: Setup, member: Member, wish: WhatHelped = WhatHelped.YES) -> None:
    await do(setup, member, change_settings, {"what_helped": wish})


async def a_digest_each_day(setup: Setup, days: int = 3) -> None:
    """Mira has a digest, and something new stands in it on each of these days."""
    await do(setup, setup.mentor, change_settings, {"digest": DigestWish.ALWAYS})
    for day in range(days):
        await do(setup, setup.mentee, ask_mentor, {"situation": f"They wait {day}"}, None)
        await run_until(setup, TUESDAY + day * DAY)


async def told_in_digests(setup: Setup) -> list[ReuseReportId | None]:
    sent = await setup.read(lambda tx: tx.outgoing.find(kind=DIGEST.name, updates="", order="id"))
    return [
        (await read_as(setup.deps, setup.viewer(setup.mentor), load_digest, row.subject_id)).report
        for row in sent
    ]


async def told_in_check_ins(setup: Setup) -> list[ReuseReportId | None]:
    rounds = await setup.read(lambda tx: tx.occurrences.find(order="id"))
    nudged = {n.occurrence_id for n in await setup.read(lambda tx: tx.nudges.find()) if n.sent_at}
    mine = setup.viewer(setup.mentee)
    return [(await read_as(setup.deps, mine, load_ask, one.id)).report for one in rounds if one.id in nudged]


async def test_it_stands_in_the_next_digest_and_in_no_other(setup: Setup) -> None:
    await wishes(setup, setup.mentor)
    report = await approves(setup)
    await a_digest_each_day(setup)

    told = await told_in_digests(setup)
    assert len(told) > 1
    assert [one for one in told if one] == [report]
    assert (await setup.read(lambda tx: read_report(tx, report), setup.mentor)).text == "They asked first"


async def test_without_a_digest_it_stands_in_the_next_check_in_and_in_no_other(setup: Setup) -> None:
    await setup.write(lambda tx: start_check_ins(tx, setup.pair))
    await wishes(setup, setup.mentee)
    report = await approves(setup)
    await run_until(setup, NEW_YORK_TEN + WEEK + timedelta(minutes=1))

    told = await told_in_check_ins(setup)
    assert len(told) == 2
    assert told == [report, None]


async def test_only_those_who_wish_it_and_were_told_of_it_read_it(setup: Setup) -> None:
    await wishes(setup, setup.mentor)
    report = await approves(setup)
    with pytest.raises(NotFound):
        await setup.read(lambda tx: read_report(tx, report), setup.mentor)
    await a_digest_each_day(setup, 1)
    assert (await setup.read(lambda tx: read_report(tx, report), setup.mentor)).id == report

    with pytest.raises(NotFound):
        await setup.read(lambda tx: read_report(tx, report), setup.mentee)
    await wishes(setup, setup.mentor, WhatHelped.NO)
    with pytest.raises(NotFound):
        await setup.read(lambda tx: read_report(tx, report), setup.mentor)


async def test_what_nobody_approved_is_never_sent(setup: Setup) -> None:
    await wishes(setup, setup.mentor)
    await a_digest_each_day(setup)

    assert {*await told_in_digests(setup)} == {None}


async def test_whoever_does_not_wish_it_reads_nothing_of_it(setup: Setup) -> None:
    await setup.write(lambda tx: start_check_ins(tx, setup.pair))
    await approves(setup)
    await a_digest_each_day(setup)
    await run_until(setup, NEW_YORK_TEN + timedelta(minutes=1))

    assert {*await told_in_digests(setup)} == {None} == {*await told_in_check_ins(setup)}


async def test_whoever_changed_their_mind_between_approving_and_sending_is_told_nothing(setup: Setup) -> None:
    await wishes(setup, setup.mentor)
    await approves(setup)
    await wishes(setup, setup.mentor, WhatHelped.NO)
    await a_digest_each_day(setup)

    assert {*await told_in_digests(setup)} == {None}
    assert await setup.read(lambda tx: tx.reuse_report_tellings.count()) == 0


async def test_whoever_changes_their_mind_after_it_was_sent_reads_it_no_more(setup: Setup) -> None:
    await wishes(setup, setup.mentor)
    await approves(setup)
    await a_digest_each_day(setup)
    await wishes(setup, setup.mentor, WhatHelped.NO)

    assert {*await told_in_digests(setup)} == {None}


async def test_corrected_words_take_the_place_of_the_first_ones_and_nobody_is_told_twice(
    setup: Setup,
) -> None:
    await wishes(setup, setup.mentor)
    first = await approves(setup)
    await a_digest_each_day(setup, 1)
    assert await approves(setup, "They asked everybody first") == first
    await a_digest_each_day(setup, 3)

    assert [one for one in await told_in_digests(setup) if one] == [first]
    assert (await setup.read(lambda tx: read_report(tx, first), setup.mentor)).text.startswith(
        "They asked every"
    )


async def test_a_member_of_another_workspace_is_told_and_reads_nothing(setup: Setup) -> None:
    report = await approves(setup)

    def elsewhere(tx: Tx) -> Member:
        workspace = tx.workspaces.insert(replace(setup.workspace, id=WorkspaceId(0), team_id="T2"))
        new = Member(workspace.id, "UEVE", "Eve", "UTC", "en-US", tx.now, what_helped=WhatHelped.YES)
        eve = tx.members.insert(new)
        tell_report(tx, eve)
        return eve

    eve = await setup.deps.db.write(SYSTEM, elsewhere)

    assert await setup.read(lambda tx: tx.reuse_report_tellings.count()) == 0
    with pytest.raises(NotFound):
        await setup.deps.db.read(Viewer(eve.workspace_id, eve.id), lambda tx: read_report(tx, report))


async def test_when_the_digest_is_forgotten_it_is_not_told_again(setup: Setup) -> None:
    await wishes(setup, setup.mentor)
    await approves(setup)
    await a_digest_each_day(setup, 1)
    setup.clock.moment += 100 * DAY

    await forget_old_digests(setup.deps)

    [told] = await setup.read(lambda tx: tx.reuse_report_tellings.find())
    assert told.digest_id is None
