"""Somebody looks for what was tried: by command, in the window, from Home, with real payloads."""

from typing import Any

import pytest

from bot.domain.errors import NotFound
from bot.domain.insights import Visibility
from bot.domain.stored import EntryKind
from bot.playground.blocks.elements import placed_elements
from bot.slack.repository import insights, search, search_window
from bot.usecases.repository.search import PAGE
from tests.forms import action_ids
from tests.running_app import Outcome, Person, RunningApp, squeezed


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


def found(outcome: Outcome) -> list[EntryKind]:
    """What was found: the kind of each thing that can be opened, in its order."""
    shown = outcome.view or outcome.answer["messages"][-1]
    values = [
        each.element["value"] for each in placed_elements(shown["blocks"]) if each.action_id in search.OPENS
    ]
    return [search.parse_thing(value)[0] for value in values]


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

    assert found(answer) == [EntryKind.GOAL]
    assert "Tom" in answer.text
    assert bold(answer.answer["messages"]) == ["meetings"]
    assert search.FILTER not in [each for message in await tom.messages() for each in action_ids(message)]


async def test_more_replaces_the_answer_by_the_next_five(app: RunningApp) -> None:
    _, tom = await app.a_pair("Priya", "Tom")
    await talks(tom, 7)
    first = await tom.command("/loop find lesson")

    second = await tom.click(search.MORE)

    assert len(found(first)) == PAGE
    assert len(found(second)) == 2
    (shown,) = [each for each in await tom.messages() if search.OPENS[0] in action_ids(each)]
    assert len(set(search.OPENS) & set(action_ids(shown))) == 2
    assert found(await tom.click(search.EARLIER)) == found(first)


async def test_a_find_opens_in_full_and_leads_on_to_what_belongs_to_it(app: RunningApp) -> None:
    priya, tom = await app.a_pair("Priya", "Tom")
    await a_goal(tom, "Lead calmly")
    await a_card(tom, "wait three seconds")
    await priya.command("/loop find seconds")

    await priya.click(search.OPENS[0])
    assert "wait three seconds" in squeezed(str(await priya.form()))
    await priya.click(search.OPEN)
    assert "Lead calmly" in squeezed(str(await priya.form()))

    for _ in range(3):  # further on than Slack lets windows lie on each other
        await priya.click(search.OPEN)
    assert len((await priya.see())["views"]) <= 3


async def test_the_filter_opens_the_window_and_finds_in_it(app: RunningApp) -> None:
    _, tom = await app.a_pair("Priya", "Tom")
    await a_goal(tom, "Run quiet meetings")
    await an_insight(tom, "Closing laptops in meetings", tags="focus, time")
    await tom.command("/loop find meetings")

    opened = await tom.click(search.FILTER)
    assert set(found(opened)) == {EntryKind.GOAL, EntryKind.INSIGHT}
    narrowed = await tom.submit({"tag.0": "#focus"})

    assert found(narrowed) == [EntryKind.INSIGHT]
    assert "Closing" in narrowed.text
    assert "Run quiet" not in narrowed.text
    other = await tom.submit({"words.0": "quiet", "tag.0": "any", "kind.0": "goal"})
    assert found(other) == [EntryKind.GOAL]


async def test_pages_turn_in_the_window_too(app: RunningApp) -> None:
    _, tom = await app.a_pair("Priya", "Tom")
    await talks(tom, 6)
    await tom.shortcut(search.SHORTCUT)
    await tom.submit({"words.0": "lesson"})

    assert len(found(await tom.click(search.MORE))) == 1
    await tom.click(search.OPENS[0])
    assert len((await tom.see())["views"]) == 2


async def test_the_shortcut_shows_the_newest_at_once(app: RunningApp) -> None:
    _, tom = await app.a_pair("Priya", "Tom")
    await a_goal(tom, "Lead calmly")

    opened = await tom.shortcut(search.SHORTCUT)

    assert found(opened) == [EntryKind.GOAL]
    assert "Lead calmly" in opened.text


async def test_nothing_found_offers_the_right_word(app: RunningApp) -> None:
    _, tom = await app.a_pair("Priya", "Tom")
    await a_goal(tom, "Delegate earlier")

    answer = await tom.command("/loop find delgate")
    assert found(answer) == []
    assert "“delegate”" in answer.text

    assert "Delegate earlier" in squeezed((await tom.click(search.INSTEAD)).text)


async def test_the_right_word_stands_in_the_window_too(app: RunningApp) -> None:
    _, tom = await app.a_pair("Priya", "Tom")
    await a_goal(tom, "Delegate earlier")
    await tom.shortcut(search.SHORTCUT)
    await tom.submit({"words.0": "delgate"})

    await tom.click(search.INSTEAD)
    again = await tom.submit({})

    assert found(again) == [EntryKind.GOAL]


async def test_filters_that_leave_nothing_can_be_taken_off(app: RunningApp) -> None:
    _, tom = await app.a_pair("Priya", "Tom")
    await a_goal(tom, "Delegate earlier")
    await tom.shortcut(search.SHORTCUT)
    assert found(await tom.submit({"words.0": "delegate", "kind.0": "result"})) == []

    await tom.click(search.INSTEAD)

    assert "Delegate earlier" in squeezed((await tom.submit({})).text)


@pytest.mark.parametrize(
    "typed", ['"', "*", "NEAR(", "-", '"a" AND (', "💥", "<!channel> & <@U0>", "x" * 3000, ")", "p1", "%"]
)
async def test_whatever_is_typed_is_no_error(app: RunningApp, typed: str) -> None:
    _, tom = await app.a_pair("Priya", "Tom")
    await a_goal(tom, "Delegate earlier")

    answer = await tom.command(f"/loop find {typed}")

    assert search.FILTER in answer.offered
    assert "<!channel>" not in str([message["text"] for message in answer.answer["messages"]])


async def test_somebody_in_no_pair_is_told_what_could_be_found(app: RunningApp) -> None:
    answer = await app.person("Tom").command("/loop find anything")

    assert answer.offered == [search.FILTER, search.SAVE]
    assert "You can find what you and your partner wrote" in answer.text


async def test_what_was_narrowed_meanwhile_does_not_open(app: RunningApp) -> None:
    priya, tom = await app.a_pair("Priya", "Tom")
    yuki, _ = await app.a_pair("Yuki", "Luca")
    await an_insight(tom, "Closing laptops", visibility=Visibility.WORKSPACE)
    await priya.click(insights.AGREE)
    assert "Closing laptops" in squeezed((await yuki.command("/loop find laptops")).text)

    await tom.click(insights.WHO)
    await tom.submit({"visibility": Visibility.PAIR})
    refused = await yuki.click(search.OPENS[0])

    assert yuki.told(NotFound()) in refused.text
    assert "Closing" not in refused.text
    assert found(await yuki.command("/loop find laptops")) == []


async def test_the_field_on_home_opens_the_window(app: RunningApp) -> None:
    _, tom = await app.a_pair("Priya", "Tom")
    await a_goal(tom, "Delegate earlier")
    await tom.home()

    opened = await tom.click(search.HOME_ENTER, "delegate")

    assert found(opened) == [EntryKind.GOAL]


async def test_whoever_asks_again_is_shown_what_they_wrote_of_long_ago(app: RunningApp) -> None:
    priya, tom = await app.a_pair("Priya", "Tom")
    await tom.command("/loop ask")
    first = await tom.submit({"situation": "The procurement board postponed my budget"})
    assert first.view is None, "there was nothing before"
    await tom.command("/loop ask")
    await tom.submit({"situation": "The Lisbon warehouse moves"})
    await app.advance(days=30)

    await tom.command("/loop ask")
    again = await tom.submit({"situation": "Again procurement blocks the budget"})

    assert "The procurement board postponed my budget" in squeezed(again.text)
    assert "The procurement board" in squeezed((await tom.click(search.OPEN)).text)
    assert "Again procurement blocks" in squeezed(await priya.read())
    await tom.close()
    await tom.command("/loop try")
    tried = await tom.submit({"behaviour": "visit the warehouse", "situation": "Lisbon calls"})
    assert "The Lisbon warehouse moves" in squeezed(tried.text)


async def test_of_many_tags_those_are_offered_that_begin_as_typed_and_that_one_may_see(
    app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_window, "OPTIONS", 1)
    _, tom = await app.a_pair("Priya", "Tom")
    _, yuki = await app.a_pair("Mira", "Yuki")
    await an_insight(tom, "Closing laptops in meetings", tags="focus, forms, time")
    await an_insight(yuki, "Closing doors", tags="forests")
    await tom.shortcut(search.SHORTCUT)

    async def offered(typed: str) -> list[str]:
        view = (await tom.form())["id"]
        asked = {"view_id": view, "block_id": "tag.0", "action_id": search.TAGS, "query": typed}
        return [option["value"] for option in (await tom.act(do="options", **asked)).answer["options"]]

    assert await offered("") == ["any", "#focus", "#forms", "#time"]
    assert await offered("#Fo") == ["any", "#focus", "#forms"]
    assert await offered("forests") == ["any"]

    narrowed = await tom.submit({"tag.0": "#focus"})
    assert found(narrowed) == [EntryKind.INSIGHT]
