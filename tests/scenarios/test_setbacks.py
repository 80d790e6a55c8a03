"""“It's not working”: the whole way through Slack, from the card and from Home."""

from bot.slack.loop import experiments, hints, setbacks
from bot.slack.rhythm import asks
from bot.usecases.loop.experiment_cards import CARD
from bot.usecases.loop.setbacks import NEWS
from tests.running_app import Person, RunningApp

WAYS = [experiments.SHRINK, setbacks.ANOTHER_WAY, setbacks.ASK, experiments.DROP]


async def a_try(app: RunningApp) -> tuple[Person, Person]:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop try ask one open question")
    assert (await tom.submit({"situation": "I lead"})).errors == {}
    return yuki, tom


async def test_one_tap_says_it_and_offers_four_ways_and_the_mentor_reads_news(app: RunningApp) -> None:
    yuki, tom = await a_try(app)

    said = await tom.click(setbacks.SAY, kind=CARD)

    assert said.offered[-len(WAYS) :] == WAYS
    assert "Thanks for saying it early." in said.text
    assert await yuki.last_got(NEWS)
    assert await yuki.offered(NEWS) == [hints.OPEN]
    assert "not a failure" in (await yuki.texts(CARD))[-1]


async def test_another_way_takes_the_place_of_this_one_when_it_is_sent(app: RunningApp) -> None:
    _, tom = await a_try(app)
    await tom.click(setbacks.SAY, kind=CARD)

    assert (await tom.click(setbacks.ANOTHER_WAY)).form == experiments.COMMIT
    assert (await tom.submit({"behaviour": "count to ten"})).errors == {}

    tries = await app.stored(lambda r: [(one.behaviour, str(one.state)) for one in r.experiments.find()])
    assert tries == [("ask one open question", "dropped"), ("count to ten", "open")]


async def test_the_question_to_the_mentor_is_written_already(app: RunningApp) -> None:
    yuki, tom = await a_try(app)
    await tom.click(setbacks.SAY, kind=CARD)

    assert (await tom.click(setbacks.ASK)).form == asks.SEND
    assert (await tom.submit({})).errors == {}

    assert "“ask one open question”" in (await yuki.texts())[-1]


async def test_leaving_it_is_one_tap_more(app: RunningApp) -> None:
    _, tom = await a_try(app)
    await tom.click(setbacks.SAY, kind=CARD)
    await tom.click(experiments.DROP)

    assert await tom.offered(CARD) == [experiments.CHANGE]


async def test_home_has_the_same_tap(app: RunningApp) -> None:
    _, tom = await a_try(app)
    await tom.home()
    home = (await tom.see())["home"]
    line = next(b for b in home["blocks"] if b.get("accessory", {}).get("action_id") == setbacks.SAY)

    said = await tom.act(do="click", view_id=home["id"], block_id=line["block_id"], action_id=setbacks.SAY)

    assert said.offered[-len(WAYS) :] == WAYS
    assert (await tom.click(experiments.DROP)).form == ""
    assert await app.stored(lambda r: [str(one.state) for one in r.experiments.find()]) == ["dropped"]
