"""The running app itself: it answers, also after a restart."""

from bot.domain.errors import NoPair
from tests.running_app import RunningApp


async def test_somebody_in_no_pair_is_told_the_first_step(app: RunningApp) -> None:
    tom = app.person("Tom")

    assert tom.told(NoPair()) in (await tom.command("/loop goal")).text


async def test_a_restart_keeps_the_app_alive(app: RunningApp) -> None:
    await app.stop_bot()
    await app.start_bot()

    tom = app.person("Tom")
    assert tom.told(NoPair()) in (await tom.command("/loop goal")).text
