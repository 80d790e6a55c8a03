"""files.*: three steps, and the file stands in the conversation."""

import pytest

from tests.playground.web_api import Workspace

PAGE = "<!doctype html><p>Grüße</p>".encode()


async def uploaded(slack: Workspace, data: bytes = PAGE, name: str = "growth.html") -> str:
    asked = await slack.good("files.getUploadURLExternal", filename=name, length=len(data))
    sent = await slack.http.post(asked["upload_url"], content=data)
    assert (sent.status_code, sent.text) == (200, f"OK - {len(data)}")
    return str(asked["file_id"])


async def test_a_file_is_handed_over_and_can_be_opened(slack: Workspace) -> None:
    channel = slack.direct("ada")
    file = await uploaded(slack)

    done = await slack.good(
        "files.completeUploadExternal",
        files=[{"id": file, "title": "My growth"}],
        channel_id=channel,
        initial_comment="Here it is",
    )

    [message] = (await slack.good("conversations.history", channel=channel))["messages"]
    assert (message["text"], message["subtype"]) == ("Here it is", "file_share")
    assert message["files"] == done["files"]
    [shown] = message["files"]
    assert (shown["name"], shown["title"], shown["size"]) == ("growth.html", "My growth", len(PAGE))
    opened = await slack.http.get(shown["url_private"])
    assert (opened.content, opened.headers["Content-Type"]) == (PAGE, "text/html; charset=utf-8")
    assert "sandbox" in opened.headers["Content-Security-Policy"]


async def test_bytes_are_taken_once_and_as_many_as_were_announced(slack: Workspace) -> None:
    asked = await slack.good("files.getUploadURLExternal", filename="a.md", length=3)

    codes = [
        (await slack.http.post(asked["upload_url"], content=sent)).status_code
        for sent in (b"ab", b"abc", b"abc")
    ]

    assert codes == [400, 200, 404]


async def test_a_form_with_one_part_is_taken_too(slack: Workspace) -> None:
    asked = await slack.good("files.getUploadURLExternal", filename="a.md", length=3)

    sent = await slack.http.post(asked["upload_url"], files={"filename": b"abc"})

    assert sent.text == "OK - 3"


@pytest.mark.parametrize(
    ("method", "args", "code"),
    [
        ("files.getUploadURLExternal", {"filename": "a"}, "invalid_arguments"),
        ("files.getUploadURLExternal", {"length": 3}, "invalid_arguments"),
        ("files.getUploadURLExternal", {"filename": "a", "length": 0}, "invalid_arguments"),
        ("files.getUploadURLExternal", {"filename": "a", "length": "many"}, "invalid_arguments"),
        ("files.completeUploadExternal", {}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": "{"}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": [1]}, "file_not_found"),
        ("files.completeUploadExternal", {"files": [{"id": "F1"}]}, "file_not_found"),
    ],
)
async def test_what_slack_refuses(slack: Workspace, method: str, args: dict[str, object], code: str) -> None:
    assert await slack.error(method, **args) == code


async def test_what_was_not_sent_cannot_be_shared_and_nothing_twice(slack: Workspace) -> None:
    channel = slack.direct("ada")
    named = (await slack.good("files.getUploadURLExternal", filename="a.md", length=3))["file_id"]
    file = [{"id": await uploaded(slack)}]

    assert await slack.error("files.completeUploadExternal", files=[{"id": named}]) == "file_not_found"
    assert (
        await slack.error("files.completeUploadExternal", files=file, channel_id="C0") == "channel_not_found"
    )
    await slack.good("files.completeUploadExternal", files=file, channel_id=channel)
    assert (
        await slack.error("files.completeUploadExternal", files=file, channel_id=channel) == "file_not_found"
    )


async def test_what_is_known_of_a_file_is_told_to_who_may_read_files(slack: Workspace) -> None:
    named = (await slack.good("files.getUploadURLExternal", filename="a.md", length=3))["file_id"]
    file = await uploaded(slack)
    assert await slack.error("files.info", file=file) == "missing_scope"

    await slack.use_scopes("files:read", "files:write")

    assert [await slack.error("files.info", file=each) for each in (named, "F1")] == ["file_not_found"] * 2
    done = await slack.good("files.completeUploadExternal", files=[{"id": file, "title": "My growth"}])
    told = await slack.good("files.info", file=file)
    assert (told["file"], told["comments"]) == (done["files"][0], [])


async def test_what_is_not_shared_cannot_be_opened(slack: Workspace) -> None:
    file = await uploaded(slack)

    assert (await slack.http.get(f"/files/{file}/growth.html")).status_code == 404
    assert (await slack.http.get("/files/F1/a.md")).status_code == 404
