"""What it means when Slack refuses a call."""

from slack_sdk.errors import SlackApiError

from bot.domain.errors import SlackTrouble, SlackUnreachable, TokenRefused

# Slack's words for a token that will not do (https://docs.slack.dev/reference/methods/auth.test).
TOKEN_CODES = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "token_expired",
        "token_revoked",
    }
)

# Slack's words for "too much", and all for "not now"; what was asked for may work a little later.
LIMITED = frozenset({"ratelimited", "rate_limited"})
PASSING_CODES = LIMITED | {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}


def code_of(error: SlackApiError) -> str:
    """Slack's error code; "" where the answer was none of Slack's, such as the page of a proxy."""
    data = getattr(error.response, "data", None)
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def refused(setting: str, address: str, error: SlackApiError) -> SlackTrouble:
    """The domain's word for a refused call that went to `address` with the token of this setting."""
    code = code_of(error)
    if not code or code in PASSING_CODES:
        return SlackUnreachable(address, pause_of(error) if code in LIMITED else 0.0)
    return TokenRefused(setting, code) if code in TOKEN_CODES else SlackTrouble(code)


def pause_of(error: SlackApiError) -> float:
    """The seconds that Slack asks us to wait; 1 where it names none that can be read."""
    named = {str(key).lower(): value for key, value in dict(error.response.headers).items()}
    seconds = str(named.get("retry-after", ""))
    return float(seconds) if seconds.isdecimal() else 1.0
