"""From a question to a pair, and to its end: what each of them reads."""

import pytest

from bot.domain.privacy import Viewer
from bot.slack.errors import explain
from bot.slack.privacy import between_us, programme_sees
from bot.usecases.programme.pairs_import import ImportRow, import_pairs
from bot.words import Words
from tests.running_app import RunningApp, squeezed


async def test_two_people_are_asked_say_yes_and_are_welcomed(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")

    assert "You and Yuki Tanaka are set" in await tom.read()
    assert "Set a goal" in await tom.read()
    assert "You and Tom Alvarez are set" in await yuki.read()
    assert "Yuki Tanaka and Tom Alvarez are a pair now" in await app.person("Ada").read()
    for mine, theirs in ((yuki, tom), (tom, yuki)):
        welcomed = squeezed((await mine.texts())[-1])
        assert theirs.mention in welcomed
        assert f"Ask {app.person('Ada').mention}, also about the rhythm of Spring." in welcomed


async def test_nothing_is_sent_before_the_admin_says_so(app: RunningApp) -> None:
    ada = await app.a_cohort()

    answer = await ada.command(f"/loop pair {app.person('Yuki').mention} {app.person('Tom').mention}")

    assert "Yuki Tanaka as mentor of Tom Alvarez" in answer.text
    assert await app.person("Tom").read() == ""


async def test_when_both_were_asked_there_is_nothing_left_to_press(app: RunningApp) -> None:
    ada = await app.a_cohort()
    await ada.command(f"/loop pair {app.person('Yuki').mention} {app.person('Tom').mention}")
    await ada.click("pair.ask")
    await ada.close()

    assert "As soon as everybody has said yes" in (await ada.texts())[-1]
    assert "Ask them" not in await ada.read()


async def test_many_people_from_a_file_are_asked_at_once_or_not_at_all(app: RunningApp) -> None:
    await app.a_cohort()
    deps, viewer = app.bot.deps, Viewer(app.bot.workspace.id)
    good, bad = ImportRow(2, "@yuki", "Tom"), ImportRow(3, "Priya", "somebody@example.org")

    refused = await import_pairs(deps, viewer, [good, bad], dry_run=False)
    (problem,) = refused.problems
    assert "does not ask Slack for e-mail addresses" in explain(problem.error, Words())
    assert await app.person("Tom").read() == ""

    assert (await import_pairs(deps, viewer, [good], dry_run=False)).written
    await app.advance(seconds=1)
    assert "Your programme thought of you and " in await app.person("Tom").read()


async def test_a_pair_is_made_in_the_form_and_may_be_changed_before_it_is_sent(app: RunningApp) -> None:
    ada = await app.a_cohort()
    yuki, tom, priya = (app.person(name) for name in ("Yuki", "Tom", "Priya"))

    await ada.command("/loop pair")
    await ada.submit({"mentor": yuki.id, "mentee": priya.id, "reason": "Both lead remote teams"})
    await ada.click("Change")
    shown = await ada.submit({"mentee": tom.id})
    assert "Yuki Tanaka as mentor of Tom Alvarez" in shown.text
    await ada.submit({})

    assert "Would you like Yuki Tanaka as your mentor?" in await tom.read()
    assert "Both lead remote teams" in await tom.read()
    assert "Both lead remote teams" in await yuki.read()
    assert await priya.read() == ""


async def test_the_question_says_how_long_it_takes_and_who_sees_what(app: RunningApp) -> None:
    ada = await app.a_cohort()
    yuki, tom = app.person("Yuki"), app.person("Tom")
    await ada.command(f"/loop pair {yuki.mention} {tom.mention}")
    await ada.click("pair.ask")

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
    await ada.click("pair.ask")
    await yuki.click("Yes, gladly")
    await tom.click("No, thanks")

    assert "Yuki Tanaka and Tom Alvarez: not now" in await ada.read()
    assert "Yuki Tanaka and Tom Alvarez: not now" in await yuki.read()
    assert "You said: not now" in await tom.read()
    assert "You said yes" not in await yuki.read()


async def test_an_unanswered_question_comes_once_more_and_then_the_lead_hears_of_it(app: RunningApp) -> None:
    ada = await app.a_cohort()
    yuki, tom = app.person("Yuki"), app.person("Tom")
    await ada.command(f"/loop pair {yuki.mention} {tom.mention}")
    await ada.click("pair.ask")
    await yuki.click("Yes, gladly")

    await app.advance(days=2, hours=23)
    assert len(await tom.texts()) == 1
    await app.advance(hours=2)
    assert len(await tom.texts()) == 2
    assert "the only reminder" in (await tom.texts())[-1]
    assert "not answered" not in await ada.read()
    await app.advance(days=4)
    assert "Tom Alvarez has not answered yet" in await ada.read()
    assert len(await tom.texts()) == 2

    await tom.click("Yes, gladly")
    assert "You and Tom Alvarez are set" in await yuki.read()


@pytest.mark.parametrize(
    ("mentor", "mentee", "told"),
    [
        ("Yuki", "Yuki", "Yuki is there twice"),
        ("Ada", "Ada", "That is you"),
        ("Noor", "Tom", "Noor is a guest here"),
        ("Otto", "Tom", "Otto's account is deactivated"),
        ("Lunchbot", "Tom", "is an app"),
    ],
)
async def test_who_cannot_be_paired_is_refused_by_name(
    app: RunningApp, mentor: str, mentee: str, told: str
) -> None:
    ada = await app.a_cohort()
    one, other = app.person(mentor), app.person(mentee)

    answer = await ada.command(f"/loop pair {one.mention} {other.mention}")

    assert told in answer.text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("<@U0NOBODY99> {tom}", "I know nobody here by that name"),
        ("@nobody {tom}", "I know nobody here by that name"),
        ("{yuki} {tom} Autumn", "There is no cohort called “Autumn”"),
    ],
)
async def test_names_that_nobody_knows_are_refused(app: RunningApp, words: str, told: str) -> None:
    ada = await app.a_cohort()
    known = {name: app.person(name).mention for name in ("yuki", "tom")}

    answer = await ada.command(f"/loop pair {words.format(**known)}")

    assert told in answer.text


async def test_the_same_two_are_not_asked_twice_in_any_order(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    ada = app.person("Ada")

    for one, other in ((yuki, tom), (tom, yuki)):
        answer = await ada.command(f"/loop pair {one.mention} {other.mention}")
        assert "a pair already" in answer.text


async def test_with_two_cohorts_the_command_asks_which(app: RunningApp) -> None:
    ada = await app.a_cohort("Spring")
    await app.a_cohort("Autumn")
    names = f"{app.person('Yuki').mention} {app.person('Tom').mention}"

    assert "which one" in (await ada.command(f"/loop pair {names}")).text
    assert "Yuki Tanaka as mentor of Tom Alvarez" in (await ada.command(f"/loop pair {names} autumn")).text


async def test_somebody_without_a_cohort_cannot_pair_others(app: RunningApp) -> None:
    await app.a_cohort()
    tom = app.person("Tom")

    answer = await tom.command(f"/loop pair {app.person('Yuki').mention} {app.person('Priya').mention}")

    assert "Only the cohort's lead or an admin" in answer.text


async def test_when_an_account_is_closed_the_partner_reads_neutral_words(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    before = len(await tom.texts())

    await app.post("/playground/members", {"id": yuki.id, "deleted": True})
    await app.posted()
    await app.advance(minutes=1)

    assert "Check-ins with Yuki rest" in await tom.read()
    assert "Tom needs a partner" in await app.person("Ada").read()
    await app.advance(days=15)
    assert len(await tom.texts()) == before + 1


async def test_a_lead_ends_a_pair_and_both_read_it_in_neutral_words(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    ada = app.person("Ada")
    await ada.command("/loop cohort")
    await ada.click("Pairs")

    shown = await ada.click("End", about="Active")

    assert "1 pair has ended" in shown.text
    assert "Your pair with Yuki has ended" in await tom.read()
    assert "Your pair with Tom has ended" in await yuki.read()


async def test_a_question_that_was_asked_meanwhile_is_not_asked_twice(app: RunningApp) -> None:
    ada = await app.a_cohort()
    yuki, tom = app.person("Yuki"), app.person("Tom")
    await ada.command("/loop pair")
    await ada.submit({"mentor": yuki.id, "mentee": tom.id})
    await ada.command(f"/loop pair {yuki.mention} {tom.mention}")
    await ada.click("pair.ask")

    assert "a pair already" in (await ada.submit({})).text
    assert len(await tom.texts()) == 1


async def test_who_leads_a_cohort_pairs_its_people_and_is_told_how_it_goes(app: RunningApp) -> None:
    ada = await app.a_cohort()
    yuki, tom, priya = (app.person(name) for name in ("Yuki", "Tom", "Priya"))
    await ada.command("/loop cohort Spring")
    await ada.click("Change")
    await ada.submit({"lead": priya.id})
    await ada.submit({})

    await priya.command(f"/loop pair {yuki.mention} {tom.mention}")
    await priya.click("pair.ask")
    await yuki.click("Yes, gladly")
    await tom.click("Yes, gladly")

    assert "Yuki Tanaka and Tom Alvarez are a pair now" in await priya.read()
    assert "1 pair active" in (await priya.command("/loop cohort")).text
    assert "Yuki Tanaka and Tom Alvarez are a pair now" not in await ada.read()


async def test_no_pair_begins_in_a_paused_cohort(app: RunningApp) -> None:
    ada = await app.a_cohort()
    await ada.command("/loop cohort Spring")
    await ada.click("Pause")

    answer = await ada.command(f"/loop pair {app.person('Yuki').mention} {app.person('Tom').mention}")

    assert "not running right now" in answer.text


async def test_before_there_is_a_cohort_the_command_says_how_to_begin_one(app: RunningApp) -> None:
    ada = app.person("Ada")
    await ada.command(f"/loop claim {app.bot.claim_code}")

    answer = await ada.command(f"/loop pair {app.person('Yuki').mention} {app.person('Tom').mention}")

    assert "Type /loop cohort new" in answer.text
