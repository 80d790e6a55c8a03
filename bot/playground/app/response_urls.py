"""Which response_urls are still good?

Five uses within thirty minutes (https://docs.slack.dev/interactivity/handling-user-interaction).
"""

import time
from dataclasses import dataclass

USES = 5
LIFETIME_S = 30 * 60


@dataclass
class ResponseUrl:
    """An address that the app may answer to; `message_ts` is the message whose element was used."""

    channel: str
    user_id: str
    message_ts: str = ""
    thread_ts: str = ""
    uses: int = 0
    created: float = 0.0

    @property
    def trouble(self) -> str | None:
        """Why the address is no good any more."""
        if self.uses >= USES:
            return "used_url"
        return "expired_url" if time.monotonic() - self.created > LIFETIME_S else None


class ResponseUrls:
    """All addresses given out."""

    def __init__(self) -> None:
        """Begin with none."""
        self._urls: dict[str, ResponseUrl] = {}

    def issue(self, key: str, url: ResponseUrl) -> None:
        """Remember a new address."""
        url.created = time.monotonic()
        self._urls[key] = url

    def find(self, key: str) -> ResponseUrl | None:
        """The address behind a key."""
        return self._urls.get(key)
