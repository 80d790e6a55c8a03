"""Who may set up the workspace, as Slack calls us."""

from bot.domain.errors import CodeRefused, CommandNotUnderstood
from bot.slack.people.workspaces import claimed
from bot.usecases.people.workspaces import claim
from handlers.calls import Call


async def claim_workspace(call: Call, words: str) -> None:
    if not words:
        raise CommandNotUnderstood("claim")
    if not await call.write(claim, words):
        raise CodeRefused
    await call.reply(claimed(call.words))
