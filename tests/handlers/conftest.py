"""Slack as a listener meets it: what it is asked to show, and the answer that its call gets."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.usecases.conftest import clock, database, setup

__all__ = ["clock", "database", "setup"]


@dataclass
class FakeSlack:
    """The Web API and the answer of one call; `refuses` says with which code a method is refused."""

    refuses: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    base_url: str = "https://slack.example/api/"

    async def views_open(self, **given: Any) -> None:
        self._note("views.open", given)

    async def views_push(self, **given: Any) -> None:
        self._note("views.push", given)

    async def views_update(self, **given: Any) -> None:
        self._note("views.update", given)

    async def views_publish(self, **given: Any) -> None:
        self._note("views.publish", given)

    async def chat_postEphemeral(self, **given: Any) -> None:  # noqa: N802 - the SDK's own name
        self._note("chat.postEphemeral", given)

    async def conversations_open(self, **given: Any) -> dict[str, Any]:
        self._note("conversations.open", given)
        return {"channel": {"id": "D" + given["users"][0]}}

    async def ack(self, **given: Any) -> None:
        self._note("ack", given)

    async def respond(self, **given: Any) -> None:
        self._note("respond", given)

    @property
    def methods(self) -> list[str]:
        return [method for method, _ in self.asked]

    def _note(self, method: str, given: dict[str, Any]) -> None:
        if code := self.refuses.get(method):
            raise SlackApiError("refused", FakeAnswer({"ok": False, "error": code}))  # type: ignore[no-untyped-call]  # as Slack's SDK has it
        self.asked.append((method, given))


@dataclass(frozen=True)
class FakeAnswer:
    """Slack's answer, as its SDK carries it."""

    data: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)


@pytest.fixture
def slack() -> FakeSlack:
    return FakeSlack()
