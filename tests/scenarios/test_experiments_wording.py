"""The if-then check of a try, through Slack: one thought, one more press, and nothing typed is lost."""

from datetime import date

import pytest

from bot.domain.experiments import Experiment
from bot.domain.intentions import Remark
from bot.slack.blocks import Message
from bot.slack.loop import experiments
from bot.slack.loop.experiment_wording import SHARPEN, remark_blocks
from bot.usecases.loop.experiment_cards import CARD
from tests.running_app import Outcome, Person, RunningApp

VAGUE = {
    "behaviour": "be more patient",
    "situation": "the standup begins",
    "sign": "they finish their sentences",
}
SHARP = {"behaviour": "count to three", "situation": "somebody stops talking"}


def says(outcome: Outcome, person: Person, remark: Remark) -> bool:
    """Whether the form has this remark above its field."""
    return outcome.shows(Message("", remark_blocks(remark, person.words)[remark.field]))


async def kept(app: RunningApp) -> list[Experiment]:
    return await app.stored(lambda r: r.experiments.find())


async def test_one_thought_then_one_more_press_and_nothing_is_lost(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop try")

    thought = await tom.submit(VAGUE)

    assert thought.form == experiments.COMMIT
    assert says(thought, tom, Remark.WISH)
    assert await kept(app) == []
    await tom.submit({})
    (one,) = await kept(app)
    assert (one.behaviour, one.situation, one.sign) == tuple(VAGUE.values())


async def test_it_is_said_once_also_where_more_was_opened_and_other_words_came(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop try")
    await tom.submit(VAGUE)

    opened = await tom.click(experiments.MORE)
    assert says(opened, tom, Remark.WISH)
    await tom.submit(
        {"behaviour": "be calm", "obstacle": "a deadline", "plan_b": "I will ask for two minutes"}
    )

    (one,) = await kept(app)
    assert (one.behaviour, one.obstacle, one.plan_b) == ("be calm", "a deadline", "ask for two minutes")


async def test_a_sharp_one_is_sent_at_once(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop try")

    await tom.submit(SHARP)

    assert len(await kept(app)) == 1
    assert SHARPEN not in await tom.offered(CARD)


async def test_the_card_offers_to_sharpen_to_its_writer_alone_and_as_long_as_it_holds(
    app: RunningApp,
) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop try")
    await tom.submit(VAGUE)
    await tom.submit({})
    assert SHARPEN in await tom.offered(CARD)
    assert SHARPEN not in await yuki.offered(CARD)

    opened = await tom.click(SHARPEN)
    assert says(opened, tom, Remark.WISH)
    assert "be more patient" in opened.text
    await tom.submit(SHARP)

    (one,) = await kept(app)
    assert one.behaviour == SHARP["behaviour"]
    assert SHARPEN not in await tom.offered(CARD)


async def test_words_that_were_sent_as_they_are_are_not_asked_about_again(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop try")
    await tom.submit(VAGUE)
    await tom.submit({})

    await tom.click(experiments.CHANGE)
    await tom.submit({"until": "2026-12-11"})

    (one,) = await kept(app)
    assert one.until == date(2026, 12, 11)


@pytest.mark.parametrize("field", ["obstacle", "plan_b"])
async def test_what_could_get_in_the_way_is_asked_under_more_and_stands_on_both_cards(
    app: RunningApp, field: str
) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    opened = await tom.command("/loop try")
    assert field not in opened.fields

    await tom.click(experiments.MORE)
    await tom.submit({**SHARP, field: "zebrafinch"})

    for person in (yuki, tom):
        assert "zebrafinch" in (await person.texts(CARD))[-1]
