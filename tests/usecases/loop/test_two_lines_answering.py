"""Two lines, written: who reads them, and second thoughts, on a real database."""

from typing import Any

import pytest

from bot.domain.entries import Filters
from bot.domain.errors import NotAllowed, NotFound, TakenBack, TextMissing, TextTooLong, TooLateToTakeBack
from bot.domain.ids import StakeholderAskId, TwoLinesId
from bot.domain.members import Member
from bot.domain.search import parse_query
from bot.domain.stored import EntryKind
from bot.domain.two_lines import AskOver, LinesState, Quotable, TwoLines
from bot.ports import Tx
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop.two_lines import CARD as ASKED
from bot.usecases.loop.two_lines import About
from bot.usecases.loop.two_lines_answering import (
    CARD,
    SENT,
    change_lines,
    decline_lines,
    load_lines,
    load_lines_sent,
    open_lines_answer,
    open_lines_change,
    take_back_lines,
    tell_lines,
)
from bot.usecases.repository.export import export
from bot.usecases.repository.search_things import open_thing
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_two_lines import a_colleague, a_goal, a_try, asked, kept

HELPED = {"helped": "You let the quiet ones begin", "helps_more": "An agenda", "quotable": Quotable.YES}


async def told(setup: Setup, ask: StakeholderAskId, writer: Member, **shown: Any) -> TwoLinesId:
    viewer = setup.viewer(writer)
    return await write_as(setup.deps, viewer, tell_lines, ask, {**HELPED, **shown}, key=f"tell {ask} {shown}")


async def lines_of(setup: Setup, lines: TwoLinesId) -> TwoLines:
    return await setup.read(lambda r: r.two_lines.get(lines))


@pytest.fixture
async def yuki(setup: Setup) -> Member:
    return await a_colleague(setup)


@pytest.fixture
async def ask(setup: Setup, yuki: Member) -> StakeholderAskId:
    return await asked(setup, yuki, About(goal_id=await a_goal(setup)))


async def test_the_lines_reach_the_one_who_asked_and_the_mentor(
    setup: Setup, yuki: Member, ask: StakeholderAskId
) -> None:
    lines = await told(setup, ask, yuki)

    assert (await setup.told(setup.mentee))[-1] is (await setup.told(setup.mentor))[-1] is CARD
    assert (await setup.told(yuki))[-1] is SENT
    mine = await read_as(setup.deps, setup.viewer(setup.mentee), load_lines, lines)
    hers = await read_as(setup.deps, setup.viewer(setup.mentor), load_lines, lines)
    assert (mine.writer, mine.mine, mine.others) == ("Yuki", True, ("Yuki", "Mira"))
    assert (hers.asker, hers.mine, hers.others) == ("Tom", False, ("Yuki", "Tom"))
    assert mine.about == "lead reviews in which everyone speaks"
    assert mine.lines.helped == "You let the quiet ones begin"
    assert (await kept(setup, ask)).state is LinesState.ANSWERED


async def test_the_one_who_wrote_keeps_them_and_sees_nothing_else(
    setup: Setup, yuki: Member, ask: StakeholderAskId
) -> None:
    lines = await told(setup, ask, yuki)
    viewer = setup.viewer(yuki)

    sent = await read_as(setup.deps, viewer, load_lines_sent, lines)
    assert (sent.asker, sent.readers, sent.lines.helped) == ("Tom", ("Mira",), "You let the quiet ones begin")
    with pytest.raises(NotFound):
        await read_as(setup.deps, viewer, load_lines, lines)

    def seen(tx: Tx) -> list[int]:
        return [store.count() for store in (tx.two_lines, tx.goals, tx.pairs, tx.memberships, tx.entries)]

    assert await setup.read(seen, yuki) == [1, 0, 0, 0, 0]


async def test_nobody_else_reads_them(setup: Setup, yuki: Member, ask: StakeholderAskId) -> None:
    lines, zoe = await told(setup, ask, yuki), await a_colleague(setup, "Zoe")

    for reader in (zoe, setup.admin):
        for load in (load_lines, load_lines_sent):
            with pytest.raises(NotFound):
                await read_as(setup.deps, setup.viewer(reader), load, lines)
        assert await setup.read(lambda r: r.two_lines.count(), reader) == 0


async def test_the_pair_finds_them_and_opens_them_and_their_writer_does_not(
    setup: Setup, yuki: Member, ask: StakeholderAskId
) -> None:
    lines = await told(setup, ask, yuki)

    def found(tx: Tx) -> list[int]:
        return [hit.id for hit in tx.search.candidates(parse_query("quiet ones").words, Filters(), 10)]

    for reader in (setup.mentee, setup.mentor):
        assert len(await setup.read(found, reader)) == 1
        thing = await read_as(setup.deps, setup.viewer(reader), open_thing, EntryKind.TWO_LINES, lines)
        assert (thing.name, thing.links[0].kind) == ("Yuki", EntryKind.GOAL)
    assert await setup.read(found, yuki) == []
    assert await setup.read(found, setup.admin) == []


async def test_lines_about_a_try_are_of_its_story(setup: Setup, yuki: Member) -> None:
    tried = await a_try(setup)
    lines = await told(setup, await asked(setup, yuki, About(experiment_id=tried)), yuki)

    entry = await setup.read(lambda r: r.entries.first(kind=EntryKind.TWO_LINES))
    assert entry is not None
    assert entry.story == f"experiment:{tried}"
    thing = await read_as(setup.deps, setup.viewer(setup.mentee), open_thing, EntryKind.EXPERIMENT, tried)
    assert (EntryKind.TWO_LINES, lines) in {(link.kind, link.subject_id) for link in thing.links}


async def test_each_of_the_three_takes_them_along(setup: Setup, yuki: Member, ask: StakeholderAskId) -> None:
    await told(setup, ask, yuki)

    for reader, shown in ((setup.mentee, True), (setup.mentor, True), (yuki, True), (setup.admin, False)):
        taken = await read_as(setup.deps, setup.viewer(reader), export, reader)
        assert [one["helped"] for one in taken.records["two_lines"]] == [HELPED["helped"]] * shown
        if reader is yuki:
            [mine] = taken.records["two_lines"]
            assert not {"goal_id", "pair_id", "experiment_id"} & mine.keys(), "ids of what is not theirs"


@pytest.mark.parametrize(
    ("shown", "field", "error"),
    [
        ({"helped": " ", "helps_more": ""}, "helped", TextMissing),
        ({"helped": "x" * 2001}, "helped", TextTooLong),
    ],
)
async def test_one_of_the_two_is_needed_and_a_refusal_keeps_the_question_open(
    setup: Setup,
    yuki: Member,
    ask: StakeholderAskId,
    shown: dict[str, str],
    field: str,
    error: type[Exception],
) -> None:
    with pytest.raises(error) as refused:
        await told(setup, ask, yuki, **shown)

    assert getattr(refused.value, "field", "") == field
    await told(setup, ask, yuki, helped="", helps_more="An agenda")


async def test_rather_not_is_one_tap_and_says_only_that(
    setup: Setup, yuki: Member, ask: StakeholderAskId
) -> None:
    before = len(await setup.told(setup.mentee)), len(await setup.told(setup.mentor))
    await dispatch(setup.deps)
    viewer = setup.viewer(yuki)

    await write_as(setup.deps, viewer, decline_lines, ask, key="no")
    await write_as(setup.deps, viewer, decline_lines, ask, key="again")
    await dispatch(setup.deps)

    assert (len(await setup.told(setup.mentee)), len(await setup.told(setup.mentor))) == before
    assert {"UTOM", "UYUKI"} <= {post.to for post in setup.messenger.updates}, "their card says so"
    with pytest.raises(AskOver):
        await told(setup, ask, yuki)


async def test_only_the_one_who_was_asked_answers_or_declines(
    setup: Setup, yuki: Member, ask: StakeholderAskId
) -> None:
    zoe = await a_colleague(setup, "Zoe")
    assert yuki

    for member in (setup.mentee, setup.mentor, setup.admin, zoe):
        viewer = setup.viewer(member)
        with pytest.raises(NotFound):
            await read_as(setup.deps, viewer, open_lines_answer, ask)
        with pytest.raises(NotFound):
            await told(setup, ask, member)
        with pytest.raises(NotFound):
            await write_as(setup.deps, viewer, decline_lines, ask, key=f"no {member.id}")
    assert (await kept(setup, ask)).state is LinesState.ASKED


async def test_an_answer_comes_once(setup: Setup, yuki: Member, ask: StakeholderAskId) -> None:
    await told(setup, ask, yuki)

    with pytest.raises(AskOver):
        await told(setup, ask, yuki, helped="once more")
    with pytest.raises(AskOver):
        await write_as(setup.deps, setup.viewer(yuki), decline_lines, ask, key="no")


async def test_within_ten_minutes_a_change_is_silent_and_later_it_says_so(
    setup: Setup, yuki: Member, ask: StakeholderAskId
) -> None:
    lines, viewer = await told(setup, ask, yuki), setup.viewer(yuki)
    assert (await read_as(setup.deps, viewer, open_lines_change, lines)).lines is not None

    await write_as(setup.deps, viewer, change_lines, lines, {"helped": "You waited"}, key="1")
    assert ((await lines_of(setup, lines)).helped, (await lines_of(setup, lines)).changed_at) == (
        "You waited",
        None,
    )

    setup.clock.move(minutes=11)
    await write_as(setup.deps, viewer, change_lines, lines, {"helped": "You waited long"}, key="2")
    assert (await lines_of(setup, lines)).changed_at == setup.clock.now()
    with pytest.raises(TextMissing):
        await write_as(setup.deps, viewer, change_lines, lines, {"helped": "", "helps_more": ""}, key="3")


async def test_taken_back_the_words_are_gone_everywhere_and_it_was_no_answer(
    setup: Setup, yuki: Member, ask: StakeholderAskId
) -> None:
    lines, viewer = await told(setup, ask, yuki), setup.viewer(yuki)
    await dispatch(setup.deps)

    await write_as(setup.deps, viewer, take_back_lines, lines, key="back")

    gone = await lines_of(setup, lines)
    assert (gone.helped, gone.helps_more, gone.taken_back_at) == ("", "", setup.clock.now())
    assert await setup.read(lambda r: r.entries.count(kind=EntryKind.TWO_LINES)) == 0
    assert (await kept(setup, ask)).state is LinesState.DECLINED
    for again in (open_lines_change, change_lines):
        with pytest.raises(TakenBack):
            await write_as(
                setup.deps, viewer, again, lines, *([{}] if again is change_lines else []), key="x"
            )


async def test_after_ten_minutes_nothing_is_taken_back(
    setup: Setup, yuki: Member, ask: StakeholderAskId
) -> None:
    lines = await told(setup, ask, yuki)
    setup.clock.move(minutes=11)

    with pytest.raises(TooLateToTakeBack):
        await write_as(setup.deps, setup.viewer(yuki), take_back_lines, lines, key="back")


async def test_nobody_changes_what_somebody_else_wrote(
    setup: Setup, yuki: Member, ask: StakeholderAskId
) -> None:
    lines = await told(setup, ask, yuki)

    for member, error in ((setup.mentee, NotAllowed), (setup.mentor, NotAllowed), (setup.admin, NotFound)):
        viewer = setup.viewer(member)
        with pytest.raises(error):
            await write_as(setup.deps, viewer, change_lines, lines, {"helped": "forged"}, key=f"c{member.id}")
        with pytest.raises(error):
            await write_as(setup.deps, viewer, take_back_lines, lines, key=f"t{member.id}")


async def test_once_it_is_answered_the_question_asks_for_nothing(
    setup: Setup, yuki: Member, ask: StakeholderAskId
) -> None:
    await dispatch(setup.deps)
    await told(setup, ask, yuki)
    await dispatch(setup.deps)

    assert {"UTOM", "UYUKI"} <= {post.to for post in setup.messenger.updates}
    assert [kind for kind in await setup.told(yuki) if kind is ASKED] == [ASKED]
