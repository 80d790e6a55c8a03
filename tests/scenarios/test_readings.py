"""Numbers over time: the whole way through Slack, with real payloads."""

from bot.domain.errors import AlreadySettled, DayToCome, NumberNotUnderstood, PreparingNeedsNumber
from bot.slack.loop import experiments, readings, results
from bot.usecases.loop.experiment_cards import CARD
from tests.forms import field_ids
from tests.running_app import Person, RunningApp

PAUSE = {"name_1": "Pause", "unit_1": "s", "today_1": "1", "hoped_1": "3"}
QUESTIONS = {"name_1": "Questions", "kind_1": "count"}


async def promise(mentee: Person, **number: str) -> None:
    await mentee.command("/loop try ask one open question")
    await mentee.click(experiments.MORE)
    outcome = await mentee.submit({"situation": "I lead", **number})
    assert outcome.errors == {}


async def card(person: Person) -> str:
    return (await person.texts(CARD))[-1]


async def test_a_count_goes_up_with_one_tap_and_down_with_one(app: RunningApp) -> None:
    mira, tom = await app.a_pair()
    await promise(tom, **QUESTIONS)

    for count in (1, 2, 3):
        outcome = await tom.click(readings.COUNT)
        assert f"{count} so far" in outcome.text
    assert readings.UNDO in outcome.offered
    assert "Questions: bisher 3" in await card(mira)

    assert "2 so far" in (await tom.click(readings.UNDO)).text
    assert "Questions: 2 so far" in await card(tom)
    assert readings.COUNT not in await mira.offered(CARD)


async def test_a_number_is_noted_from_the_card_and_from_home(app: RunningApp) -> None:
    mira, tom = await app.a_pair()
    await promise(tom, **PAUSE)

    await tom.click(readings.OPEN)
    assert (await tom.submit({"value": "2", "note": "in the stand-up"})).errors == {}
    await app.advance(days=1)
    await tom.home()
    await tom.act(do="open_home")
    home = (await tom.see())["home"]
    assert readings.OPEN_FOR in str(home)

    assert "in the stand-up" in await card(mira)
    assert "2 s today" in await card(tom)


async def test_a_second_number_for_a_day_is_said_to_replace_the_first(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await promise(tom, **PAUSE)
    await tom.click(readings.OPEN)
    await tom.submit({"value": "2"})

    await tom.click(readings.OPEN)
    outcome = await tom.submit({"value": "4"})

    assert "takes its place" in outcome.text
    assert "2" in outcome.text
    assert "4 s today" in await card(tom)


async def test_what_was_typed_stays_where_it_cannot_be_noted(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await promise(tom, **PAUSE)
    await tom.click(readings.OPEN)

    words = await tom.submit({"value": "a few"})
    assert words.errors == {"value": tom.told(NumberNotUnderstood("a few"))}
    tomorrow = await tom.submit({"value": "2", "day": "2026-11-24"})
    assert tomorrow.errors == {"day": tom.told(DayToCome(app.clock.now().date()))}
    assert (await tom.submit({"day": "2026-11-23"})).errors == {}


async def test_a_check_in_asks_for_the_number_that_was_noted_longest_ago(app: RunningApp) -> None:
    mira, tom = await app.a_pair()
    await promise(tom, **PAUSE)
    await tom.command("/loop checkin")
    assert "number" in (field_ids(await tom.form()))

    words = await tom.submit({"number": "a few", "went_well": "Everyone spoke"})
    assert words.errors == {"number": tom.told(NumberNotUnderstood("a few"))}
    assert (await tom.submit({"number": "2"})).errors == {}

    assert "2 s today" in await card(tom)
    assert "Everyone spoke" in await mira.read()


async def test_what_is_noted_three_times_first_says_so_to_both(app: RunningApp) -> None:
    mira, tom = await app.a_pair()
    await tom.command("/loop try breathe")
    await tom.click(experiments.MORE)
    refused = await tom.submit({"situation": "I lead", "starts": "after_three"})
    assert refused.errors == {"starts": tom.told(PreparingNeedsNumber())}
    assert (await tom.submit({**PAUSE})).errors == {}

    assert "First its number is noted three times" in await card(tom)
    for _ in range(2):
        await app.advance(days=1)
        await tom.click(readings.OPEN)
        assert (await tom.submit({"value": "1"})).errors == {}
    assert "First its number" not in await card(tom)
    assert "dreimal" not in await card(mira)


async def test_today_in_the_result_is_the_last_number_that_was_noted(app: RunningApp) -> None:
    mira, tom = await app.a_pair()
    await promise(tom, **PAUSE)
    await tom.click(readings.OPEN)
    await tom.submit({"value": "2.5"})
    await app.advance(days=2)

    await tom.click(results.HAPPENED)
    outcome = await tom.click(results.DID)
    (field,) = [name for name in outcome.fields if name.startswith("reading_")]
    boxes = {block["block_id"]: block for block in (outcome.view or {})["blocks"]}
    assert boxes[field]["element"]["initial_value"] == "2.5"
    await tom.submit({"what_happened": "They spoke", "next_step": "drop"})

    stored = await app.stored(lambda r: [(str(one.value), one.source) for one in r.readings.find()])
    assert stored == [("1", "start"), ("2.5", "note"), ("2.5", "result")]
    assert "They spoke" in await mira.read()


async def test_a_tap_is_taken_back_no_more_once_it_was_told_how_it_went(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await promise(tom, **QUESTIONS)
    await tom.click(readings.COUNT)
    await tom.click(results.HAPPENED)
    await tom.click(results.DID)
    await tom.submit({"what_happened": "They spoke", "next_step": "drop"})

    outcome = await tom.click(readings.UNDO)

    assert tom.told(AlreadySettled()) in outcome.text
