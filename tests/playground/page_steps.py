"""What does a person do in the page again and again?"""

from contextlib import AbstractAsyncContextManager

from playwright.async_api import Page


def done(page: Page, what: str) -> AbstractAsyncContextManager[object]:
    """Waits until the bot has dealt with what a person did in the block."""
    return page.expect_response(
        lambda answer: (
            answer.url.endswith("/playground/act") and (answer.request.post_data_json or {})["do"] == what
        )
    )


async def run(page: Page, command: str) -> None:
    await page.get_by_role("textbox", name="Message").fill(command)
    await page.keyboard.press("Enter")
