"""What can a person do by hand in the page: talk, run commands, press buttons, move the clock?"""

import pytest
from playwright.async_api import expect

from bot.playground.server import Playground
from tests.playground.conftest import OpenWindow
from tests.playground.page_bot import PageBot, connected
from tests.playground.page_steps import done, run

pytestmark = pytest.mark.browser


async def test_the_page_says_that_it_is_not_slack(window: OpenWindow) -> None:
    page = await window("mira")
    await expect(page.get_by_role("note")).to_contain_text("This is a local playground, not Slack.")


async def test_what_is_to_be_done_first_stands_above_until_it_is_done(
    window: OpenWindow, playground: Playground
) -> None:
    page = await window("mira")
    await expect(page.locator("#advice")).to_be_hidden()
    playground.advise("The first step: be <b>Ada</b>")
    await expect(page.get_by_text("The first step: be <b>Ada</b>")).to_be_visible()
    playground.advise("")
    await expect(page.locator("#advice")).to_be_hidden()


async def test_two_windows_are_two_people_who_see_each_other_write(window: OpenWindow, bot: PageBot) -> None:
    mira, tom = await window("mira"), await window("tom")
    for page in (mira, tom):
        await page.get_by_role("button", name="#general").click()
    await run(mira, "Good morning @tom")
    await expect(tom.get_by_role("article", name="Mira Lindner")).to_contain_text("Good morning @Tom Alvarez")
    await expect(tom.locator("[aria-live]")).to_contain_text("Mira Lindner in #general")


async def test_choosing_another_person_changes_the_address_and_back_leads_back(window: OpenWindow) -> None:
    page = await window("mira")
    who = page.get_by_label("You are")
    first = page.url
    await who.select_option("Tom Alvarez")
    await expect(page).to_have_title("Echo · Tom Alvarez · Playground")
    assert page.url != first
    await page.go_back()
    await expect(page).to_have_title("Echo · Mira Lindner · Playground")
    await expect(who.locator("option:checked")).to_have_text("Mira Lindner")


async def test_shift_and_enter_begins_a_new_line_and_markup_stays_text(window: OpenWindow) -> None:
    page = await window("mira", "")
    field = page.get_by_role("textbox", name="Message Echo")
    await field.press_sequentially("one & <img src=x onerror=alert(1)>")
    await field.press("Shift+Enter")
    await field.press_sequentially("> two")
    await field.press("Enter")
    article = page.get_by_role("article", name="Mira Lindner")
    await expect(article).to_contain_text("one & <img src=x onerror=alert(1)>")
    await expect(article.get_by_role("blockquote")).to_have_text("two")
    await expect(article.get_by_role("img")).to_have_count(0)
    await expect(field).to_have_value("")


async def test_a_slash_shows_the_commands_and_their_usage(window: OpenWindow, bot: PageBot) -> None:
    page = await window("mira")
    field = page.get_by_role("textbox", name="Message Echo")
    await field.press_sequentially("/t")
    hints = page.get_by_role("listbox", name="Suggestions")
    await expect(hints.get_by_role("option")).to_have_text(["/try [form | all | whisper]Open the form"])
    await field.press("Tab")
    await expect(field).to_have_value("/try ")
    await expect(hints).to_contain_text("[form | all | whisper]")
    await field.press_sequentially("whisper")
    await field.press("Enter")
    article = page.get_by_role("article", name="Echo")
    await expect(article).to_contain_text("Only visible to you")
    await expect(article).to_contain_text("Psst, @Mira Lindner")


async def test_a_word_that_is_no_command_is_kept_and_explained(window: OpenWindow, bot: PageBot) -> None:
    page = await window("mira")
    await run(page, "/trie")
    await expect(page.get_by_role("alert")).to_contain_text("/trie is not a command here")
    await expect(page.get_by_role("textbox", name="Message Echo")).to_have_value("/trie")


async def test_a_command_nobody_answers_says_so(window: OpenWindow, playground: Playground) -> None:
    page = await window("mira")
    await expect(page.get_by_role("status")).to_contain_text("Echo is not connected")
    playground.state.settings.ack_timeout_s = 0.1
    await run(page, "/try")
    await expect(page.get_by_role("alert")).to_contain_text("trouble connecting")
    async with connected(PageBot(playground), playground):
        await expect(page.get_by_role("status")).to_have_count(0)


async def test_a_thread_holds_its_replies(window: OpenWindow, bot: PageBot) -> None:
    page = await window("mira")
    await run(page, "A question")
    await page.get_by_role("article", name="Mira Lindner").hover()
    await page.get_by_role("button", name="Reply in thread").click()
    thread = page.get_by_role("complementary", name="Thread")
    await thread.get_by_role("textbox", name="Reply in this thread").fill("An answer")
    await page.keyboard.press("Enter")
    await expect(thread.get_by_role("article")).to_have_count(2)
    await expect(page.get_by_role("main").get_by_role("article")).to_have_count(1)
    await thread.get_by_role("button", name="Close thread").click()
    await expect(thread).to_be_hidden()
    await expect(page.get_by_role("button", name="1 reply")).to_be_visible()


async def test_a_reaction_is_added_and_taken_back(window: OpenWindow, bot: PageBot) -> None:
    page = await window("mira")
    await run(page, "Nice")
    await page.get_by_role("article", name="Mira Lindner").hover()
    await page.get_by_role("button", name="Add a reaction").click()
    await page.get_by_role("menuitem", name="tada").click()
    reaction = page.get_by_role("button", name="tada, 1")
    await expect(reaction).to_have_attribute("aria-pressed", "true")
    await reaction.click()
    await expect(reaction).to_have_count(0)


async def test_a_long_conversation_is_followed_at_its_end_and_read_back_on_demand(
    window: OpenWindow, bot: PageBot
) -> None:
    page = await window("mira")
    channel = page.url.split("#")[1]
    for number in range(120):
        await bot.app.client.chat_postMessage(channel=channel, text=f"News {number:03}")
    await expect(page.get_by_text("News 119", exact=True)).to_be_in_viewport()
    articles = page.get_by_role("article")
    await expect(articles).to_have_count(100)
    await page.get_by_role("button", name="Show earlier messages (20)").click()
    await expect(articles).to_have_count(120)
    await page.get_by_text("News 000", exact=True).scroll_into_view_if_needed()
    # The page hears of its own scrolling a frame later; nobody reads on that fast.
    await expect(page.locator("#log")).not_to_contain_class("follows")
    await bot.app.client.chat_postMessage(channel=channel, text="Elsewhere")
    await expect(articles).to_have_count(121)
    await expect(page.get_by_text("News 000", exact=True)).to_be_in_viewport()


async def test_every_element_of_a_card_reaches_the_bot(window: OpenWindow, bot: PageBot) -> None:
    page = await window("mira")
    await run(page, "/card")
    card = page.get_by_role("article", name="Echo")
    await expect(card.get_by_role("heading", name="Your card")).to_be_visible()
    await expect(card.get_by_role("img", name="From 3 to 6")).to_be_visible()
    async with done(page, "click"):
        await card.get_by_role("button", name="Did it").click()
    async with done(page, "click"):
        await card.get_by_label("A letter").select_option("Beta")
    await card.get_by_role("button", name="More actions").click()
    async with done(page, "click"):
        await page.get_by_role("menuitem", name="Move it").click()
    async with done(page, "click"):
        await card.get_by_label("Date").fill("2026-12-01")
    await card.get_by_label("A buddy").fill("priya")
    async with done(page, "click"):
        await page.get_by_role("listbox", name="Matches").get_by_role("option", name="Priya Raman").click()
    done_it, letter, rest, day, buddy = bot.actions
    assert done_it["value"] == "42"
    assert letter["selected_option"]["value"] == "beta"
    assert rest["selected_option"]["value"] == "move it"
    assert day["selected_date"] == "2026-12-01"
    assert buddy["selected_user"].startswith("U")


async def test_a_confirm_dialog_holds_the_action_back(window: OpenWindow, bot: PageBot) -> None:
    page = await window("mira")
    await run(page, "/card")
    await page.get_by_role("button", name="Drop", exact=True).click()
    question = page.get_by_role("alertdialog", name="Really?")
    await question.get_by_role("button", name="Keep it").click()
    await expect(question).to_have_count(0)
    assert not bot.actions
    await page.get_by_role("button", name="Drop", exact=True).click()
    async with done(page, "click"):
        await question.get_by_role("button", name="Drop it").click()
    assert [action["action_id"] for action in bot.actions] == ["drop"]


async def test_home_is_shown_and_its_button_works(window: OpenWindow, bot: PageBot) -> None:
    page = await window("mira")
    await page.get_by_role("button", name="Echo Home").click()
    await expect(page.get_by_role("heading", name="Good morning")).to_be_visible()
    async with done(page, "click"):
        await page.get_by_role("button", name="Set a goal").click()
    assert [action["action_id"] for action in bot.actions] == ["set"]


async def test_shortcuts_are_found_at_the_flash_and_at_a_message(window: OpenWindow, bot: PageBot) -> None:
    page = await window("mira")
    await page.get_by_role("button", name="Shortcuts").click()
    async with done(page, "shortcut"):
        await page.get_by_role("menuitem", name="Log a result").click()
    await run(page, "Worth keeping")
    await page.get_by_role("article", name="Mira Lindner").hover()
    await page.get_by_role("button", name="More actions").click()
    async with done(page, "message_shortcut"):
        await page.get_by_role("menuitem", name="Keep this").click()
    assert [shortcut["callback_id"] for shortcut in bot.shortcuts] == ["log", "keep"]
    assert bot.shortcuts[1]["message"]["text"] == "Worth keeping"


async def test_the_clock_moves_to_moments_of_this_persons_own_day(window: OpenWindow, bot: PageBot) -> None:
    page = await window("tom")
    clock = page.get_by_role("button", name="Move the clock")
    await expect(clock).to_contain_text("Mon 23 Nov, 3:00 AM")
    await clock.click()
    await page.get_by_role("button", name="Next Tuesday 10:00").click()
    await expect(clock).to_contain_text("Tue 24 Nov, 10:00 AM")
    await clock.click()
    await page.get_by_label("Or to").fill("2026-12-24T18:30")
    await page.get_by_role("button", name="Move", exact=True).click()
    await expect(clock).to_contain_text("Thu 24 Dec, 6:30 PM")


async def test_a_reset_asks_first_and_empties_the_workspace(window: OpenWindow, bot: PageBot) -> None:
    page = await window("mira")
    async with done(page, "message"):
        await run(page, "Soon gone")
    article = page.get_by_role("article", name="Mira Lindner")
    await page.get_by_role("button", name="Reset the playground").click()
    await page.get_by_role("button", name="Keep it").click()
    await expect(article).to_be_visible()
    await page.get_by_role("button", name="Reset the playground").click()
    await page.get_by_role("button", name="Begin again").click()
    await expect(page.get_by_role("status")).to_contain_text("The playground is empty again.")
    await expect(article).to_have_count(0)
