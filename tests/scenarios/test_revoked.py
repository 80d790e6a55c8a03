"""Slack takes the token back while Pairloop is at work: people and the log read our sentences, each once."""

import pytest

from bot.domain.errors import TokenRefused
from tests.logs import log_of_a_process
from tests.running_app import RunningApp

TOLD = "Slack refuses SLACK_BOT_TOKEN ({code}). Copy the right token"


@pytest.mark.parametrize("met_before", [True, False])
async def test_after_the_token_was_revoked_people_read_whom_to_tell_and_the_log_what_to_do(
    app_url: str, *, met_before: bool
) -> None:
    with log_of_a_process("INFO") as written:
        async with RunningApp(app_url) as app:
            tom = app.person("Tom")
            if met_before:
                await tom.home()
                await tom.command("/loop help")
            app.playground.state.revoked = True

            answers = [await tom.command("/loop find questions") for _ in range(2)]
            shortcut = await tom.shortcut("search.shortcut")

    assert "Traceback" not in written.getvalue()
    assert written.getvalue().count(TOLD.format(code="token_revoked")) == 1
    assert "Failed to authorize" not in written.getvalue()
    assert not any("your installation" in answer.text for answer in (*answers, shortcut))
    if not met_before:  # of whom Slack has to be asked
        refused = tom.told(TokenRefused("SLACK_BOT_TOKEN", "token_revoked"))
        assert all(refused in answer.text for answer in answers)


async def test_the_first_call_of_a_day_asks_slack_nothing_about_ourselves(app: RunningApp) -> None:
    before = len(await app.calls("auth.test"))
    await app.person("Tom").command("/loop help")

    assert len(await app.calls("auth.test")) == before
