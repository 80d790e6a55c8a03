"""Saying what one saw a partner do, in both directions: through Slack, with real payloads."""

import pytest

from bot.domain.errors import NotFound
from bot.domain.observations import Observation, ObservationKind
from bot.slack.blocks import Message, section
from bot.slack.loop import experiments, observations
from bot.slack.loop.next_steps import said_so_far
from bot.slack.privacy import PREVIEW
from bot.slack.rhythm import asks
from bot.slack.wording import person_thought
from bot.usecases.loop.observations import CARD, SENT
from bot.usecases.loop.thanks import Thanked
from tests.running_app import Person, RunningApp

SEEN = {"situation": "Monday's review", "behaviour": "You waited ten seconds", "impact": "Two people spoke"}
PAIRED = [("Yuki", "Tom"), ("Tom", "Yuki")]


async def observed(app: RunningApp, **more: str) -> tuple[Person, Person]:
    """Yuki has told Tom, whom she mentors, what she saw."""
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await yuki.command(f"/loop observe {tom.mention}")
    assert (await yuki.submit({**SEEN, **more})).errors == {}
    return yuki, tom


async def kept(app: RunningApp) -> list[Observation]:
    return await app.stored(lambda r: r.observations.find())


@pytest.mark.parametrize(("writer", "reader"), PAIRED)
async def test_either_of_a_pair_says_what_they_saw_and_the_other_reads_it_at_once(
    app: RunningApp, writer: str, reader: str
) -> None:
    await app.a_pair("Yuki", "Tom")
    sees, is_seen = app.person(writer), app.person(reader)

    opened = await sees.command(f"/loop observe {is_seen.mention}")
    assert opened.form == observations.SEND
    await sees.submit(SEEN)

    assert await is_seen.last_got(CARD)
    read = (await is_seen.texts(CARD))[-1]
    assert all(text in read for text in SEEN.values())
    (one,) = await kept(app)
    assert one.kind is ObservationKind.STRENGTH


async def test_two_things_are_needed_and_what_is_missing_keeps_the_rest(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await yuki.command("/loop observe")

    refused = await yuki.submit({"situation": "Monday's review", "impact": "Two people spoke"})

    assert list(refused.errors) == ["behaviour"]
    assert await tom.messages(CARD) == []


async def test_somebody_who_is_no_partner_is_not_found(app: RunningApp) -> None:
    yuki, _ = await app.a_pair("Yuki", "Tom")

    refused = await yuki.command(f"/loop observe {app.person('Mira').mention}")

    assert yuki.told(NotFound()) in refused.text


async def test_of_several_partners_the_one_who_was_named_is_chosen(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    _, priya = await app.a_pair("Yuki", "Priya")

    opened = await yuki.command(f"/loop observe {tom.mention}")
    assert observations.WHOM in opened.fields
    await yuki.submit(SEEN)

    assert len(await tom.messages(CARD)) == 1
    assert await priya.messages(CARD) == []


async def test_words_about_the_person_are_thought_of_before_anybody_reads_them(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await yuki.command(f"/loop observe {tom.mention}")

    thought = await yuki.submit({**SEEN, "behaviour": "You are careless", "kind": "growth"})

    assert thought.shows(Message("", person_thought("behaviour", yuki.words)["behaviour"]))
    assert await tom.messages(CARD) == []
    await yuki.submit({})
    (one,) = await kept(app)
    assert (one.behaviour, one.impact, one.kind) == (
        "You are careless",
        SEEN["impact"],
        ObservationKind.GROWTH,
    )


async def test_after_growth_alone_the_form_asks_for_something_that_worked(app: RunningApp) -> None:
    yuki, tom = await observed(app, kind="growth")
    asked = Message("", [section(yuki.words.t("Is there something that worked to say first?"))])

    assert (await yuki.command(f"/loop observe {tom.mention}")).shows(asked)
    await yuki.submit(SEEN)

    assert not (await yuki.command(f"/loop observe {tom.mention}")).shows(asked)
    assert not (await tom.command(f"/loop observe {yuki.mention}")).shows(asked)


async def test_thanks_are_one_tap_and_the_writer_reads_them_in_their_own_message(app: RunningApp) -> None:
    yuki, tom = await observed(app)
    before = len(await yuki.messages())

    await tom.click(observations.THANK)

    assert len(await yuki.messages()) == before
    thanked = next(said_so_far(Thanked(names=("Tom",)), yuki.words))
    assert thanked in (await yuki.texts(SENT))[-1]
    assert observations.THANK not in await tom.offered(CARD)
    assert len(await app.stored(lambda r: r.thanks.find())) == 1


async def test_a_strength_becomes_something_to_try_again_in_the_same_situation(app: RunningApp) -> None:
    _, tom = await observed(app)

    opened = await tom.click(observations.TO_TRY)

    assert opened.form == experiments.COMMIT
    assert SEEN["behaviour"] in opened.text
    assert SEEN["situation"] in opened.text


async def test_it_can_be_discussed_and_asked_about(app: RunningApp) -> None:
    yuki, tom = await observed(app)

    await tom.click(observations.DISCUSS)
    assert observations.UNDISCUSS in await tom.offered(CARD)
    assert SEEN["situation"] in (await yuki.command("/loop talked")).text
    await yuki.close()
    await tom.click(observations.UNDISCUSS)
    await tom.click(observations.THANK)

    asks_about = next(name for name in await tom.offered(CARD) if name.startswith("command.run.ask"))
    opened = await tom.click(asks_about)
    assert opened.form == asks.SEND
    assert SEEN["situation"] in opened.text


async def test_it_is_changed_and_taken_back_within_ten_minutes(app: RunningApp) -> None:
    yuki, tom = await observed(app)
    await yuki.click(observations.CHANGE, kind=SENT)
    await yuki.submit({"behaviour": "You waited, and looked at everyone"})
    assert "and looked at everyone" in (await tom.texts(CARD))[-1]
    await tom.click(observations.DISCUSS)

    await yuki.click(observations.TAKE_BACK, kind=SENT)

    for person in (yuki, tom):
        assert SEEN["situation"] not in await person.read()
        assert "looked at everyone" not in await person.read()
    assert await tom.offered(CARD) == []
    assert SEEN["situation"] not in str([await kept(app), await app.stored(lambda r: r.entries.find())])
    assert await app.stored(lambda r: r.agenda.find()) == []


async def test_after_ten_minutes_it_stays_and_a_change_is_told(app: RunningApp) -> None:
    yuki, tom = await observed(app)
    await app.advance(minutes=10, seconds=1)

    assert await yuki.offered(SENT) == [observations.CHANGE, PREVIEW]
    await yuki.click(observations.CHANGE, kind=SENT)
    await yuki.submit({"impact": "Three people spoke"})

    (one,) = await kept(app)
    assert one.changed_at is not None
    assert "Three people spoke" in (await tom.texts(CARD))[-1]


async def test_the_brief_says_when_the_mentor_last_said_what_they_saw(app: RunningApp) -> None:
    yuki, tom = await observed(app)
    await app.advance(days=15)

    brief = await yuki.command(f"/loop brief {tom.mention}")

    assert (
        yuki.words.n(
            "You last said what you saw {count} week ago.", "You last said what you saw {count} weeks ago.", 2
        )
        in brief.text
    )
    again = next(name for name in brief.offered if name.startswith("command.run.observe"))
    assert (await yuki.click(again)).form == observations.SEND


async def test_home_offers_it_to_both(app: RunningApp) -> None:
    for person in await app.a_pair("Yuki", "Tom"):
        await person.home()
        assert (await person.click("command.run.observe")).form == observations.SEND
        await person.close()


async def test_both_find_it_and_nobody_else_does(app: RunningApp) -> None:
    yuki, tom = await observed(app, question="zebrafinch?")
    await app.a_pair("Mira", "Priya")

    for person in (yuki, tom):
        assert SEEN["situation"] in (await person.command("/loop find zebrafinch")).text
    for name in ("Mira", "Priya", "Ada"):
        assert SEEN["situation"] not in (await app.person(name).command("/loop find zebrafinch")).text
