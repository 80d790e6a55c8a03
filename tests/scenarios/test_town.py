"""The town itself: the bot answers in it, and its people see what it says."""

from tests.town import Town


async def test_somebody_in_no_pair_is_told_the_first_step(town: Town) -> None:
    answer = await town.person("Tom").command("/loop goal")

    assert "You are in no active pair yet" in answer.text


async def test_a_restart_keeps_the_town_alive(town: Town) -> None:
    await town.stop_bot()
    await town.start_bot()

    assert "You are in no active pair yet" in (await town.person("Tom").command("/loop goal")).text
