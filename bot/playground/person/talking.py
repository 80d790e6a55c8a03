"""A person writes, edits, reacts, reads and runs commands: what happens?"""

from bot.playground import posting
from bot.playground.app import payloads
from bot.playground.app.delivery import Parcel
from bot.playground.app.response_urls import ResponseUrl
from bot.playground.app.responses import respond
from bot.playground.app.submissions import app_errors_of
from bot.playground.errors import ControlError, SlackError
from bot.playground.methods import reactions
from bot.playground.person import lookup
from bot.playground.person.outcome import Outcome
from bot.playground.services import Services
from bot.playground.wire import Json
from bot.playground.workspace.conversations import Channel
from bot.playground.workspace.messages import Message
from bot.playground.workspace.typed import as_sent, link_names, plain_names
from bot.playground.workspace.users import Member


async def post(services: Services, member: Member, body: Json) -> Outcome:
    """do: message."""
    state = services.state
    channel = lookup.room(state, member, body.get("channel"))
    text = as_sent(required_text(body), state.members.values())
    if channel.is_archived:
        raise ControlError("is_archived", f"#{channel.name} is archived")
    if state.manifest.read_only and channel.id == lookup.room(state, member, None).id:
        raise ControlError("messages_tab_read_only", "the manifest lets nobody write to the app")
    message = Message(
        ts=state.ts(),
        channel=channel.id,
        user=member.id,
        text=text,
        client_msg_id=state.ids.uuid(),
        thread_ts=thread_of(channel, member, body),
    )
    posting.put(services, channel, message)
    receipts = await services.events.message_posted(message)
    return Outcome(receipts, more={"ts": message.ts, "channel": channel.id})


def required_text(body: Json) -> str:
    """What the person wrote."""
    text = body.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ControlError("no_text", "text is what the person writes")
    return text


def thread_of(channel: Channel, member: Member, body: Json) -> str:
    """The ts of the thread that the person writes in, if any."""
    if not body.get("thread_ts"):
        return ""
    parent = lookup.message(channel, member, body["thread_ts"])
    return parent.thread_ts or parent.ts


def own_message(services: Services, member: Member, body: Json) -> Message:
    """A message that this person wrote."""
    message = seen_message(services, member, body)
    if message.user != member.id:
        raise ControlError("not_your_message", f"{member.name} did not write {message.ts}")
    return message


def seen_message(services: Services, member: Member, body: Json) -> Message:
    """A message that this person sees, by channel and ts."""
    channel = lookup.room(services.state, member, body.get("channel"))
    return lookup.message(channel, member, body.get("ts"))


async def edit(services: Services, member: Member, body: Json) -> Outcome:
    """do: edit."""
    message = own_message(services, member, body)
    text = as_sent(required_text(body), services.state.members.values())
    posting.edit(services, message, member.id, mark=True, text=text)
    return Outcome()


async def delete(services: Services, member: Member, body: Json) -> Outcome:
    """do: delete."""
    posting.remove(services, own_message(services, member, body))
    return Outcome()


async def react(services: Services, member: Member, body: Json) -> Outcome:
    """do: react; with `remove` the reaction is taken away."""
    message = seen_message(services, member, body)
    name = str(body.get("name") or body.get("reaction") or "").strip(":")
    if not name:
        raise ControlError("no_reaction_name", "name is the emoji's name, such as thumbsup")
    change = reactions.take_away if body.get("remove") else reactions.add
    try:
        change(services, message, member.id, name)
    except SlackError as error:
        raise ControlError(error.code, f"{member.name} and :{name}: on {message.ts}") from error
    return Outcome()


async def read(services: Services, member: Member, body: Json) -> Outcome:
    """do: read; everything in the conversation counts as read."""
    channel = lookup.room(services.state, member, body.get("channel"))
    channel.last_read[member.id] = max(channel.messages, default="")
    services.state.changes.touch([member.id])
    return Outcome()


async def command(services: Services, member: Member, body: Json) -> Outcome:
    """do: command."""
    state = services.state
    name, text = command_line(body)
    declared = state.manifest.commands.get(name)
    if declared is None:
        there = ", ".join(state.manifest.commands) or "none"
        raise ControlError("unknown_command", f"the manifest declares {there}")
    channel = lookup.room(state, member, body.get("channel"))
    text = link_names(text, state.members.values(), with_names=True)
    if not declared.get("should_escape"):
        text = plain_names(text, state.members.values())
    payload = payloads.command(state, member, channel, name, text)
    receipt = await services.courier.deliver(Parcel("slash_commands", name, payload, accepts_payload=True))
    if not receipt.acked:
        return Outcome([receipt], trouble=True)
    return Outcome([receipt], app_errors=say(services, channel, member, receipt.answer))


def command_line(body: Json) -> tuple[str, str]:
    """The command and its text; `/pair help` in one piece is split."""
    line = str(body.get("command") or "").strip()
    name, _, rest = line.partition(" ")
    text = str(body.get("text") or rest).strip()
    return (name if name.startswith("/") else f"/{name}"), text


def say(services: Services, channel: Channel, member: Member, answer: Json) -> list[str]:
    """Show what the app answered to a command; returns what it got wrong."""
    if not answer:
        return []
    try:
        respond(services, ResponseUrl(channel.id, member.id), answer)
    except SlackError as error:
        return app_errors_of(error)
    return []
