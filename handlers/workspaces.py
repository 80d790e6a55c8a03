"""Who may set up the workspace, as Slack calls us."""

from bot.domain.errors import CommandNotUnderstood
from bot.slack.people.workspaces import claimed
from bot.usecases.people.workspaces import claim
from handlers.calls import Call


async def claim_workspace(call: Call, words: str) -> None:
    if not words:
        raise CommandNotUnderstood("claim")
    await claim(call.deps, call.viewer, call.me.id, words, key=call.key)
    await call.reply(claimed(call.words))
