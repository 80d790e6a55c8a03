"""An admin's first morning, and what a cohort does later."""

from bot.domain.cohorts import CohortState
from bot.domain.errors import ClaimClosed, CodeRefused, CommandNotUnderstood, NameTaken, NotAllowed
from bot.slack.people.workspaces import claimed
from bot.slack.programme import cohorts, cohorts_copying
from bot.usecases.programme.cohorts import SAMPLE
from bot.usecases.programme.pairs_ending import ENDED
from tests.running_app import RunningApp, squeezed


async def test_the_code_makes_the_first_admin_and_leads_on(app: RunningApp) -> None:
    ada = app.person("Ada")

    answer = await ada.command(f"/loop claim {app.bot.claim_code}")

    assert answer.shows(claimed(ada.words))
    assert cohorts.NEW in answer.offered


async def test_a_wrong_code_and_a_second_claim_are_refused_kindly(app: RunningApp) -> None:
    ada, tom = app.person("Ada"), app.person("Tom")

    assert tom.told(CodeRefused()) in (await tom.command("/loop claim 00000000")).text
    assert tom.told(CommandNotUnderstood("claim")) in (await tom.command("/loop claim")).text
    await ada.command(f"/loop claim {app.bot.claim_code}")
    assert tom.told(ClaimClosed()) in (await tom.command(f"/loop claim {app.bot.claim_code}")).text


async def test_a_restart_without_an_admin_prints_another_code(app: RunningApp) -> None:
    ada, first = app.person("Ada"), app.bot.claim_code
    await app.stop_bot()
    await app.start_bot()

    assert app.bot.claim_code not in ("", first)
    assert ada.told(CodeRefused()) in (await ada.command(f"/loop claim {first}")).text


async def test_the_next_dates_are_shown_before_a_cohort_starts(app: RunningApp) -> None:
    ada = app.person("Ada")
    await ada.command(f"/loop claim {app.bot.claim_code}")
    await app.person("Tom").command("/loop goal")
    await ada.command("/loop cohort new")

    shown = await ada.submit({"name": "Spring", "rhythm": "weeks:2", "weekday": "1", "at": "10:00"})

    text = squeezed(shown.text)
    assert "Spring every second Tuesday at 10:00" in text
    assert "Tuesday 24 November 10:00 for you and 10:00 for Tom (15:00 for you)" in text
    assert text.count("for Tom") == 5


async def test_somebody_who_is_no_admin_starts_no_cohort(app: RunningApp) -> None:
    tom = app.person("Tom")

    assert tom.told(NotAllowed("admin")) in (await tom.command("/loop cohort new")).text


async def test_two_cohorts_cannot_have_one_name(app: RunningApp) -> None:
    ada = await app.a_cohort("Spring")
    await ada.command("/loop cohort new")

    assert (await ada.submit({"name": " SPRING "})).errors == {"name": ada.told(NameTaken())}


async def test_a_test_nudge_comes_to_the_admin_alone(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    before = len(await tom.texts())
    ada = app.person("Ada")
    await ada.command("/loop cohort Spring")
    await ada.click(cohorts.TEST)

    (sample,) = await ada.texts(SAMPLE)
    assert "every Tuesday at 10:00" in sample
    assert len(await tom.texts()) == before


async def test_a_paused_cohort_asks_nobody_and_goes_on_when_resumed(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    ada = app.person("Ada")
    before = len(await tom.texts())
    await ada.command("/loop cohort Spring")
    await ada.click(cohorts.PAUSE)
    await app.advance(days=8)
    assert len(await tom.texts()) == before

    await ada.command("/loop cohort Spring")
    await ada.click(cohorts.RESUME)
    await app.advance(days=8)
    assert len(await tom.texts()) > before


async def test_an_edit_on_the_day_does_not_ask_twice(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await app.advance_to("2026-11-24T15:05:00+00:00")
    asked = len(await tom.texts())
    ada = app.person("Ada")
    await ada.command("/loop cohort Spring")
    await ada.click(cohorts.EDIT)
    await ada.submit({"at": "16:00"})
    await ada.submit({})

    await app.advance_to("2026-11-24T23:30:00+00:00")
    assert len(await tom.texts()) == asked


async def test_an_ended_cohort_ends_its_pairs(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    ada = app.person("Ada")
    await ada.command("/loop cohort Spring")
    shown = await ada.click(cohorts.END)

    assert cohorts.END not in shown.offered
    (cohort,) = await app.stored(lambda r: r.cohorts.find())
    assert cohort.state is CohortState.ENDED
    assert len(await tom.texts(ENDED)) == 1


async def test_an_admin_begins_another_cohort_like_one_that_is_there(app: RunningApp) -> None:
    ada = await app.a_cohort()
    await ada.command("/loop cohort Spring")

    assert (await ada.click(cohorts_copying.COPY)).form == cohorts_copying.COPY_SAVE
    taken = await ada.submit({"name": "spring"})
    assert taken.errors == {"name": ada.told(NameTaken())}
    kept = await ada.submit({"name": "Autumn"})

    assert not kept.errors
    assert "Autumn" in kept.text
    assert {one.name for one in await app.stored(lambda tx: tx.cohorts.find())} == {"Spring", "Autumn"}
