"""A minute to read with each of the first check-ins: the whole way through Slack."""

from datetime import datetime, timedelta

from bot.domain.pieces import Reader
from bot.packs.pieces import pieces_for
from bot.slack.rhythm import checkins, pieces
from bot.usecases.rhythm.checkin_cards import ASK, CARD
from tests.running_app import Person, RunningApp
from tests.scenarios.conftest import run_id

FIRST_TUESDAY = datetime.fromisoformat("2026-11-24T15:00:01+00:00")
MENTEES = [piece.in_language("en-US").title for piece in pieces_for(Reader.MENTEE)]
MENTORS = [piece.in_language("en-US").title for piece in pieces_for(Reader.MENTOR)]


async def weeks_pass(app: RunningApp, tom: Person, count: int, first: int = 0) -> None:
    """Tom answers each Tuesday."""
    for week in range(first, first + count):
        await app.advance_to((FIRST_TUESDAY + timedelta(weeks=week)).isoformat())
        await tom.click(checkins.ANSWER, kind=ASK)
        assert (await tom.submit({"went_well": f"Week {week}"})).errors == {}


def held(texts: list[str], titles: list[str]) -> list[list[str]]:
    """Which pieces stand in each message."""
    return [[title for title in titles if title in text] for text in texts]


async def test_each_check_in_brings_another_one_to_both_until_all_have_come(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")

    await weeks_pass(app, tom, 6)

    assert held(await tom.texts(ASK), MENTEES) == [[title] for title in MENTEES] + [[], [], []]
    assert held(await yuki.texts(CARD), MENTORS) == [[title] for title in MENTORS] + [[]]


async def test_it_is_read_in_a_window_and_either_way_says_what_tends_to_come(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await weeks_pass(app, tom, 1)
    text = pieces_for(Reader.MENTEE)[0].in_language("en-US")

    opened = await tom.click(pieces.READ, kind=ASK)
    assert text.scene in opened.text
    assert text.ways[0].then not in opened.text

    chosen = await tom.click(pieces.SECOND)
    assert chosen.text.index(text.ways[1].then) < chosen.text.index(text.ways[0].then)


async def test_who_wants_no_more_gets_none_and_finds_them_in_help(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await weeks_pass(app, tom, 1)

    await tom.click(pieces.READ, kind=ASK)
    await tom.click(pieces.END)
    await tom.close()
    await weeks_pass(app, tom, 1, first=1)

    assert pieces.READ not in await tom.offered(ASK)
    assert held(await yuki.texts(CARD), MENTORS) == [[MENTORS[0]], [MENTORS[1]]]  # to each their own
    listed = await tom.command("/loop help basics")
    assert held([listed.text], MENTEES + MENTORS) == [MENTEES]
    await tom.click(pieces.READ)
    assert pieces.END not in (await tom.click(pieces.FIRST)).offered


async def test_somebody_in_no_pair_reads_them_all(app: RunningApp) -> None:
    ada = app.person("Ada")

    listed = await ada.command("/loop help basics")

    assert held([listed.text], MENTORS + MENTEES) == [MENTORS + MENTEES]
    assert run_id("help basics") in (await ada.command("/loop help")).offered
