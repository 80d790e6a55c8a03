"""The local workspace with the real bot in it, and its people as a test drives them.

Every step goes through the playground's control API: real payloads over Socket Mode into the real app.
"""

import importlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar

import httpx
import yaml
from slack_sdk.models.blocks import Block

from bot import bootstrap
from bot.domain.outgoing import OutgoingState
from bot.domain.privacy import SYSTEM
from bot.playground.control.clock import DemoClock
from bot.playground.person.seeing import changed_since
from bot.ports import Tx
from bot.settings import read_settings
from bot.slack.errors import explain
from bot.usecases.outgoing import Message
from bot.usecases.programme.pairs_consent import CONSENT
from bot.words import Words
from tests.forms import action_ids, field_ids
from tests.patience import LONG_S, SETTLE_MS, a_playground, until

Json = dict[str, Any]
Kind = Message[Any]
T = TypeVar("T")

# The function of this name covers the module in the package.
entrance = importlib.import_module("handlers.entrance")

MANIFEST = yaml.safe_load((Path(__file__).parent.parent / "manifest.yml").read_text(encoding="utf-8"))
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # the morning on which every scenario begins


class Shown(Protocol):
    """What a builder of `bot.slack` makes: a message, or a view."""

    @property
    def blocks(self) -> Sequence[Block] | None: ...


class RunningApp:
    """The playground and the bot, with the clock at MONDAY."""

    def __init__(self, database_url: str, **settings: Any) -> None:
        self.clock = DemoClock(MONDAY)
        self.playground = a_playground(manifest=MANIFEST, clock=self.clock)
        self._database_url = database_url
        self._settings = settings

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as opened:
            await opened.enter_async_context(self.playground)
            http = httpx.AsyncClient(base_url=self.playground.url, timeout=LONG_S)
            self.http = await opened.enter_async_context(http)
            self.info = await self.get("/playground/info")
            await self.start_bot()
            opened.push_async_callback(self.stop_bot)
            self._opened = opened.pop_all()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._opened.aclose()

    async def start_bot(self) -> None:
        """Start the bot, on the same database each time."""
        settings = read_settings(
            None,
            bot_token=self.playground.bot_token,
            app_token=self.playground.app_token,
            api_url=self.playground.api_url,
            database_url=self._database_url,
            **self._settings,
        )
        self.bot = await bootstrap.start(settings, self.clock)
        self.running = True
        self._unsubscribe = self.clock.subscribe(self.bot.next_due, self.bot.run_due)

    async def stop_bot(self) -> None:
        self.running = False
        self._unsubscribe()
        await self.bot.close()

    def person(self, name: str) -> "Person":
        """A person by first name: Ada leads people, Mira is in Berlin, Tom in New York, Yuki in Tokyo…"""
        member = next(m for m in self.info["members"] if m["name"].lower() == name.lower())
        return Person(self, member)

    async def advance(self, **how_far: float) -> None:
        """Move the clock forward by a `timedelta` given in its own words (days=7)."""
        await self._move_clock(advance_s=timedelta(**how_far).total_seconds())

    async def advance_to(self, moment: str) -> None:
        """Move the clock forward to an ISO moment with its offset."""
        await self._move_clock(to=moment)

    async def _move_clock(self, **how_far: Any) -> None:
        await self.post("/playground/clock", {"settle_ms": SETTLE_MS, **how_far})
        if self.running:
            await self.posted()

    async def fault(self, **what: Any) -> None:
        await self.post("/playground/faults", what)

    async def calls(self, method: str) -> list[Json]:
        """All calls of one Web API method so far, as the playground's log has them."""
        log = await self.get("/playground/log")
        return [entry for entry in log["entries"] if entry.get("method") == method]

    async def a_cohort(self, name: str = "Spring", admin: str = "Ada") -> "Person":
        """A cohort with a check-in every Tuesday at 10:00, made by an admin through the real forms."""
        person = self.person(admin)
        if self.bot.claim_code:
            await person.command(f"/loop claim {self.bot.claim_code}")
            self.bot.claim_code = ""
        await person.command("/loop cohort new")
        await person.submit({"name": name, "rhythm": "weeks:1", "weekday": "1", "at": "10:00"})
        await person.submit({})
        return person

    async def a_pair(self, mentor: str = "Mira", mentee: str = "Tom") -> "tuple[Person, Person]":
        """An active pair in the cohort Spring: asked by the admin, and both said yes."""
        admin = await self.a_cohort() if self.bot.claim_code else self.person("Ada")
        pair = self.person(mentor), self.person(mentee)
        await admin.command(f"/loop pair {pair[0].mention} {pair[1].mention}")
        await admin.click("pair.ask")
        await self.at_work()
        for person in pair:
            await person.click("pair.yes")
        return pair

    async def at_work(self) -> None:
        """As if nobody had quiet hours now: what waits for theirs to be over comes at once."""
        await self.bot.deps.db.write(SYSTEM, _release)
        await self.posted()

    async def stored(self, read: Callable[[Tx], T]) -> T:
        """What this finds in the database, where all may be seen."""
        return await self.bot.deps.db.read(SYSTEM, read)

    async def posted(self) -> None:
        """Wait until what the bot has to say and to show now is there; not for what Slack makes it wait with."""
        await until(self._has_posted)

    async def _has_posted(self) -> bool:
        if entrance._overdue or not self.bot.afterwards.idle:
            return False
        return await self.stored(partial(_nothing_waits, now=self.bot.deps.clock.real_now()))

    async def get(self, path: str, **query: Any) -> Json:
        return _checked(await self.http.get(path, params=query))

    async def post(self, path: str, body: Json) -> Json:
        return _checked(await self.http.post(path, json=body))


@dataclass
class Outcome:
    """What one act changed for the one who acted."""

    answer: Json

    @property
    def errors(self) -> dict[str, str]:
        return dict(self.answer.get("errors") or {})

    @property
    def view(self) -> Json | None:
        return self.answer.get("view")

    @property
    def text(self) -> str:
        """Everything that is there to read in it: new messages, and the form that is on top."""
        shown = [self.answer.get("messages"), self.view]
        return "\n".join(text for part in shown for text in texts_in(part))

    @property
    def form(self) -> str:
        """The callback_id of the form on top; "" for none, and for a window that only shows something."""
        return str((self.view or {}).get("callback_id") or "")

    @property
    def fields(self) -> list[str]:
        """The block_ids of the fields of the form on top."""
        return field_ids(self.view) if self.view else []

    @property
    def offered(self) -> list[str]:
        """The action_ids of what can be pressed now in the new messages and in the form on top."""
        shown = [*self.answer.get("messages", []), *([self.view] if self.view else [])]
        return [action_id for part in shown for action_id in action_ids(part)]

    def shows(self, what: Shown) -> bool:
        """Whether all that there is to read in this message or window stands in it."""
        return "\n".join(texts_of(what)) in self.text


@dataclass
class Person:
    """Somebody in the workspace, with what they do and what they see."""

    app: RunningApp
    member: Json
    settle_ms: int = field(default=SETTLE_MS)

    @property
    def id(self) -> str:
        return str(self.member["id"])

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"

    @property
    def words(self) -> Words:
        """The words in which the bot speaks to them now."""
        return Words(self.member["locale"], self.member["tz"], self.app.clock.now())

    def told(self, error: Exception) -> str:
        """What they read of this error."""
        return explain(error, self.words)

    async def command(self, text: str) -> Outcome:
        """Type a slash command, such as "/loop goal"."""
        command, _, rest = text.partition(" ")
        return await self.act(do="command", command=command, text=rest)

    async def submit(self, values: Json) -> Outcome:
        """Send the form on top; `values` by block_id or label, what is not named stays as it is."""
        return await self.act(do="submit", view_id=(await self.form())["id"], values=values)

    async def close(self) -> Outcome:
        return await self.act(do="close", view_id=(await self.form())["id"])

    async def click(self, action_id: str, value: object = None, *, kind: Kind | None = None) -> Outcome:
        """Press or choose: in the form on top, else in the newest message, else on Home.

        Args:
            value: for selects and menus the option's value or text, or the action_id of which a menu's value begins.
            kind: only in a message of this kind.
        """
        seen, nonces = await self.see(), await self._nonces(kind) if kind else []
        for where, content in _surfaces(seen):
            if kind and not _with_nonce([content], nonces):
                continue
            for block_id, element in _elements(content):
                if element["action_id"] == action_id:
                    chosen = {} if value is None else {"value": _option(element, value)}
                    return await self.act(
                        do="click", **where, block_id=block_id, action_id=action_id, **chosen
                    )
        everything = [each for _, content in _surfaces(seen) for each in action_ids(content)]
        raise AssertionError(f"{self.member['name']} sees no {action_id!r} to press, only {everything}")

    async def shortcut(self, callback_id: str) -> Outcome:
        return await self.act(do="shortcut", callback_id=callback_id)

    async def message_shortcut(self, callback_id: str, channel: str, ts: str) -> Outcome:
        return await self.act(do="message_shortcut", callback_id=callback_id, channel=channel, ts=ts)

    async def home(self) -> str:
        """Open App Home, and return everything that is there to read."""
        await self.act(do="open_home")
        return "\n".join(texts_in((await self.see())["home"]))

    async def say(self, channel: str, text: str) -> Outcome:
        return await self.act(do="message", channel=channel, text=text)

    async def form(self) -> Json:
        """The form on top."""
        views: list[Json] = (await self.see())["views"]
        assert views, f"{self.member['name']} has no form open"
        return views[-1]

    async def see(self) -> Json:
        return await self.app.get("/playground/see", **{"as": self.id})

    async def messages(self, kind: Kind | None = None) -> list[Json]:
        """The messages of the conversation with the bot, the oldest first; all, or those of a kind."""
        bot = self.app.info["bot_user_id"]
        channels = (await self.see())["channels"]
        found = [m for channel in channels if channel.get("with") == bot for m in channel["messages"]]
        return found if kind is None else _with_nonce(found, await self._nonces(kind))

    async def last_got(self, kind: Kind) -> bool:
        """Whether the newest message of the conversation with the bot is of this kind."""
        return (await self.messages())[-1] in await self.messages(kind)

    async def _nonces(self, kind: Kind) -> list[str]:
        """By which all messages of this kind are known."""
        return await self.app.stored(lambda r: [row.nonce for row in r.outgoing.find(kind=kind.name)])

    async def offered(self, kind: Kind) -> list[str]:
        """The action_ids of what can be pressed in the newest message of this kind."""
        return action_ids((await self.messages(kind))[-1])

    async def texts(self, kind: Kind | None = None) -> list[str]:
        """Each message of the conversation with the bot as one text, the oldest first; all, or those of a kind."""
        return ["\n".join(texts_in(message)) for message in await self.messages(kind)]

    async def read(self) -> str:
        """The conversation with the bot, as one text."""
        return "\n\n".join(await self.texts())

    async def act(self, **what: Any) -> Outcome:
        body = {"as": self.id, "settle_ms": self.settle_ms, **what}
        services = self.app.playground.services
        before = services.state.changes.revision
        answer = await self.app.post("/playground/act", body)
        if self.app.running:
            await self.app.posted()
            answer |= changed_since(services, services.state.members[self.id], before)
        return Outcome(answer)


def _release(tx: Tx) -> None:
    for row in tx.outgoing.find(state=OutgoingState.HELD, kind=CONSENT.name):
        tx.outgoing.update(replace(row, state=OutgoingState.PLANNED))


def _nothing_waits(tx: Tx, now: datetime) -> bool:
    """Whether no message is due, or Slack asked for a pause that is not over."""
    if any(w.paused_until is not None and w.paused_until > now for w in tx.workspaces.find()):
        return True
    on_the_way = [OutgoingState.PLANNED, OutgoingState.SENDING]
    return not tx.outgoing.count(state=on_the_way, not_before__upto=now)


def _with_nonce(messages: list[Json], nonces: list[str]) -> list[Json]:
    """Those of these messages, which the bot posted, that carry one of these."""
    carried = ((message, message.get("metadata") or {}) for message in messages)
    return [message for message, data in carried if data.get("event_payload", {}).get("nonce") in nonces]


READ = ("title", "text", "initial_value", "name")
UNREAD = ("state", "metadata", "private_metadata")


def texts_in(part: Any) -> Iterator[str]:
    """All that a person reads in blocks, views and messages: texts, mentions, and what stands in fields already."""
    if isinstance(part, list):
        for item in part:
            yield from texts_in(item)
    elif isinstance(part, dict) and part.get("type") == "rich_text_section":
        yield "".join(_read_of(piece) for piece in part["elements"])
    elif isinstance(part, dict):
        yield from (part[name] for name in READ if isinstance(part.get(name), str))
        yield from texts_in(
            [value for name, value in part.items() if name not in UNREAD and not isinstance(value, str)]
        )


def texts_of(shown: Shown) -> Iterator[str]:
    """All that a person reads in what a builder made."""
    return texts_in([block.to_dict() for block in shown.blocks or ()])


def _read_of(piece: Json) -> str:
    """What one piece of a line shows; a mention as `<@U…>`."""
    if piece.get("type") == "user":
        return f"<@{piece['user_id']}>"
    return str(piece.get("text") or f":{piece.get('name')}:")


def _surfaces(seen: Json) -> Iterator[tuple[Json, Json]]:
    for view in reversed(seen["views"]):
        yield {"view_id": view["id"]}, view
    messages = [(channel["id"], m) for channel in seen["channels"] for m in channel["messages"]]
    for channel, message in sorted(messages, key=lambda pair: str(pair[1]["ts"]), reverse=True):
        yield {"channel": channel, "ts": message["ts"]}, message
    if seen["home"]:
        yield {"view_id": seen["home"]["id"]}, seen["home"]


def _elements(content: Json) -> Iterator[tuple[str, Json]]:
    for block in content.get("blocks") or []:
        parts = [*(block.get("elements") or []), block.get("accessory"), block.get("element")]
        yield from ((block["block_id"], part) for part in parts if part and "action_id" in part)


def _option(element: Json, value: object) -> object:
    """The value of the option that is meant; what a menu offers begins with an action_id, the subject behind it."""
    offered = [option["value"] for option in element.get("options", [])]
    return next((one for one in offered if one.startswith(f"{value}:")), value)


def _checked(answer: httpx.Response) -> Json:
    body: Json = answer.json()
    assert body.get("ok"), body
    return body


def squeezed(text: str) -> str:
    """The text with all white space as single spaces, for comparing what runs over several blocks."""
    return re.sub(r"\s+", " ", text).strip()
