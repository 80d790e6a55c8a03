"""Can the page be used without a mouse, and on a phone?"""

import pytest
from playwright.async_api import Page, expect

from tests.playground.conftest import OpenWindow
from tests.playground.page_bot import PageBot
from tests.playground.page_steps import run

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


async def press(page: Page, *keys: str) -> None:
    for key in keys:
        await page.keyboard.press(key)


async def test_a_menu_is_walked_with_arrows_and_left_with_escape(window: OpenWindow, bot: PageBot) -> None:
    page = await window("mira")
    await run(page, "/card")
    more = page.get_by_role("article", name="Echo").get_by_role("button", name="More actions")
    await more.focus()
    await press(page, "Enter")
    await expect(page.get_by_role("menuitem", name="Shrink it")).to_be_focused()
    await press(page, "ArrowDown")
    await expect(page.get_by_role("menuitem", name="Move it")).to_be_focused()
    await press(page, "Escape")
    await expect(page.get_by_role("menu")).to_have_count(0)
    await expect(more).to_be_focused()


async def test_a_dialog_keeps_the_focus_and_gives_it_back(window: OpenWindow, bot: PageBot) -> None:
    page = await window("mira")
    clock = page.get_by_role("button", name="Move the clock")
    await clock.focus()
    await press(page, "Enter")
    dialog = page.get_by_role("dialog", name="Move the clock to")
    await expect(dialog).to_be_visible()
    for _ in range(15):
        await press(page, "Tab")
        assert await page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    await press(page, "Escape")
    await expect(dialog).to_have_count(0)
    await expect(clock).to_be_focused()


async def test_the_focus_stays_with_the_message_when_its_button_goes(
    window: OpenWindow, bot: PageBot
) -> None:
    page = await window("mira")
    await run(page, "/card once")
    await expect(page.get_by_role("article", name="Echo")).to_be_visible()
    await run(page, "/card")
    drop = page.get_by_role("button", name="Drop", exact=True)
    await drop.focus()
    ts = await page.locator(".message", has=drop).get_attribute("data-ts")
    channel = page.url.split("#")[1]
    await bot.app.client.chat_update(channel=channel, ts=str(ts), text="Done")
    await expect(drop).to_have_count(0)
    await expect(page.locator(f"[data-ts='{ts}']")).to_be_focused()


async def test_the_member_picker_and_the_places_come_first_for_the_keyboard(window: OpenWindow) -> None:
    page = await window("mira")
    names = []
    for _ in range(4):
        await press(page, "Tab")
        names.append(await page.evaluate("document.activeElement.textContent.trim()"))
    assert names == ["To the messages", "Echo Home", "Echo", "#general"]


async def test_on_a_phone_the_places_are_a_drawer(window: OpenWindow, bot: PageBot) -> None:
    page = await window("mira", **PHONE)
    places = page.get_by_role("navigation", name="Places")
    await expect(places).to_be_hidden()
    opener = page.get_by_role("button", name="Show places")
    await opener.click()
    await expect(places.get_by_role("button", name="Echo Home")).to_be_focused()
    await press(page, "Escape")
    await expect(places).to_be_hidden()
    await expect(opener).to_be_focused()
    await opener.click()
    await places.get_by_role("button", name="#general").click()
    await expect(places).to_be_hidden()
    await expect(page.get_by_role("heading", name="#general")).to_be_visible()


async def test_on_a_phone_nothing_is_wider_than_the_screen(window: OpenWindow, bot: PageBot) -> None:
    page = await window("mira", **PHONE)
    await run(page, "/card")
    await expect(page.get_by_role("article", name="Echo")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    await run(page, "/try all")
    form = page.get_by_role("dialog", name="Everything")
    await expect(form.get_by_role("button", name="Save goal")).to_be_in_viewport()
    assert await page.evaluate("document.querySelector('.form .body').scrollWidth") <= 390


async def test_on_a_phone_the_thread_takes_the_place_of_the_channel(window: OpenWindow, bot: PageBot) -> None:
    page = await window("mira", **PHONE)
    await run(page, "A question")
    await page.get_by_role("button", name="Reply in thread").click()
    await expect(page.get_by_role("main")).to_be_hidden()
    await page.get_by_role("button", name="Close thread").click()
    await expect(page.get_by_role("main")).to_be_visible()


async def test_somebody_can_be_written_to_for_the_first_time(window: OpenWindow) -> None:
    page = await window("mira")
    await page.get_by_role("button", name="Write to somebody").click()
    await page.get_by_label("Who?").fill("priya")
    await page.get_by_role("listbox", name="Matches").get_by_role("option", name="Priya Raman").click()
    await expect(page.get_by_role("heading", name="Priya Raman")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Message Priya Raman")).to_be_focused()
