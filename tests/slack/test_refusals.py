"""What Slack's refusals mean, code by code, written out: for a message, for a token, and for who somebody is."""

from typing import Any, cast

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import SlackTrouble, SlackUnreachable, TokenRefused
from bot.ports_slack import Outcome, Team
from bot.slack.delivery.messenger_outcomes import OUTCOMES
from bot.slack.people.directory import SlackDirectory, profile_of
from bot.slack.refusals import refused
from tests.handlers.conftest import FakeAnswer

UNKNOWN = {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}
THROTTLED = {"ratelimited", "rate_limited"}
GONE = {"user_disabled", "user_not_found", "users_not_found", "user_not_visible", "cannot_dm_bot"}
TOKEN = {
    "account_inactive",
    "invalid_auth",
    "missing_scope",
    "no_permission",
    "not_allowed_token_type",
    "not_authed",
    "token_expired",
    "token_revoked",
}
CLOSED = TOKEN | {"team_access_not_granted", "org_login_required", "ekm_access_denied", "access_denied"}
ADDRESS = "https://slack.example/api/"


def error(code: str) -> SlackApiError:
    return SlackApiError("refused", FakeAnswer({"ok": False, "error": code}))  # type: ignore[no-untyped-call]  # as Slack's SDK has it


def test_each_code_means_one_thing_for_a_message() -> None:
    meant = {outcome: {code for code, means in OUTCOMES.items() if means is outcome} for outcome in Outcome}

    assert meant[Outcome.UNKNOWN] == UNKNOWN
    assert meant[Outcome.THROTTLED] == THROTTLED
    assert meant[Outcome.MOVED] == {"channel_not_found"}
    assert meant[Outcome.SEALED] == {"message_not_found", "edit_window_closed", "cant_update_message"}
    assert meant[Outcome.GONE] == GONE
    assert meant[Outcome.CLOSED] == CLOSED


@pytest.mark.parametrize("code", sorted(TOKEN))
def test_a_token_that_will_not_do_is_named(code: str) -> None:
    found = refused("SLACK_BOT_TOKEN", ADDRESS, error(code))

    assert isinstance(found, TokenRefused)
    assert (found.setting, found.code) == ("SLACK_BOT_TOKEN", code)


@pytest.mark.parametrize("code", [*sorted(UNKNOWN | THROTTLED), ""])
def test_what_may_pass_is_a_slack_that_cannot_be_reached(code: str) -> None:
    assert type(refused("SLACK_BOT_TOKEN", ADDRESS, error(code))) is SlackUnreachable


@pytest.mark.parametrize("name", ["Retry-After", "retry-after", "RETRY-AFTER"])
def test_the_pause_is_read_whatever_the_case_of_its_header(name: str) -> None:
    limited = SlackApiError("refused", FakeAnswer({"error": "ratelimited"}, {name: "40"}))  # type: ignore[no-untyped-call]  # as Slack's SDK has it
    found = refused("SLACK_BOT_TOKEN", ADDRESS, limited)

    assert isinstance(found, SlackUnreachable)
    assert found.retry_after == 40


def test_a_slack_in_trouble_asks_for_no_pause() -> None:
    found = refused("SLACK_BOT_TOKEN", ADDRESS, error("internal_error"))

    assert isinstance(found, SlackUnreachable)
    assert found.retry_after == 0


def test_any_other_code_is_told_as_slack_said_it() -> None:
    found = refused("SLACK_BOT_TOKEN", ADDRESS, error("team_added_to_org"))

    assert type(found) is SlackTrouble
    assert found.code == "team_added_to_org"


class Client:
    """A Web API that answers each method once as given; an error is raised."""

    base_url = ADDRESS

    def __init__(self, **answers: Any) -> None:
        self._answers = answers
        self.asked: list[tuple[str, dict[str, Any]]] = []

    async def auth_test(self) -> Any:
        return self._answer("auth_test", {})

    async def users_info(self, **given: Any) -> Any:
        return self._answer("users_info", given)

    def _answer(self, method: str, given: dict[str, Any]) -> Any:
        self.asked.append((method, given))
        answer = self._answers[method]
        if isinstance(answer, Exception):
            raise answer
        return answer


AUTH = {"team_id": "T1", "team": "Acme", "user_id": "UBOT", "enterprise_id": None}


def directory(client: Client) -> SlackDirectory:
    return SlackDirectory(cast("AsyncWebClient", client))


async def test_the_own_workspace_is_asked_for_once() -> None:
    client = Client(auth_test=AUTH)
    who = directory(client)

    assert await who.team() == await who.team() == Team("T1", "", "Acme", "UBOT")
    assert len(client.asked) == 1


async def test_a_person_is_asked_for_with_their_language() -> None:
    client = Client(auth_test=AUTH, users_info={"user": {"id": "U1", "name": "mini", "locale": "de-DE"}})

    found = await directory(client).profile("U1")

    assert found is not None
    assert (found.user_id, found.locale) == ("U1", "de-DE")
    assert ("users_info", {"user": "U1", "include_locale": True}) in client.asked


@pytest.mark.parametrize("code", ["user_not_found", "user_not_visible", "users_not_found"])
async def test_whom_slack_does_not_know_is_nobody(code: str) -> None:
    assert await directory(Client(users_info=error(code))).profile("U1") is None


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (error("invalid_auth"), TokenRefused),
        (error("ratelimited"), SlackUnreachable),
        (error("user_is_restricted"), SlackTrouble),
        (aiohttp.ClientError(), SlackUnreachable),
        (TimeoutError(), SlackUnreachable),
    ],
)
async def test_a_slack_in_trouble_makes_nobody_of_somebody(
    trouble: Exception, kind: type[SlackTrouble]
) -> None:
    who = directory(Client(auth_test=trouble, users_info=trouble))

    for asking in (who.profile("U1"), who.team()):
        with pytest.raises(SlackTrouble) as raised:
            await asking
        assert type(raised.value) is kind


@pytest.mark.parametrize(
    ("user", "flags"),
    [
        ({}, set()),
        ({"is_bot": True}, {"is_bot"}),
        ({"is_restricted": True}, {"is_guest"}),
        ({"is_ultra_restricted": True}, {"is_guest"}),
        ({"deleted": True}, {"is_deleted"}),
        ({"is_stranger": True}, {"is_foreign"}),
        ({"team_id": "T2"}, {"is_foreign"}),
    ],
)
def test_each_kind_of_account_is_told_apart(user: dict[str, Any], flags: set[str]) -> None:
    profile = profile_of({"id": "U1", "team_id": "T1", **user}, "T1")

    kinds = ("is_bot", "is_guest", "is_deleted", "is_foreign")
    assert {kind for kind in kinds if getattr(profile, kind)} == flags


def test_slackbot_is_a_bot() -> None:
    assert profile_of({"id": "USLACKBOT"}, "T1").is_bot


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"profile": {"display_name": "Mira", "real_name": "Mira K."}, "name": "m"}, "Mira"),
        ({"profile": {"display_name": "", "real_name": "Mira K."}, "name": "m"}, "Mira K."),
        ({"real_name": "Mira K.", "name": "m"}, "Mira K."),
        ({"name": "m"}, "m"),
        ({}, "U1"),
    ],
)
def test_people_are_called_as_they_call_themselves(user: dict[str, Any], name: str) -> None:
    assert profile_of({"id": "U1", **user}, "T1").name == name
