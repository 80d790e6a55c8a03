"""A number over time, from the result to Home and the brief."""

from bot.slack.loop import charts, experiments, results
from bot.usecases.loop.charts import SHOWN
from bot.usecases.loop.results import CARD
from tests.running_app import Json, Kind, Person, RunningApp

OPEN = {"behaviour": "ask one open question", "situation": "I lead the meeting"}
TOLD = {"what_happened": "They spoke", "next_step": "reframe"}


async def try_and_tell(tom: Person, number: str, **more: str) -> None:
    """One more try of the thread, told with where its number stands then."""
    await tom.submit({**OPEN, **more})
    await tom.command("/loop result")
    await tom.click(results.DID)
    assert not (await tom.submit({**TOLD, "Pause today": number})).errors


async def three_readings(app: RunningApp) -> tuple[Person, Person]:
    """Tom's number stood at 1, 2 and 4; he tries on."""
    mira, tom = await app.a_pair()
    await tom.command("/loop try")
    await tom.click(experiments.MORE)
    await try_and_tell(tom, "2", name_1="Pause", unit_1="s", today_1="1", hoped_1="5")
    await app.advance(days=1)
    await tom.click(experiments.REFRAME)
    await try_and_tell(tom, "4")
    await app.advance(days=1)
    await tom.click(experiments.REFRAME)
    await tom.submit(OPEN)
    return mira, tom


async def drawn(person: Person, kind: Kind) -> list[Json]:
    """The lines in the newest message of this kind."""
    newest = (await person.messages(kind))[-1]
    return [block for block in newest["blocks"] if block["type"] == "data_visualization"]


async def test_the_result_is_drawn_for_both_from_three_readings_on(app: RunningApp) -> None:
    mira, tom = await three_readings(app)

    for person in (mira, tom):
        first, second = await person.messages(CARD)
        assert "data_visualization" not in [block["type"] for block in first["blocks"]]
        (block,) = [block for block in second["blocks"] if block["type"] == "data_visualization"]
        assert [point["value"] for point in block["chart"]["series"][0]["data"]] == [1, 2, 4]


async def test_from_home_and_from_the_brief_the_chart_comes_as_a_message(app: RunningApp) -> None:
    mira, tom = await three_readings(app)
    await tom.home()
    home = (await tom.see())["home"]["id"]

    pressed = await tom.act(do="click", view_id=home, action_id=charts.SHOW)
    await mira.command("/loop brief")
    await mira.click(charts.SHOW)

    assert pressed.view is not None
    for person in (tom, mira):
        assert len(await drawn(person, SHOWN)) == 1
        assert len(await person.messages(SHOWN)) == 1


async def test_where_slack_takes_no_charts_everything_is_said_in_words(app: RunningApp) -> None:
    await app.post("/playground/settings", {"charts": False})
    mira, tom = await three_readings(app)
    await tom.home()
    await tom.act(do="click", view_id=(await tom.see())["home"]["id"], action_id=charts.SHOW)

    assert await drawn(tom, SHOWN) == []
    assert "Pause" in (await tom.texts(SHOWN))[-1]
    for person in (mira, tom):
        assert await drawn(person, CARD) == []
        assert len(await person.messages(CARD)) == 2
    refused = [call for call in await app.calls("chat.postMessage") if call["answer"].get("error")]
    assert len(refused) <= 2  # both of the pair are served side by side, and each is refused once at most
