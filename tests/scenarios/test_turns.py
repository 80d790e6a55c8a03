"""Taking turns, the whole way through Slack: a coin for each occasion, one number afterwards, and what came of it."""

from bot.domain.errors import NumberNotUnderstood, TurnsNeedEvent, TurnsNeedNumber
from bot.domain.readings import Arm
from bot.slack.loop import experiments, results, turns
from bot.slack.loop.turns import arm_text
from bot.usecases.loop.experiment_cards import CARD
from bot.usecases.loop.results import CARD as RESULT
from tests.forms import action_ids
from tests.running_app import Person, RunningApp

COIN = {
    "behaviour": "ask one open question", "situation": "a meeting begins",
    "name_1": "Voices", "ask_when": "event", "coin": "six",
}  # fmt: skip


async def take_turns(tom: Person) -> None:
    await tom.command("/loop try")
    await tom.click(experiments.MORE)
    assert (await tom.submit(COIN)).errors == {}


async def arms(app: RunningApp) -> list[Arm]:
    return [turn.arm for turn in await app.stored(lambda r: r.turns.find(order="place"))]


async def test_six_times_a_coin_decides_and_what_it_showed_is_said(app: RunningApp) -> None:
    mira, tom = await app.a_pair()
    await take_turns(tom)

    for place in range(1, 7):
        answer = await tom.click(turns.COMES_UP, kind=CARD)
        came = await arms(app)
        assert len(came) == place
        assert ("as planned" if came[-1] is Arm.TRY else "as usual") in answer.text
        await tom.click(turns.NOTE)
        noted = await tom.submit({"value": str(place + 10 * (came[-1] is Arm.TRY))})
        if place < 6:
            await tom.close()
    assert set(noted.offered) >= {results.DID, results.PARTLY, results.DIDNT}
    (card,) = await mira.texts(CARD)
    assert mira.words.t("Better when it was done.") in card

    await tom.click(results.DID)
    assert (await tom.submit({"what_happened": "more of them spoke", "next_step": "drop"})).errors == {}

    for person in (mira, tom):
        (told,) = await person.texts(RESULT)
        assert person.words.t("tested: it was better when a coin said to do it") in told


async def test_what_cannot_be_compared_is_refused_at_its_field_and_keeps_what_was_typed(
    app: RunningApp,
) -> None:
    _, tom = await app.a_pair()
    await tom.command("/loop try")
    await tom.click(experiments.MORE)

    unasked = await tom.submit({**COIN, "ask_when": "end"})
    assert unasked.errors == {"ask_when": tom.told(TurnsNeedEvent())}
    uncounted = await tom.submit({"ask_when": "event", "name_1": ""})
    assert uncounted.errors == {"name_1": tom.told(TurnsNeedNumber())}
    assert (await tom.submit({"name_1": "Voices"})).errors == {}

    await tom.click(turns.COMES_UP)
    await tom.click(turns.NOTE)
    worded = await tom.submit({"value": "many"})
    assert worded.errors == {"value": tom.told(NumberNotUnderstood("many"))}


async def test_stopped_it_is_a_plain_try_again(app: RunningApp) -> None:
    mira, tom = await app.a_pair()
    await take_turns(tom)
    assert turns.COMES_UP in await tom.offered(CARD)
    await tom.click(turns.COMES_UP, kind=CARD)
    (turn,) = await app.stored(lambda r: r.turns.find())
    assert arm_text(turn, mira.words) in (await mira.texts(CARD))[0]

    await tom.click(turns.STOP)

    assert results.HAPPENED in await tom.offered(CARD)
    assert turns.COMES_UP not in await tom.offered(CARD)


async def test_after_the_last_number_the_tap_is_the_one_of_any_try(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await take_turns(tom)
    for place in range(6):
        await tom.click(turns.COMES_UP, kind=CARD)
        await tom.click(turns.NOTE)
        await tom.submit({"value": str(place)})
        await tom.close()

    assert results.HAPPENED in await tom.offered(CARD)
    await tom.home()
    on_home = action_ids((await tom.see())["home"])
    assert results.HAPPENED in on_home
    assert turns.COMES_UP not in on_home
