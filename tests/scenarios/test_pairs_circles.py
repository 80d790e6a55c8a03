"""*Add a mentee*, as the lead, the mentor and both mentees meet it."""

from dataclasses import replace

from bot.domain.errors import AlreadySettled
from bot.domain.ids import PairId
from bot.domain.pairs import Consent, PairState
from bot.domain.pairs_circles import MOST_MENTEES, CircleFull
from bot.domain.privacy import SYSTEM
from bot.ports import Tx
from bot.slack.programme import cohorts, pairs, pairs_circles
from bot.usecases.programme.pairs_consent import CONSENT, STARTED, WELCOME
from tests.running_app import Outcome, Person, RunningApp
from tests.scenarios.conftest import proposed


async def opened(app: RunningApp) -> tuple[Person, Outcome]:
    """Ada presses *Add a mentee* on the first pair of the list."""
    ada = app.person("Ada")
    await ada.command("/loop cohort Spring")
    await ada.click(cohorts.PAIRS)
    return ada, await ada.click(pairs_circles.ADD)


async def test_a_lead_brings_a_second_mentee_to_a_mentor_and_both_are_asked_as_always(
    app: RunningApp,
) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    yuki = app.person("Yuki")
    before = await tom.texts()
    ada, form = await opened(app)
    assert (form.form, form.fields) == (pairs_circles.CHECK, ["mentee", "reason"])

    shown = await ada.submit({"mentee": yuki.id, "reason": "Both love maps"})

    assert (shown.errors, shown.form) == ({}, pairs.SEND)
    asked = proposed(shown)
    assert (asked.mentor, asked.mentee, asked.reason) == (mira.id, yuki.id, "Both love maps")
    assert await yuki.texts() == []
    assert (await ada.submit({})).errors == {}
    await app.at_work()
    assert "Both love maps" in (await yuki.texts(CONSENT))[-1]
    assert "Both love maps" in (await mira.texts(CONSENT))[-1]
    for person in (mira, yuki):
        await person.click(pairs.YES, kind=CONSENT)
    assert [len(await one.texts(WELCOME)) for one in (mira, yuki)] == [2, 1]
    assert len(await ada.texts(STARTED)) == 2
    assert await tom.texts() == before


async def test_a_no_leaves_the_first_mentee_where_they_are(app: RunningApp) -> None:
    _, tom = await app.a_pair("Mira", "Tom")
    yuki = app.person("Yuki")
    ada, _ = await opened(app)
    await ada.submit({"mentee": yuki.id})
    await ada.submit({})
    await app.at_work()

    await yuki.click(pairs.NO, kind=CONSENT)

    parts = await app.stored(lambda tx: [one.consent for one in tx.memberships.find(pair_id=PairId(1))])
    assert parts == [Consent.YES, Consent.YES]
    assert "Mira" in await tom.home()


async def test_the_mentor_themself_is_refused_at_the_field_and_what_was_typed_stays(app: RunningApp) -> None:
    mira, _ = await app.a_pair("Mira", "Tom")
    ada, _ = await opened(app)

    refused = await ada.submit({"mentee": mira.id, "reason": "Both love maps"})

    assert list(refused.errors) == ["mentee"]
    assert await app.stored(lambda tx: tx.pairs.count()) == 1


async def test_a_sixth_mentee_is_refused_in_words_that_say_what_to_do(app: RunningApp) -> None:
    await app.a_pair("Mira", "Tom")
    ada, mira = app.person("Ada"), app.person("Mira")
    for name in ("Yuki", "Priya", "Luca", "Ada"):
        await ada.command(f"/loop pair {mira.mention} {app.person(name).mention}")
        await ada.click(pairs.ASK)
    assert await app.stored(lambda tx: tx.pairs.count()) == MOST_MENTEES

    _, shown = await opened(app)

    assert shown.fields == []
    assert ada.told(CircleFull("Mira")) in shown.text


async def test_to_a_pair_that_ended_while_the_form_was_open_nobody_comes(app: RunningApp) -> None:
    await app.a_pair("Mira", "Tom")
    ada, _ = await opened(app)

    def end(tx: Tx) -> None:
        (pair,) = tx.pairs.find()
        tx.pairs.update(replace(pair, state=PairState.ENDED))

    await app.bot.deps.db.write(SYSTEM, end)
    refused = await ada.submit({"mentee": app.person("Yuki").id})

    assert refused.errors == {"mentee": ada.told(AlreadySettled())}
