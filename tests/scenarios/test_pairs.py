"""From the first code to an active pair, and to its end: what each of them reads."""

from tests.town import Town


async def test_the_code_makes_the_first_admin_and_leads_on(town: Town) -> None:
    ada = town.person("Ada")

    answer = await ada.command(f"/loop claim {town.bot.claim_code}")

    assert "You are the admin of Pairloop now" in answer.text
    assert "Set the rhythm" in answer.text


async def test_two_people_are_asked_say_yes_and_are_welcomed(town: Town) -> None:
    mira, tom = await town.a_pair("Mira", "Tom")

    assert "You and mira are set" in await tom.read()
    assert "Set a goal" in await tom.read()
    assert "You and tom are set" in await mira.read()
    assert "tom and mira" not in await town.person("Ada").read()
    assert "mira and tom are a pair now" in await town.person("Ada").read()
