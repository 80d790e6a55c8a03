"""A portfolio, from the command to the file in the direct message."""

import re

from bot.slack.repository import portfolios
from bot.usecases.programme.pairs_ending import ENDED
from bot.usecases.repository.portfolios import MADE
from tests.forms import action_ids
from tests.running_app import Json, Person, RunningApp
from tests.scenarios.conftest import run_id


async def with_a_goal(app: RunningApp) -> tuple[Person, Person]:
    mira, tom = await app.a_pair()
    await tom.command("/loop goal")
    await tom.submit({"text": "Lead a review in which everyone speaks"})
    return mira, tom


async def handed_over(app: RunningApp, person: Person) -> list[Json]:
    """The files that stand in what this person sees."""
    await app.posted()
    seen = await person.see()
    return [
        file for channel in seen["channels"] for one in channel["messages"] for file in one.get("files", [])
    ]


async def test_a_mentee_makes_a_portfolio_and_the_file_is_in_their_messages_alone(app: RunningApp) -> None:
    mira, tom = await with_a_goal(app)

    opened = await tom.command("/loop portfolio")
    sent = await tom.submit({})

    assert (opened.form, opened.fields) == (portfolios.MAKE, ["shape", "parts", "format"])
    assert not sent.errors
    [file] = await handed_over(app, tom)
    assert await handed_over(app, mira) == []
    page = (await app.http.get(file["url_private"])).text
    assert "Lead a review in which everyone speaks" in page
    assert re.fullmatch(r"portfolio-2026-11-23-[0-9a-f]{8}\.html", file["name"])


async def test_the_parts_stand_in_the_order_in_which_they_were_picked(app: RunningApp) -> None:
    _, tom = await with_a_goal(app)
    await tom.command("/loop try")
    await tom.submit({"behaviour": "ask first", "situation": "I lead the meeting"})

    await tom.command("/loop portfolio")
    await tom.submit({"parts": ["tries", "goals"], "format": "md"})

    [file] = await handed_over(app, tom)
    said = (await app.http.get(file["url_private"])).text
    assert [line for line in said.split("\n") if line.startswith("## ")] == ["## What I tried", "## Goals"]


async def test_nothing_picked_is_said_at_the_field_and_what_was_chosen_stays(app: RunningApp) -> None:
    _, tom = await with_a_goal(app)
    await tom.command("/loop portfolio")

    sent = await tom.submit({"parts": []})

    assert list(sent.errors) == ["parts"]
    assert await handed_over(app, tom) == []


async def test_where_slack_takes_no_files_it_says_what_to_grant_and_the_parts_can_be_read(
    app: RunningApp,
) -> None:
    _, tom = await with_a_goal(app)
    manifest = (await app.get("/playground/manifest"))["manifest"]
    bot = manifest["oauth_config"]["scopes"]["bot"]
    bot.remove("files:write")
    await app.http.put("/playground/manifest", json=manifest)

    await tom.command("/loop portfolio")
    await tom.submit({})
    await app.posted()

    assert await handed_over(app, tom) == []
    assert "files:write" in (await tom.texts(MADE))[-1]
    read = await tom.click(portfolios.READ)
    assert "Lead a review in which everyone speaks" in read.text
    opened = await tom.command("/loop portfolio")
    assert "files:write" in opened.text


async def test_a_file_of_which_nobody_knows_whether_it_arrived_is_not_sent_twice(app: RunningApp) -> None:
    _, tom = await with_a_goal(app)
    await app.fault(kind="drop_after_commit", method="files.completeUploadExternal", count=1)

    await tom.command("/loop portfolio")
    await tom.submit({})
    await app.advance(minutes=5)

    assert len(await handed_over(app, tom)) == 1
    assert len(await app.calls("files.completeUploadExternal")) == 1


async def test_what_did_not_reach_slack_is_said_and_can_be_made_again(app: RunningApp) -> None:
    _, tom = await with_a_goal(app)
    await app.fault(kind="http_500", method="files.upload", count=1)
    await tom.command("/loop portfolio")
    await tom.submit({})
    await app.posted()
    assert await handed_over(app, tom) == []

    await tom.click(portfolios.OPEN)
    await tom.submit({})

    assert len(await handed_over(app, tom)) == 1


async def test_home_leads_to_it_and_so_does_the_end_of_the_pair(app: RunningApp) -> None:
    mira, tom = await with_a_goal(app)
    for person in (mira, tom):
        await person.home()
    assert run_id("portfolio") in action_ids((await tom.see())["home"])
    assert run_id("portfolio") not in action_ids((await mira.see())["home"])

    await tom.command("/loop leave")
    await tom.submit({})

    assert run_id("portfolio") in await tom.offered(ENDED)
    assert run_id("portfolio") not in await mira.offered(ENDED)
    assert (await tom.click(run_id("portfolio"))).form == portfolios.MAKE
