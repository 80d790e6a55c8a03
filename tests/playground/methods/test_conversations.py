"""Do conversations.* answer and refuse as Slack does?

The codes are those of the methods' pages under https://docs.slack.dev/reference/methods.
"""

from typing import Any

import pytest

from tests.playground.web_api import Json, Workspace

METADATA = {"event_type": "check_in", "event_payload": {"id": "a1"}}


@pytest.mark.parametrize(
    "method",
    [f"conversations.{name}" for name in ("history", "replies", "info", "members", "join", "invite")],
)
async def test_an_unknown_or_missing_channel_is_refused(slack: Workspace, method: str) -> None:
    more = {"ts": "1790000000.000001", "users": slack.member("tom")}
    hidden = slack.room("secret", private=True, app=False)

    assert await slack.error(method, **more, channel="C000000000") == "channel_not_found"
    assert await slack.error(method, **more, channel=hidden) == "channel_not_found"
    answer = await slack.call(method, **more)
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


PAGED = {
    "conversations.list": "channels",
    "conversations.members": "members",
    "conversations.history": "messages",
    "users.list": "members",
    "users.conversations": "channels",
}


@pytest.mark.parametrize("method", PAGED)
@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"limit": "many"}, "invalid_limit"),
        ({"limit": "-1"}, "invalid_limit"),
        ({"limit": "1001"}, "invalid_limit"),
        ({"cursor": "nonsense"}, "invalid_cursor"),
        ({"cursor": "bmV4dDphYmM="}, "invalid_cursor"),
    ],
)
async def test_a_page_that_cannot_be_is_refused(
    slack: Workspace, method: str, args: Json, error: str
) -> None:
    assert await slack.error(method, channel=slack.room("garden"), **args) == error


@pytest.mark.parametrize(("method", "key"), PAGED.items())
async def test_page_by_page_a_list_comes_whole_and_in_order(slack: Workspace, method: str, key: str) -> None:
    channel = slack.room("garden")
    for text in "abcde":
        await slack.good("chat.postMessage", channel=channel, text=text)
    everything = (await slack.good(method, channel=channel))[key]
    pages: list[Any] = []
    cursor: str | None = ""

    while cursor is not None:
        page = await slack.good(method, channel=channel, limit=1, cursor=cursor)
        assert len(page[key]) == 1
        pages += page[key]
        cursor = page.get("response_metadata", {}).get("next_cursor") or None

    assert pages == everything


async def test_a_message_that_comes_between_two_pages_shifts_nothing(slack: Workspace) -> None:
    channel = slack.room("garden")
    for text in "ab":
        await slack.good("chat.postMessage", channel=channel, text=text)
    first = await slack.good("conversations.history", channel=channel, limit=1)
    await slack.good("chat.postMessage", channel=channel, text="c")

    cursor = first["response_metadata"]["next_cursor"]
    second = await slack.good("conversations.history", channel=channel, limit=1, cursor=cursor)

    assert (first["has_more"], second["has_more"]) == (True, False)
    assert [page["messages"][0]["text"] for page in (first, second)] == ["b", "a"]


async def test_history_is_newest_first_and_leaves_replies_out(slack: Workspace) -> None:
    channel = slack.room("garden")
    first = (await slack.good("chat.postMessage", channel=channel, text="a"))["ts"]
    reply = await slack.good("chat.postMessage", channel=channel, text="b", thread_ts=first)
    await slack.good("chat.postMessage", channel=channel, text="c")
    await slack.good("chat.postMessage", channel=channel, text="d", thread_ts=first, reply_broadcast="true")

    answer = await slack.good("conversations.history", channel=channel)

    assert [message["text"] for message in answer["messages"]] == ["d", "c", "a"]
    assert answer["messages"][0]["subtype"] == "thread_broadcast"
    assert answer["has_more"] is False
    parent = answer["messages"][-1]
    assert (parent["reply_count"], parent["thread_ts"]) == (2, first)
    assert parent["latest_reply"] > reply["ts"]
    assert parent["reply_users"] == [slack.state.app.bot_user_id]


async def test_a_window_of_history_holds_its_ends_only_when_inclusive(slack: Workspace) -> None:
    channel = slack.room("garden")
    stamps = [(await slack.good("chat.postMessage", channel=channel, text=text))["ts"] for text in "abcd"]
    window = {"channel": channel, "oldest": stamps[1], "latest": stamps[3]}

    between = await slack.good("conversations.history", **window)
    with_ends = await slack.good("conversations.history", **window, inclusive="true")

    assert [message["ts"] for message in between["messages"]] == [stamps[2]]
    assert [message["ts"] for message in with_ends["messages"]] == stamps[:0:-1]


@pytest.mark.parametrize("method", ["conversations.history", "conversations.replies"])
@pytest.mark.parametrize("name", ["oldest", "latest"])
async def test_a_window_that_is_no_time_is_refused(slack: Workspace, method: str, name: str) -> None:
    posted = await slack.good("chat.postMessage", channel=slack.room("garden"), text="a")

    error = await slack.error(method, channel=posted["channel"], ts=posted["ts"], **{name: "yesterday"})

    assert error == f"invalid_ts_{name}"


async def test_a_bot_reads_no_history_of_a_channel_that_it_is_not_in(slack: Workspace) -> None:
    street = slack.room("street", app=False)

    assert await slack.error("conversations.history", channel=street) == "not_in_channel"


async def test_metadata_comes_whole_only_when_it_is_asked_for(slack: Workspace) -> None:
    channel = slack.room("garden")
    posted = await slack.good("chat.postMessage", channel=channel, text="a", metadata=METADATA)
    args = {"channel": channel, "ts": posted["ts"]}

    for method in ("conversations.history", "conversations.replies"):
        [short] = (await slack.good(method, **args))["messages"]
        [full] = (await slack.good(method, **args, include_all_metadata="true"))["messages"]
        assert short.get("metadata") == {"event_type": "check_in"}
        assert full["metadata"] == METADATA


async def test_replies_are_the_parent_and_then_the_oldest_first(slack: Workspace) -> None:
    channel = slack.room("garden")
    first = (await slack.good("chat.postMessage", channel=channel, text="a"))["ts"]
    for text in "bc":
        await slack.good("chat.postMessage", channel=channel, text=text, thread_ts=first)

    answer = await slack.good("conversations.replies", channel=channel, ts=first)

    assert [message["text"] for message in answer["messages"]] == ["a", "b", "c"]
    assert all(message["thread_ts"] == first for message in answer["messages"])
    assert answer["messages"][1]["parent_user_id"] == slack.state.app.bot_user_id


@pytest.mark.parametrize("ts", ["1790000000.000001", "soon", ""])
async def test_a_thread_that_is_not_there_is_not_found(slack: Workspace, ts: str) -> None:
    assert (
        await slack.error("conversations.replies", channel=slack.room("garden"), ts=ts) == "thread_not_found"
    )


@pytest.mark.parametrize(
    ("people", "error"),
    [
        ([], "users_list_not_supplied"),
        (["U000000000"], "user_not_found"),
        (["otto"], "user_disabled"),
        (["mira", "U000000000"], "user_not_found"),
    ],
)
async def test_a_direct_message_that_cannot_be_is_not_opened(
    slack: Workspace, people: list[str], error: str
) -> None:
    users = ",".join(name if name.startswith("U") else slack.member(name) for name in people)

    assert await slack.error("conversations.open", users=users) == error


async def test_nine_people_are_too_many_for_a_direct_message(slack: Workspace) -> None:
    users = ",".join(each.id for each in slack.state.members.values())

    assert await slack.error("conversations.open", users=users) == "too_many_users"


async def test_opening_a_direct_message_again_gives_the_same_one(slack: Workspace) -> None:
    mira = slack.member("mira")

    first = await slack.good("conversations.open", users=mira)
    second = await slack.good("conversations.open", users=mira)
    by_channel = await slack.good("conversations.open", channel=first["channel"]["id"], return_im="true")

    assert first == {"ok": True, "channel": {"id": first["channel"]["id"]}}
    assert first["channel"]["id"].startswith("D")
    assert second["channel"] == first["channel"]
    assert (second["no_op"], second["already_open"]) == (True, True)
    assert (by_channel["channel"]["is_im"], by_channel["channel"]["user"]) == (True, mira)


async def test_several_people_share_one_group_message(slack: Workspace) -> None:
    mira, tom = slack.member("mira"), slack.member("tom")

    first = await slack.good("conversations.open", users=f"{mira},{tom}", return_im="true")
    second = await slack.good("conversations.open", users=f"{tom},{mira}")

    assert first["channel"]["is_mpim"] is True
    assert second["channel"]["id"] == first["channel"]["id"]


async def test_a_group_message_needs_a_scope_of_its_own(slack: Workspace) -> None:
    await slack.use_scopes("im:write")

    answer = await slack.call("conversations.open", users=f"{slack.member('mira')},{slack.member('tom')}")

    assert (answer["error"], answer["needed"]) == ("missing_scope", "mpim:write")
    assert (await slack.call("conversations.open", users=slack.member("mira")))["ok"]


async def test_prevent_creation_only_looks(slack: Workspace) -> None:
    tom = slack.member("tom")

    assert await slack.error("conversations.open", users=tom, prevent_creation="true") == "channel_not_found"
    opened = await slack.good("conversations.open", users=tom)
    assert (await slack.good("conversations.open", users=tom, prevent_creation="true"))["channel"] == opened[
        "channel"
    ]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("", "invalid_name_required"),
        ("x" * 81, "invalid_name_maxlength"),
        ("garden party", "invalid_name_specials"),
        ("Garden", "invalid_name_specials"),
        ("garden!", "invalid_name_specials"),
        ("---", "invalid_name_punctuation"),
        ("general", "name_taken"),
    ],
)
async def test_a_channel_name_that_slack_refuses_is_refused(slack: Workspace, name: str, error: str) -> None:
    assert await slack.error("conversations.create", name=name) == error


async def test_a_new_channel_has_the_app_in_it(slack: Workspace) -> None:
    public = (await slack.good("conversations.create", name="garden"))["channel"]
    private = (await slack.good("conversations.create", name="shed", is_private="true"))["channel"]

    assert (public["name"], public["is_channel"], public["is_private"]) == ("garden", True, False)
    assert (private["name"], private["is_private"], private["is_member"]) == ("shed", True, True)
    members = await slack.good("conversations.members", channel=public["id"])
    assert members["members"] == [slack.state.app.bot_user_id]


@pytest.mark.parametrize(
    ("people", "error"),
    [
        ("", "no_user"),
        ("U000000000", "user_not_found"),
        ("ada", "already_in_channel"),
        ("app", "cant_invite_self"),
    ],
)
async def test_an_invitation_that_cannot_be_is_refused(slack: Workspace, people: str, error: str) -> None:
    known = {"ada": slack.member("ada"), "app": slack.state.app.bot_user_id}
    users = known.get(people, people)

    assert await slack.error("conversations.invite", channel=slack.room("garden"), users=users) == error


async def test_an_invitation_depends_on_where_it_is_to(slack: Workspace) -> None:
    tom, attic = slack.member("tom"), slack.room("attic")
    slack.archive(attic)

    for channel, error in [
        (attic, "is_archived"),
        (slack.room("street", app=False), "not_in_channel"),
        (slack.direct("mira"), "method_not_supported_for_channel_type"),
    ]:
        assert await slack.error("conversations.invite", channel=channel, users=tom) == error


async def test_an_invited_person_is_in_the_channel(slack: Workspace) -> None:
    channel, tom = slack.room("garden"), slack.member("tom")

    answer = await slack.good("conversations.invite", channel=channel, users=tom)

    assert answer["channel"]["id"] == channel
    assert tom in (await slack.good("conversations.members", channel=channel))["members"]


async def test_joining_works_once_for_public_channels_only(slack: Workspace) -> None:
    street, attic = slack.room("street", app=False), slack.room("attic", app=False)
    slack.archive(attic)

    assert (await slack.good("conversations.join", channel=street))["channel"]["is_member"] is True
    assert (await slack.good("conversations.join", channel=street))["warning"] == "already_in_channel"
    assert await slack.error("conversations.join", channel=attic) == "is_archived"
    direct = slack.direct("mira")
    assert await slack.error("conversations.join", channel=direct) == "method_not_supported_for_channel_type"


async def test_a_list_holds_the_types_that_are_asked_for(slack: Workspace) -> None:
    slack.room("shed", private=True)
    slack.room("secret", private=True, app=False)
    slack.archive(slack.room("attic"))
    direct = slack.direct("mira")

    async def names(**args: str) -> set[str]:
        channels = (await slack.good("conversations.list", **args))["channels"]
        return {channel.get("name", channel["id"]) for channel in channels}

    assert await names() == {"general", "random", "attic"}
    assert await names(exclude_archived="true") == {"general", "random"}
    assert await names(types="private_channel,im") == {"shed", direct}
    assert await slack.error("conversations.list", types="channels") == "invalid_types"


async def test_information_about_a_channel_counts_members_only_when_asked(slack: Workspace) -> None:
    channel = slack.room("garden")

    short = (await slack.good("conversations.info", channel=channel))["channel"]
    full = (await slack.good("conversations.info", channel=channel, include_num_members="true"))["channel"]

    assert (short["id"], short["name"], short["is_member"]) == (channel, "garden", True)
    assert "num_members" not in short
    assert full["num_members"] == 2
