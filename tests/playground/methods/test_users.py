"""Do users.*, team.info, bots.info and reactions.* answer and refuse as Slack does?

The codes are those of the methods' pages under https://docs.slack.dev/reference/methods.
"""

import pytest

from tests.playground.web_api import Json, Workspace


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        ("users.info", {}, "user_not_found"),
        ("users.info", {"user": "U000000000"}, "user_not_found"),
        ("users.profile.get", {"user": "U000000000"}, "user_not_found"),
        ("users.conversations", {"user": "U000000000"}, "user_not_found"),
        ("users.conversations", {"types": "rooms"}, "invalid_types"),
        ("users.lookupByEmail", {"email": "nobody@playground.example"}, "users_not_found"),
        ("users.lookupByEmail", {"email": "otto@playground.example"}, "users_not_found"),
        ("bots.info", {"bot": "B000000000"}, "bot_not_found"),
        ("team.info", {"team": "T000000000"}, "team_not_found"),
        ("api.test", {"error": "my_error"}, "my_error"),
    ],
)
async def test_who_is_not_there_is_not_found(slack: Workspace, method: str, args: Json, error: str) -> None:
    assert await slack.error(method, **args) == error


async def test_a_person_is_shown_with_zone_roles_and_profile(slack: Workspace) -> None:
    user = (await slack.good("users.info", user=slack.member("mira")))["user"]

    assert (user["name"], user["real_name"]) == ("mira", "Mira Lindner")
    assert (user["tz"], user["tz_offset"] % 3600) == ("Europe/Berlin", 0)
    assert (user["is_bot"], user["deleted"], user["is_admin"]) == (False, False, False)
    assert {"is_restricted", "is_ultra_restricted", "team_id", "updated"} <= set(user)
    assert user["profile"]["display_name"] == "Mira"
    assert "locale" not in user


async def test_the_locale_comes_only_when_it_is_asked_for(slack: Workspace) -> None:
    user = (await slack.good("users.info", user=slack.member("mira"), include_locale="true"))["user"]

    assert user["locale"] == "de-DE"


async def test_somebody_who_left_is_marked_and_has_no_zone(slack: Workspace) -> None:
    user = (await slack.good("users.info", user=slack.member("otto")))["user"]

    assert user["deleted"] is True
    assert "tz" not in user


async def test_the_list_of_people_holds_bots_and_those_who_left(slack: Workspace) -> None:
    members = (await slack.good("users.list"))["members"]

    assert {member["id"] for member in members} == set(slack.state.members)
    assert [member["name"] for member in members if member["deleted"]] == ["otto"]
    assert sum(member["is_bot"] for member in members) == 2


async def test_an_email_address_leads_to_its_person_in_any_case(slack: Workspace) -> None:
    answer = await slack.good("users.lookupByEmail", email="Mira@Playground.example")

    assert answer["user"]["id"] == slack.member("mira")


async def test_the_app_finds_itself_among_the_bots(slack: Workspace) -> None:
    app = slack.state.app

    bot = (await slack.good("bots.info", bot=app.bot_id))["bot"]

    assert (bot["id"], bot["app_id"], bot["user_id"]) == (app.bot_id, app.app_id, app.bot_user_id)


async def test_a_person_shares_only_those_private_rooms_that_the_app_is_in(slack: Workspace) -> None:
    shed = slack.room("shed", private=True)
    slack.room("secret", private=True, app=False)

    answer = await slack.good("users.conversations", user=slack.member("ada"), types="private_channel")

    assert [channel["id"] for channel in answer["channels"]] == [shed]


@pytest.mark.parametrize("method", ["reactions.add", "reactions.remove", "reactions.get"])
@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"channel": ""}, "no_item_specified"),
        ({"timestamp": ""}, "no_item_specified"),
        ({"channel": "C000000000"}, "channel_not_found"),
        ({"timestamp": "yesterday"}, "bad_timestamp"),
        ({"timestamp": "1790000000.000001"}, "message_not_found"),
    ],
)
async def test_a_reaction_needs_a_message(slack: Workspace, method: str, args: Json, error: str) -> None:
    posted = await slack.good("chat.postMessage", channel=slack.room("garden"), text="a")
    usual = {"channel": posted["channel"], "timestamp": posted["ts"], "name": "eyes"}

    assert await slack.error(method, **{**usual, **args}) == error


async def test_a_reaction_is_given_once_and_taken_once(slack: Workspace) -> None:
    posted = await slack.good("chat.postMessage", channel=slack.room("garden"), text="a")
    place = {"channel": posted["channel"], "timestamp": posted["ts"]}

    assert await slack.good("reactions.add", **place, name="eyes") == {"ok": True}
    assert await slack.error("reactions.add", **place, name="eyes") == "already_reacted"
    shown = await slack.good("reactions.get", **place)
    assert shown["message"]["reactions"] == [
        {"name": "eyes", "users": [slack.state.app.bot_user_id], "count": 1}
    ]
    assert await slack.good("reactions.remove", **place, name="eyes") == {"ok": True}
    assert await slack.error("reactions.remove", **place, name="eyes") == "no_reaction"


@pytest.mark.parametrize("name", ["", "no such emoji!"])
async def test_a_reaction_needs_a_name(slack: Workspace, name: str) -> None:
    posted = await slack.good("chat.postMessage", channel=slack.room("garden"), text="a")
    place = {"channel": posted["channel"], "timestamp": posted["ts"]}

    assert await slack.error("reactions.add", **place, name=name) in {"invalid_name", "invalid_arguments"}


async def test_an_archived_channel_takes_no_reactions(slack: Workspace) -> None:
    posted = await slack.good("chat.postMessage", channel=slack.room("garden"), text="a")
    slack.archive(posted["channel"])
    place = {"channel": posted["channel"], "timestamp": posted["ts"]}

    assert await slack.error("reactions.add", **place, name="eyes") == "is_archived"
