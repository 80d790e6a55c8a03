"""The pulse, from the check-in that asks it to the thanks in its place."""

from bot.domain.pulses import PulseItem, values_in
from bot.slack.rhythm import checkins, pulses
from bot.usecases.rhythm.checkin_cards import ASK
from tests.running_app import Person, RunningApp

TAPS = [pulses.WORTH, pulses.CLOSER]


def asked_in(offered: list[str]) -> list[str]:
    return [one for one in offered if one in {*TAPS, pulses.MORE}]


async def until_the_pulse(app: RunningApp, tom: Person) -> None:
    for day in ("2026-11-24", "2026-12-01", "2026-12-08", "2026-12-15"):
        await app.advance_to(f"{day}T12:00:00-05:00")
        assert asked_in(await tom.offered(ASK)) == [], "a pair has to run for four weeks"
        await tom.click(checkins.NOTHING_NEW)
    await app.advance_to("2026-12-22T12:00:00-05:00")


async def values(app: RunningApp, item: PulseItem) -> tuple[int, ...]:
    box = await app.stored(lambda tx: tx.pulses.first(item=item))
    return values_in(box.votes) if box else ()


async def test_two_taps_in_the_check_in_are_thanked_for_in_place_and_can_be_changed(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await until_the_pulse(app, tom)
    assert asked_in(await tom.offered(ASK)) == TAPS

    await tom.click(pulses.WORTH, "4 · mostly", kind=ASK)
    assert asked_in(await tom.offered(ASK)) == [pulses.CLOSER]
    await tom.click(pulses.CLOSER, "2 · a little", kind=ASK)
    assert asked_in(await tom.offered(ASK)) == [pulses.MORE]
    assert (await values(app, PulseItem.WORTH), await values(app, PulseItem.CLOSER)) == ((4,), (2,))

    form = await tom.click(pulses.MORE, kind=ASK)
    assert form.form == pulses.SEND
    assert form.fields == [item.value for item in PulseItem]
    sent = await tom.submit({"worth": "1 · not at all", "mistake": "5 · very much"})
    assert not sent.errors
    assert (await values(app, PulseItem.WORTH), await values(app, PulseItem.MISTAKE)) == ((1,), (5,))

    await tom.click(checkins.NOTHING_NEW, kind=ASK)
    assert asked_in(await tom.offered(ASK)) == [pulses.MORE], "answering the check-in keeps the thanks"
