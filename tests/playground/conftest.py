"""The playground with a small bot in it, and windows of the browser that belong to people."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright

from bot.playground.control.clock import DemoClock
from bot.playground.server import Playground
from tests.patience import LONG_S, a_playground
from tests.playground import page_bot
from tests.playground.connected_app import connected, setup
from tests.playground.page_bot import PageBot
from tests.playground.web_api import slack

# Fixtures of the tests of Slack's side, which need no browser.
__all__ = ["connected", "setup", "slack"]

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
OpenWindow = Callable[..., Awaitable[Page]]


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    async with a_playground(manifest=page_bot.MANIFEST, clock=DemoClock(MONDAY)) as playground:
        yield playground


@pytest.fixture
async def bot(playground: Playground) -> AsyncIterator[PageBot]:
    async with page_bot.connected(PageBot(playground), playground) as bot:
        yield bot


@pytest.fixture
async def browser(browser_address: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect(browser_address)
        yield browser
        await browser.close()


@pytest.fixture
async def window(browser: Browser, playground: Playground) -> AsyncIterator[OpenWindow]:
    """Opens a window as somebody: `await window("mira")`. No test may leave an error in a console."""
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        # A picture that is nowhere is part of a test; what the page makes of it is tested there.
        if message.type in ("error", "warning") and "none.png" not in message.location["url"]:
            complaints.append(message.text)

    async def open_window(name: str, place: str = "", **context: object) -> Page:
        member = next(each for each in playground.state.members.values() if each.name == name)
        options = {"viewport": {"width": 1280, "height": 800}, "timezone_id": "UTC", **context}
        opened = await browser.new_context(**options)  # type: ignore[arg-type]  # a dict of options
        opened.set_default_timeout(LONG_S * 1000)
        page = await opened.new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(f"{playground.url}/?as={member.id}#{place}")
        await page.locator("body.ready").wait_for()
        return page

    yield open_window
    for context in browser.contexts:
        await context.close()
    assert not complaints
