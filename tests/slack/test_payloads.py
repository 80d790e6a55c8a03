"""Reading who calls, and from where, out of what Slack sends."""

from typing import Any

import pytest

from bot.slack.payloads import idempotency_key, team_of, user_of


@pytest.mark.parametrize(
    "body",
    [
        {"team_id": "T1", "user_id": "U1"},
        {"team": {"id": "T1", "domain": "x"}, "user": {"id": "U1", "team_id": "T2"}},
        {"team": None, "enterprise": {"id": "E1"}, "user": {"id": "U1", "team_id": "T1"}},
        {"team_id": "T1", "event": {"type": "user_change", "user": {"id": "U1"}}},
        {"team_id": "T1", "event": {"type": "app_home_opened", "user": "U1"}},
    ],
)
def test_the_caller_is_found_wherever_slack_names_them(body: dict[str, Any]) -> None:
    assert (team_of(body), user_of(body)) == ("T1", "U1")


@pytest.mark.parametrize(
    "body",
    [
        {"team": None, "enterprise": {"id": "E1"}, "is_enterprise_install": True, "user": {"id": "U1"}},
        {"team": None, "user": {"id": "U1", "team_id": "E1"}},
        {"team_id": None, "enterprise_id": "E1", "event": {"type": "app_home_opened", "user": "U1"}},
    ],
)
def test_an_organisation_is_no_workspace(body: dict[str, Any]) -> None:
    assert (team_of(body), user_of(body)) == ("", "U1")


def test_a_form_without_a_hash_has_its_key() -> None:
    assert idempotency_key({"type": "view_submission", "view": {"id": "V1"}}) == "view:V1:"
