"""Somebody looks for what was tried: by command, in the window, from Home, with real payloads."""

from typing import Any

import pytest

from bot.slack.repository import insights, search
from tests.running_app import Person, RunningApp, squeezed


async def a_goal(mentee: Person, text: str) -> None:
    await mentee.command("/loop goal")
    assert (await mentee.submit({"text": text})).errors == {}


async def a_card(mentee: Person, behaviour: str) -> None:
    await mentee.command("/loop try")
    assert (await mentee.submit({"behaviour": behaviour, "situation": "a meeting begins"})).errors == {}


async def an_insight(person: Person, behaviour: str, **values: str) -> None:
    await person.command("/loop insight")
    answer = await person.submit({"behaviour": behaviour, "outcome": "people spoke up", **values})
    assert answer.errors == {}


async def talks(mentee: Person, count: int) -> None:
    for number in range(count):
        await mentee.command("/loop talked")
        assert (await mentee.submit({"takeaway": f"lesson number {number}"})).errors == {}


def bold(part: Any) -> list[str]:
    """What stands out in it."""
    if isinstance(part, list):
        return [text for item in part for text in bold(item)]
    if not isinstance(part, dict):
        return []
    here = [part["text"]] if (part.get("style") or {}) == {"bold": True} else []
    return here + [text for value in part.values() if isinstance(value, dict | list) for text in bold(value)]


async def test_both_find_it_and_nobody_else_sees_the_answer(app: RunningApp) -> None:
    priya, tom = await app.a_pair("Priya", "Tom")
    await a_goal(tom, "Lead meetings in which everyone speaks")

    answer = await priya.command("/loop find meeting")

    assert "1 found for “meeting”." in answer.text
    assert "Goal, from Tom" in answer.text
    assert bold(answer.answer["messages"]) == ["meetings"]
    assert "1 found" not in await tom.read()


async def test_more_replaces_the_answer_by_the_next_five(app: RunningApp) -> None:
    _, tom = await app.a_pair("Priya", "Tom")
    await talks(tom, 7)
    first = await tom.command("/loop find lesson")

    second = await tom.click(search.MORE)

    assert "1 to 5 of 7" in first.text
    assert "6 to 7 of 7" in second.text
    seen = str(await tom.see())
    assert "1 to 5 of 7" not in seen
    assert "1 to 5 of 7" in (await tom.click(search.EARLIER)).text


async def test_a_find_opens_in_full_and_leads_on_to_what_belongs_to_it(app: RunningApp) -> None:
    priya, tom = await app.a_pair("Priya", "Tom")
    await a_goal(tom, "Lead calmly")
    await a_card(tom, "wait three seconds")
    await priya.command("/loop find seconds")

    await priya.click(search.OPEN)
    assert "wait three seconds" in squeezed(str(await priya.form()))
    await priya.click(search.OPEN, about="What belongs to it")
    assert "Lead calmly" in squeezed(str(await priya.form()))

    for _ in range(3):  # further on than Slack lets windows lie on each other
        await priya.click(search.OPEN, about="What belongs to it")
    assert len((await priya.see())["views"]) <= 3


async def test_the_filter_opens_the_window_and_finds_in_it(app: RunningApp) -> None:
    _, tom = await app.a_pair("Priya", "Tom")
    await a_goal(tom, "Run quiet meetings")
    await an_insight(tom, "Closing laptops in meetings", tags="focus, time")
    await tom.command("/loop find meetings")

    opened = await tom.click(search.FILTER)
    assert "2 found for “meetings”." in opened.text
    narrowed = await tom.submit({"tag.0": "#focus"})

    assert "Closing" in narrowed.text
    assert "1 found for “meetings”." in narrowed.text
    assert "Run quiet" not in narrowed.text
    other = await tom.submit({"words.0": "quiet", "tag.0": "any", "kind.0": "goal"})
    assert "1 found for “quiet”." in other.text


async def test_pages_turn_in_the_window_too(app: RunningApp) -> None:
    _, tom = await app.a_pair("Priya", "Tom")
    await talks(tom, 6)
    await tom.shortcut("search.shortcut")
    await tom.submit({"words.0": "lesson"})

    await tom.click(search.MORE)

    assert "6 to 6 of 6" in str(await tom.form())
    await tom.click(search.OPEN)
    assert len((await tom.see())["views"]) == 2


async def test_the_shortcut_shows_the_newest_at_once(app: RunningApp) -> None:
    _, tom = await app.a_pair("Priya", "Tom")
    await a_goal(tom, "Lead calmly")

    opened = await tom.shortcut("search.shortcut")

    assert "The newest first." in opened.text
    assert "Lead calmly" in opened.text


async def test_nothing_found_offers_the_right_word(app: RunningApp) -> None:
    _, tom = await app.a_pair("Priya", "Tom")
    await a_goal(tom, "Delegate earlier")

    answer = await tom.command("/loop find delgate")
    assert "Nothing found for “delgate” yet." in answer.text
    assert "Did you mean “delegate”?" in answer.text

    assert "Delegate earlier" in squeezed((await tom.click(search.INSTEAD)).text)


async def test_the_right_word_stands_in_the_window_too(app: RunningApp) -> None:
    _, tom = await app.a_pair("Priya", "Tom")
    await a_goal(tom, "Delegate earlier")
    await tom.shortcut("search.shortcut")
    await tom.submit({"words.0": "delgate"})

    await tom.click(search.INSTEAD)
    again = await tom.submit({})

    assert "1 found for “delegate”." in again.text


async def test_filters_that_leave_nothing_can_be_taken_off(app: RunningApp) -> None:
    _, tom = await app.a_pair("Priya", "Tom")
    await a_goal(tom, "Delegate earlier")
    await tom.shortcut("search.shortcut")
    assert "Look everywhere" in (await tom.submit({"words.0": "delegate", "kind.0": "result"})).text

    await tom.click(search.INSTEAD)

    assert "Delegate earlier" in squeezed((await tom.submit({})).text)


@pytest.mark.parametrize(
    "typed", ['"', "*", "NEAR(", "-", '"a" AND (', "💥", "<!channel> & <@U0>", "x" * 3000, ")", "p1", "%"]
)
async def test_whatever_is_typed_is_no_error(app: RunningApp, typed: str) -> None:
    _, tom = await app.a_pair("Priya", "Tom")
    await a_goal(tom, "Delegate earlier")

    answer = await tom.command(f"/loop find {typed}")

    assert any(part in answer.text for part in ("Nothing found", "found for", "The newest first."))
    assert "<!channel>" not in str([message["text"] for message in answer.answer["messages"]])


async def test_somebody_in_no_pair_is_told_what_could_be_found(app: RunningApp) -> None:
    answer = await app.person("Tom").command("/loop find anything")

    assert "You can find what you and your partner wrote" in answer.text


async def test_what_was_narrowed_meanwhile_does_not_open(app: RunningApp) -> None:
    priya, tom = await app.a_pair("Priya", "Tom")
    yuki, _ = await app.a_pair("Yuki", "Luca")
    await an_insight(tom, "Closing laptops", visibility="everyone here")
    await priya.click(insights.AGREE)
    assert "Closing laptops" in squeezed((await yuki.command("/loop find laptops")).text)

    await tom.click(insights.WHO)
    await tom.submit({"visibility": "only us two"})
    refused = await yuki.click(search.OPEN)

    assert "I cannot find this any more" in refused.text
    assert "Closing" not in refused.text
    assert "Nothing found" in (await yuki.command("/loop find laptops")).text


async def test_the_field_on_home_opens_the_window(app: RunningApp) -> None:
    _, tom = await app.a_pair("Priya", "Tom")
    await a_goal(tom, "Delegate earlier")
    await tom.home()

    opened = await tom.click(search.HOME_ENTER, "delegate")

    assert "1 found for “delegate”." in opened.text
