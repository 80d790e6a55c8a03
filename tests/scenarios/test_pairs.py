"""From a question to a pair, and to its end: what each of them reads."""

import pytest

from bot.domain.errors import (
    CohortNeeded,
    CohortNotRunning,
    CohortUnknown,
    NoCohort,
    NotAllowed,
    PairExists,
    PairloopError,
    PersonUnfit,
)
from bot.domain.privacy import Viewer
from bot.slack.loop import goals
from bot.slack.privacy import between_us, programme_sees
from bot.slack.programme import cohorts, pairs
from bot.usecases.programme.pairs_consent import CONSENT, NOT_NOW, STARTED, UNANSWERED, WELCOME
from bot.usecases.programme.pairs_ending import ENDED, NEEDS_PARTNER, RESTS
from bot.usecases.programme.pairs_import import ImportRow, import_pairs
from bot.words import Words
from tests.forms import action_ids
from tests.running_app import RunningApp, squeezed, texts_of
from tests.scenarios.conftest import proposed


async def test_two_people_are_asked_say_yes_and_are_welcomed(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")

    ada = app.person("Ada")
    assert goals.OPEN in await tom.offered(WELCOME)
    assert goals.OPEN not in await yuki.offered(WELCOME)
    (news,) = await ada.texts(STARTED)
    for mine, theirs in ((yuki, tom), (tom, yuki)):
        (welcomed,) = await mine.texts(WELCOME)
        assert theirs.member["real_name"] in welcomed
        assert theirs.mention in welcomed
        assert ada.mention in welcomed
        assert "Spring" in welcomed
        assert theirs.member["real_name"] in news


async def test_nothing_is_sent_before_the_admin_says_so(app: RunningApp) -> None:
    ada = await app.a_cohort()

    answer = await ada.command(f"/loop pair {app.person('Yuki').mention} {app.person('Tom').mention}")

    assert proposed(answer).mentor == app.person("Yuki").id
    assert proposed(answer).mentee == app.person("Tom").id
    assert await app.person("Tom").read() == ""


async def test_when_both_were_asked_there_is_nothing_left_to_press(app: RunningApp) -> None:
    ada = await app.a_cohort()
    await ada.command(f"/loop pair {app.person('Yuki').mention} {app.person('Tom').mention}")
    await ada.click(pairs.ASK)
    await ada.close()

    assert (await ada.texts())[-1].endswith("\n".join(texts_of(pairs.both_asked(ada.words))))
    assert pairs.ASK not in [each for message in await ada.messages() for each in action_ids(message)]


async def test_many_people_from_a_file_are_asked_at_once_or_not_at_all(app: RunningApp) -> None:
    await app.a_cohort()
    deps, viewer = app.bot.deps, Viewer(app.bot.workspace.id)
    good, bad = ImportRow(2, "@yuki", "Tom"), ImportRow(3, "Priya", "somebody@example.org")

    refused = await import_pairs(deps, viewer, [good, bad], dry_run=False)
    (problem,) = refused.problems
    assert isinstance(problem.error, PersonUnfit)
    assert problem.error.reason == "email"
    assert await app.person("Tom").read() == ""

    assert (await import_pairs(deps, viewer, [good], dry_run=False)).written
    await app.at_work()
    assert len(await app.person("Tom").texts()) == len(await app.person("Tom").texts(CONSENT)) == 1
    assert app.person("Yuki").mention in await app.person("Tom").read()


async def test_a_pair_is_made_in_the_form_and_may_be_changed_before_it_is_sent(app: RunningApp) -> None:
    ada = await app.a_cohort()
    yuki, tom, priya = (app.person(name) for name in ("Yuki", "Tom", "Priya"))

    await ada.command("/loop pair")
    await ada.submit({"mentor": yuki.id, "mentee": priya.id, "reason": "Both lead remote teams"})
    await ada.click(pairs.BACK)
    shown = await ada.submit({"mentee": tom.id})
    assert (proposed(shown).mentor, proposed(shown).mentee) == (yuki.id, tom.id)
    await ada.submit({})
    await app.at_work()

    assert len(await tom.texts()) == len(await tom.texts(CONSENT)) == 1
    assert yuki.mention in await tom.read()
    assert "Both lead remote teams" in await tom.read()
    assert "Both lead remote teams" in await yuki.read()
    assert await priya.read() == ""


async def test_the_question_says_how_long_it_takes_and_who_sees_what(app: RunningApp) -> None:
    ada = await app.a_cohort()
    yuki, tom = app.person("Yuki"), app.person("Tom")
    await ada.command(f"/loop pair {yuki.mention} {tom.mention}")
    await ada.click(pairs.ASK)
    await app.at_work()

    asked = squeezed(await tom.read())
    assert f"{ada.mention} thought of you and {yuki.mention}." in asked
    assert "two minutes, every Tuesday at 10:00 AM" in asked
    assert between_us(Words()) in asked
    assert programme_sees(Words()) in asked
    assert "A no needs no reason" in asked
    assert "every Tuesday at 10:00 AM on Tom's clock" in squeezed(await yuki.read())


async def test_whoever_asked_reads_only_not_now(app: RunningApp) -> None:
    ada = await app.a_cohort()
    yuki, tom = app.person("Yuki"), app.person("Tom")
    await ada.command(f"/loop pair {yuki.mention} {tom.mention}")
    await ada.click(pairs.ASK)
    await yuki.click(pairs.YES)
    await app.at_work()
    await tom.click(pairs.NO)

    (news,) = await ada.texts(NOT_NOW)
    assert "Yuki Tanaka" in news
    assert "Tom Alvarez" in news
    assert len(await yuki.texts(NOT_NOW)) == 1
    assert "You said: not now" in await tom.read()
    assert "You said yes" not in await yuki.read()


async def test_the_question_comes_when_the_hours_of_whoever_is_asked_begin(app: RunningApp) -> None:
    ada = await app.a_cohort()
    yuki, tom = app.person("Yuki"), app.person("Tom")
    await ada.command(f"/loop pair {yuki.mention} {tom.mention}")
    await ada.click(pairs.ASK)

    assert len(await yuki.texts(CONSENT)) == 1  # at five in the afternoon
    assert await tom.texts() == []  # at three in the night
    await app.advance_to("2026-11-23T07:59:00-05:00")
    assert await tom.texts() == []
    await app.advance_to("2026-11-23T08:00:01-05:00")
    assert len(await tom.texts(CONSENT)) == 1
    assert "these are your quiet hours" in (await tom.command("/loop why")).text


async def test_a_question_that_waits_for_the_morning_is_not_put_where_the_other_said_no_by_then(
    app: RunningApp,
) -> None:
    ada = await app.a_cohort()
    yuki, tom = app.person("Yuki"), app.person("Tom")
    await ada.command(f"/loop pair {yuki.mention} {tom.mention}")
    await ada.click(pairs.ASK)
    await yuki.click(pairs.NO)
    await app.advance(days=1)

    assert await tom.texts() == []


async def test_an_unanswered_question_comes_once_more_and_then_the_lead_hears_of_it(app: RunningApp) -> None:
    ada = await app.a_cohort()
    yuki, tom = app.person("Yuki"), app.person("Tom")
    await ada.command(f"/loop pair {yuki.mention} {tom.mention}")
    await ada.click(pairs.ASK)
    await yuki.click(pairs.YES)

    await app.advance(days=2, hours=23)
    assert len(await tom.texts()) == 1
    await app.advance(hours=7)  # at ten on his own clock
    assert len(await tom.texts()) == 2
    assert "the only reminder" in (await tom.texts())[-1]
    assert await ada.texts(UNANSWERED) == []
    await app.advance(days=4)
    (news,) = await ada.texts(UNANSWERED)
    assert tom.member["real_name"] in news
    assert len(await tom.texts()) == 2

    await tom.click(pairs.YES)
    assert len(await yuki.texts(WELCOME)) == 1


@pytest.mark.parametrize(
    ("mentor", "mentee", "reason"),
    [
        ("Yuki", "Yuki", "same"),
        ("Ada", "Ada", "yourself"),
        ("Noor", "Tom", "guest"),
        ("Otto", "Tom", "deactivated"),
        ("Lunchbot", "Tom", "bot"),
    ],
)
async def test_who_cannot_be_paired_is_refused_by_name(
    app: RunningApp, mentor: str, mentee: str, reason: str
) -> None:
    ada = await app.a_cohort()
    one, other = app.person(mentor), app.person(mentee)

    answer = await ada.command(f"/loop pair {one.mention} {other.mention}")

    assert ada.told(PersonUnfit(reason, mentor)) in answer.text


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("<@U0NOBODY99> {tom}", PersonUnfit("unknown")),
        ("@nobody {tom}", PersonUnfit("unknown")),
        ("{yuki} {tom} Autumn", CohortUnknown("Autumn")),
    ],
)
async def test_names_that_nobody_knows_are_refused(app: RunningApp, words: str, error: PairloopError) -> None:
    ada = await app.a_cohort()
    known = {name: app.person(name).mention for name in ("yuki", "tom")}

    answer = await ada.command(f"/loop pair {words.format(**known)}")

    assert ada.told(error) in answer.text


async def test_the_same_two_are_not_asked_twice_in_any_order(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    ada = app.person("Ada")

    for one, other in ((yuki, tom), (tom, yuki)):
        answer = await ada.command(f"/loop pair {one.mention} {other.mention}")
        assert ada.told(PairExists()) in answer.text


async def test_with_two_cohorts_the_command_asks_which(app: RunningApp) -> None:
    ada = await app.a_cohort("Spring")
    await app.a_cohort("Autumn")
    names = f"{app.person('Yuki').mention} {app.person('Tom').mention}"

    assert ada.told(CohortNeeded()) in (await ada.command(f"/loop pair {names}")).text
    autumn = await app.stored(lambda r: r.cohorts.first(name="Autumn"))
    assert autumn is not None
    assert proposed(await ada.command(f"/loop pair {names} autumn")).cohort_id == autumn.id


async def test_somebody_without_a_cohort_cannot_pair_others(app: RunningApp) -> None:
    await app.a_cohort()
    tom = app.person("Tom")

    answer = await tom.command(f"/loop pair {app.person('Yuki').mention} {app.person('Priya').mention}")

    assert tom.told(NotAllowed("lead")) in answer.text


async def test_when_an_account_is_closed_the_partner_reads_neutral_words(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    before = len(await tom.texts())

    await app.post("/playground/members", {"id": yuki.id, "deleted": True})
    await app.posted()
    await app.advance(minutes=1)

    assert await tom.last_got(RESTS)
    assert await app.person("Ada").last_got(NEEDS_PARTNER)
    await app.advance(days=15)
    assert len(await tom.texts()) == before + 1


async def test_a_lead_ends_a_pair_and_both_read_it_in_neutral_words(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    ada = app.person("Ada")
    await ada.command("/loop cohort")
    await ada.click(cohorts.PAIRS)

    shown = await ada.click(pairs.END)

    assert shown.offered == [pairs.OPEN]
    for person, partner in ((tom, "Yuki"), (yuki, "Tom")):
        (ended,) = await person.texts(ENDED)
        assert partner in ended


async def test_a_question_that_was_asked_meanwhile_is_not_asked_twice(app: RunningApp) -> None:
    ada = await app.a_cohort()
    yuki, tom = app.person("Yuki"), app.person("Tom")
    await ada.command("/loop pair")
    await ada.submit({"mentor": yuki.id, "mentee": tom.id})
    await ada.command(f"/loop pair {yuki.mention} {tom.mention}")
    await ada.click(pairs.ASK)

    assert ada.told(PairExists()) in (await ada.submit({})).text
    await app.at_work()
    assert len(await tom.texts()) == 1


async def test_who_leads_a_cohort_pairs_its_people_and_is_told_how_it_goes(app: RunningApp) -> None:
    ada = await app.a_cohort()
    yuki, tom, priya = (app.person(name) for name in ("Yuki", "Tom", "Priya"))
    await ada.command("/loop cohort Spring")
    await ada.click(cohorts.EDIT)
    await ada.submit({"lead": priya.id})
    await ada.submit({})

    await priya.command(f"/loop pair {yuki.mention} {tom.mention}")
    await priya.click(pairs.ASK)
    await app.at_work()
    await yuki.click(pairs.YES)
    await tom.click(pairs.YES)

    assert len(await priya.texts(STARTED)) == 1
    assert "1 pair active" in (await priya.command("/loop cohort")).text
    assert await ada.texts(STARTED) == []


async def test_no_pair_begins_in_a_paused_cohort(app: RunningApp) -> None:
    ada = await app.a_cohort()
    await ada.command("/loop cohort Spring")
    await ada.click(cohorts.PAUSE)

    answer = await ada.command(f"/loop pair {app.person('Yuki').mention} {app.person('Tom').mention}")

    assert ada.told(CohortNotRunning()) in answer.text


async def test_before_there_is_a_cohort_the_command_says_how_to_begin_one(app: RunningApp) -> None:
    ada = app.person("Ada")
    await ada.command(f"/loop claim {app.bot.claim_code}")

    answer = await ada.command(f"/loop pair {app.person('Yuki').mention} {app.person('Tom').mention}")

    assert ada.told(NoCohort()) in answer.text
