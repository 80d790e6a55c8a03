"""The town itself: the bot answers in it, and its people see what it says."""

from tests.running_app import RunningApp


async def test_somebody_in_no_pair_is_told_the_first_step(app: RunningApp) -> None:
    answer = await app.person("Tom").command("/loop goal")

    assert "You are in no active pair yet" in answer.text


async def test_a_restart_keeps_the_town_alive(app: RunningApp) -> None:
    await app.stop_bot()
    await app.start_bot()

    assert "You are in no active pair yet" in (await app.person("Tom").command("/loop goal")).text
