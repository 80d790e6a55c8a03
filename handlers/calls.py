"""One call from Slack: who calls, what came, and the ways to answer."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, TypeVar

import aiohttp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import Option
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import FormExpired, FormGone, NotOurs, PairloopError, SlackTrouble, SlackUnreachable
from bot.domain.members import Member
from bot.domain.privacy import Viewer
from bot.ports import Deps, Tx
from bot.slack.blocks import Message
from bot.slack.forms import Values, panel
from bot.slack.payloads import action_of, id_in, idempotency_key, part_of
from bot.slack.refusals import code_of, refused
from bot.words import Words
from handlers.afterwards import Afterwards

# What Slack says where a form cannot be shown (docs.slack.dev/reference/methods, views.open, push and update).
REFUSALS: dict[str, type[PairloopError]] = {
    "expired_trigger_id": FormExpired,
    "exchanged_trigger_id": FormExpired,
    "invalid_trigger_id": FormExpired,
    "trigger_expired": FormExpired,
    "hash_conflict": FormGone,
    "not_found": FormGone,
}
P = ParamSpec("P")
T = TypeVar("T")

STACK_IS_FULL = "push_limit_reached"


@dataclass(frozen=True)
class Call:
    """What a listener gets.

    `afterwards` takes what Slack is asked for without anybody waiting for it. `late` is set once Slack got an empty
    answer because its three seconds were nearly over.
    """

    deps: Deps
    me: Member
    body: Mapping[str, Any]
    client: AsyncWebClient
    ack: AsyncAck
    respond: AsyncRespond
    afterwards: Afterwards
    late: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def words(self) -> Words:
        return Words(self.me.locale, self.me.tz, self.deps.clock.now())

    @property
    def viewer(self) -> Viewer:
        return Viewer(self.me.workspace_id, self.me.id)

    async def read(self, use_case: Callable[Concatenate[Tx, P], T], *args: P.args, **named: P.kwargs) -> T:
        """What the use case finds, as this person may see it."""
        return await self.deps.db.read(self.viewer, lambda tx: use_case(tx, *args, **named))

    async def write(self, use_case: Callable[Concatenate[Tx, P], T], *args: P.args, **named: P.kwargs) -> T:
        """What the use case returns; a second delivery of this call changes nothing and gets the same."""
        key = idempotency_key(self.body)
        return await self.deps.db.write(
            self.viewer, lambda tx: use_case(tx, *args, **named), idempotency_key=key
        )

    @property
    def values(self) -> Values:
        """The fields of the form that was sent, or that a button in a form was pressed in."""
        view = part_of(self.body, "view")
        if not view:
            raise NotOurs("view")
        return Values(view)

    @property
    def action(self) -> Mapping[str, Any]:
        return action_of(self.body)

    @property
    def subject(self) -> int:
        """The id that the pressed button carries. Raises NotOurs for a button that carries none."""
        return id_in(self.value)

    @property
    def value(self) -> str:
        """What the pressed button carries; "" for nothing."""
        return str(self.action.get("value") or "")

    @property
    def kind(self) -> str:
        """Slack's type of this call; "command" for a slash command."""
        return str(self.body.get("type") or "command")

    async def done(self) -> None:
        """Answer Slack with nothing more to show; a form closes."""
        await self.ack()

    async def offer(self, options: Sequence[Option]) -> None:
        """Answer a field that asks while somebody types."""
        await self.ack(options=options)

    async def reply(self, message: Message, title: str | None = None) -> None:
        """Show something to this person alone, where they are: in the channel, or in a small window.

        In words alone: a window takes no charts, and an answer that Slack refuses is not heard of.
        """
        message = message.in_words
        if self.kind == "command" and not self.late.is_set():
            await self.ack(text=message.fallback, blocks=message.blocks, response_type="ephemeral")
        elif self.kind == "view_submission":
            await self.ack(response_action="update", view=self._window(message, title))
        elif self.body.get("response_url"):
            await self.ack()
            await self.respond(
                text=message.fallback,
                blocks=message.blocks,
                response_type="ephemeral",
                replace_original=False,
            )
        else:
            await self.open(self._window(message, title))

    async def replace(self, message: Message) -> None:
        """Show something in the place of the message that a button was pressed in, to this person alone."""
        if not self.body.get("response_url"):
            await self.turn(message)
            return
        await self.ack()
        blocks, text = message.blocks, message.fallback
        await self.respond(text=text, blocks=blocks, response_type="ephemeral", replace_original=True)

    async def open(self, view: View) -> None:
        """Open a form at once: the trigger lives three seconds. Raises FormExpired when they are over, SlackTrouble."""
        method = self.client.views_push if self.window else self.client.views_open
        try:
            with asking_slack(self.client):
                await method(trigger_id=self.body["trigger_id"], view=view)
        except SlackTrouble as error:
            if error.code != STACK_IS_FULL:
                raise
            await self.change(view)
            return
        await self.ack()

    async def change(self, view: View) -> None:
        """Show another form in the place of the one that was sent or pressed in; what was typed stays.

        Raises FormGone where that one was closed or changed in the meantime, SlackTrouble.
        """
        if self.kind == "view_submission":
            await self.ack(response_action="update", view=view)
            return
        shown = self.body["view"]
        with asking_slack(self.client):
            await self.client.views_update(view_id=shown["id"], hash=shown.get("hash"), view=view)
        await self.ack()

    async def turn_to(self, view: View) -> None:
        """The next step: in the place of a window that only shows something, else opened."""
        await (self.change if self._shows_only else self.open)(view)

    async def turn(self, message: Message) -> None:
        """Like `turn_to`, for something that is only shown."""
        if self._shows_only:
            await self.change(self._window(message, None))
        else:
            await self.reply(message)

    @property
    def window(self) -> Mapping[str, Any] | None:
        """The window in which a button was pressed; None on Home and in messages."""
        view: Mapping[str, Any] = self.body.get("view") or {}
        return view if self.kind == "block_actions" and view.get("type") == "modal" else None

    @property
    def _shows_only(self) -> bool:
        return self.window is not None and not self.window.get("submit")

    def _window(self, message: Message, title: str | None) -> View:
        return panel(title or "Pairloop", message.blocks, close=self.words.t("Close"))


@contextmanager
def asking_slack(client: AsyncWebClient) -> Iterator[None]:
    """What goes wrong when Slack is asked to show something, in the domain's words.

    Raises FormExpired, FormGone, SlackTrouble, SlackUnreachable.
    """
    try:
        yield
    except SlackApiError as error:
        raise _refusal(client.base_url, error) from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise SlackUnreachable(client.base_url) from error


def _refusal(address: str, error: SlackApiError) -> PairloopError:
    """What it means for the person that Slack did not show something."""
    code = code_of(error)
    if kind := REFUSALS.get(code):
        return kind()
    return refused("SLACK_BOT_TOKEN", address, error)


Listener = Callable[[Call], Awaitable[None]]
