"""What happens to what a person types into the bot's forms?"""

from datetime import UTC, datetime

import pytest
from playwright.async_api import Locator, Page, expect

from bot.playground.server import Playground
from tests.playground.conftest import OpenWindow
from tests.playground.page_bot import PageBot
from tests.playground.page_steps import done, run

pytestmark = pytest.mark.browser

GOAL = "What do you want to do?"


async def opened(page: Page, what: str = "form", title: str = "Your goal") -> Locator:
    await run(page, f"/try {what}")
    form = page.get_by_role("dialog", name=title)
    await expect(form).to_be_visible()
    return form


async def pick(form: Locator, label: str, query: str, *names: str) -> None:
    """Choose by typing a part of the name; a list for several stays open until it is closed."""
    field = form.get_by_label(label, exact=True)
    for name in names:
        await field.fill(query)
        await form.get_by_role("listbox", name="Matches").get_by_role("option", name=name).click()
    if len(names) > 1:
        await field.press("Escape")


async def test_a_required_field_is_asked_for_before_the_bot_hears_of_it(
    window: OpenWindow, bot: PageBot
) -> None:
    form = await opened(await window("mira"))
    field = form.get_by_label(GOAL)
    await expect(field).to_be_focused()
    await expect(field).to_have_attribute("aria-required", "true")
    await form.get_by_label("Why (optional)").fill("no")
    await form.get_by_role("button", name="Save goal").click()
    await expect(field).to_be_focused()
    await expect(field).to_have_accessible_description("One sentence is enough. Please fill this in.")
    await expect(form.get_by_label("Why")).to_have_accessible_description(
        "Please write at least 5 characters."
    )
    assert not bot.submissions


async def test_an_error_of_the_bot_stands_under_its_field_and_nothing_typed_is_lost(
    window: OpenWindow, bot: PageBot
) -> None:
    form = await opened(await window("mira"))
    field = form.get_by_label(GOAL)
    await field.fill("vague")
    await form.get_by_label("Why").fill("Because of this")
    await field.press("Enter")
    await expect(field).to_have_accessible_description(
        "One sentence is enough. Say what you will be able to do."
    )
    await expect(field).to_be_focused()
    await expect(form.get_by_label("Why")).to_have_value("Because of this")
    await field.fill("Ask one open question")
    await form.get_by_role("button", name="Save goal").click()
    await expect(form).to_be_hidden()
    assert bot.values()["goal"]["value"] == "Ask one open question"


async def test_what_was_typed_stays_over_an_update_and_reaches_the_bot_with_the_click(
    window: OpenWindow, bot: PageBot
) -> None:
    form = await opened(await window("mira"))
    await form.get_by_label(GOAL).fill("Ask one open question")
    await form.get_by_role("button", name="More").click()
    await form.get_by_label("A sign that it works").fill("People speak")
    await expect(form.get_by_label(GOAL)).to_have_value("Ask one open question")
    state = bot.action_bodies[0]["view"]["state"]["values"]
    assert state["goal"]["goal.value"]["value"] == "Ask one open question"
    await form.get_by_role("button", name="Save goal").click()
    await expect(form).to_be_hidden()
    assert bot.values()["sign"]["value"] == "People speak"


async def test_news_from_elsewhere_do_not_disturb_somebody_who_types(
    window: OpenWindow, bot: PageBot
) -> None:
    mira, tom = await window("mira"), await window("tom")
    form = await opened(mira)
    await form.get_by_label(GOAL).press_sequentially("Ask one")
    await tom.get_by_role("button", name="#general").click()
    await run(tom, "Hello")
    await expect(mira.locator("[aria-live]")).to_contain_text("Hello")
    await expect(form.get_by_label(GOAL)).to_be_focused()
    await mira.keyboard.type(" open question")
    await expect(form.get_by_label(GOAL)).to_have_value("Ask one open question")


async def test_a_form_that_nobody_answers_stays_with_what_was_typed(
    window: OpenWindow, bot: PageBot, playground: Playground
) -> None:
    page = await window("mira")
    form = await opened(page)
    playground.state.settings.ack_timeout_s = 0.2
    await form.get_by_label(GOAL).fill("silence")
    await form.get_by_role("button", name="Save goal").click()
    await expect(form.get_by_role("alert")).to_contain_text("We had some trouble connecting")
    await expect(form.get_by_label(GOAL)).to_have_value("silence")


async def test_escape_closes_the_top_form_only_and_the_bot_hears_of_it(
    window: OpenWindow, bot: PageBot
) -> None:
    page = await window("mira")
    form = await opened(page)
    await form.get_by_label(GOAL).fill("Still here")
    await form.get_by_role("button", name="Another form").click()
    step = page.get_by_role("dialog", name="One step")
    await expect(step.get_by_label("A step")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(form.get_by_label(GOAL)).to_have_value("Still here")
    async with done(page, "close"):
        await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.get_by_role("textbox", name="Message Echo")).to_be_focused()
    assert len(bot.closed) == 1


async def test_every_kind_of_input_reaches_the_bot_with_its_value(window: OpenWindow, bot: PageBot) -> None:
    page = await window("tom")
    form = await opened(page, "all", "Everything")
    texts = {"Text": "Words", "Number": "4", "Email": "a@b.example", "Link": "https://a.example/b"}
    days = {"Date": "2026-12-01", "Time": "10:30", "Moment": "2026-12-01T10:30"}
    for label, value in (texts | days).items():
        await form.get_by_label(label, exact=False).first.fill(value)
    await form.get_by_label("One letter").select_option("Beta")
    await pick(form, "Many letters (optional)", "a", "Alpha", "Gamma")
    await pick(form, "Person (optional)", "priya", "Priya Raman")
    await pick(form, "People (optional)", "a", "Mira Lindner", "Yuki Tanaka")
    await pick(form, "Channel (optional)", "gen", "#general")
    await pick(form, "Conversation (optional)", "ran", "#random")
    await pick(form, "Search (optional)", "sign", "sign two")
    await form.get_by_role("radiogroup", name="Radio").get_by_label("Gamma").check()
    await form.get_by_role("group", name="Boxes").get_by_label("Alpha").check()
    await form.get_by_role("group", name="Boxes").get_by_label("Beta").check()
    async with done(page, "submit"):
        await form.get_by_role("button", name="Save goal").click()
    await expect(form).to_be_hidden()
    values = bot.values()
    told = {name: values[name]["value"] for name in ("text", "number", "email", "link")}
    assert told == {"text": "Words", "number": "4", "email": "a@b.example", "link": "https://a.example/b"}
    assert values["date"]["selected_date"] == "2026-12-01"
    assert values["time"]["selected_time"] == "10:30"
    new_york = datetime(2026, 12, 1, 15, 30, tzinfo=UTC)
    assert values["moment"]["selected_date_time"] == int(new_york.timestamp())
    single = {name: values[name]["selected_option"]["value"] for name in ("one", "search", "radio")}
    assert single == {"one": "beta", "search": "sign two", "radio": "gamma"}
    several = {
        name: [each["value"] for each in values[name]["selected_options"]] for name in ("many", "boxes")
    }
    assert several == {"many": ["alpha", "gamma"], "boxes": ["alpha", "beta"]}
    assert values["person"]["selected_user"].startswith("U")
    assert len(values["people"]["selected_users"]) == 2
    assert values["channel"]["selected_channel"].startswith("C")
    assert values["where"]["selected_conversation"].startswith("C")


@pytest.mark.parametrize(
    ("label", "typed", "complaint"),
    [
        ("Number", "9", "Please write 5 or less."),
        ("Number", "2.5", "Please write a whole number."),
        ("Email", "nobody", "Please write an email address."),
        ("Link", "somewhere", "Please write a whole link, with https://."),
    ],
)
async def test_what_does_not_fit_is_explained_in_the_page(
    window: OpenWindow, bot: PageBot, label: str, typed: str, complaint: str
) -> None:
    form = await opened(await window("mira"), "all", "Everything")
    await form.get_by_label(label).fill(typed)
    await form.get_by_role("button", name="Save goal").click()
    await expect(form.get_by_label(label)).to_have_accessible_description(complaint)
    assert not bot.submissions


async def test_a_choice_of_several_is_made_and_undone_with_the_keyboard(
    window: OpenWindow, bot: PageBot
) -> None:
    page = await window("mira")
    form = await opened(page, "all", "Everything")
    field = form.get_by_label("Many letters")
    await field.focus()
    for key in ("ArrowDown", "ArrowDown", "Enter", "ArrowDown", "Enter", "Escape"):
        await field.press(key)
    chips = form.get_by_role("button", name="Remove")
    await expect(form).to_be_visible()
    await expect(chips).to_have_count(2)
    await field.press("Backspace")
    await expect(chips).to_have_count(1)
    await expect(form.get_by_role("button", name="Remove Alpha")).to_be_visible()
