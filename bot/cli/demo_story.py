"""The demo with a story in it: told before the page is there, or when somebody asks for it on the page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.bootstrap import Bot
from bot.cli.story import LANGUAGES, QUARTER, NobodyLeads, StoryTold, Teller, read_story
from bot.playground.control.clock import DemoClock
from bot.playground.server import Playground
from bot.playground.workspace.conversations import Channel

BEGINS = time(tzinfo=UTC)
UNREAD = timedelta(days=4)  # what came since then nobody has read yet
TOLD = "somebody here is in a pair already; a story needs people with whom nothing has begun"
LEADERLESS = "nobody who is here leads Pairloop; start the demo anew for a story"


def clock_for(now: datetime) -> DemoClock:
    """A calendar on which a whole quarter has passed when it is `now`."""
    return DemoClock(datetime.combine(_monday(now) - QUARTER, BEGINS))


@dataclass(frozen=True)
class StoryDemo:
    """A demo that can be filled with a story."""

    playground: Playground
    bot: Bot

    def offer(self) -> None:
        """Let the page offer it."""
        self.playground.offer_stories(LANGUAGES, self.tell_on)

    async def tell_until(self, now: datetime, language: str) -> None:
        """Tell it so that it ends by `now`. Raises StoryTold, NobodyLeads."""
        await self._tell(_monday(now) - QUARTER, language)
        if now > self.playground.clock.now():
            await self.playground.clock.advance_to(now)
        self._mark_as_read()

    async def tell_on(self, language: str) -> str:
        """Tell it from next week on; returns why that cannot be, "" if it is done."""
        monday = _monday(self.playground.clock.now()) + timedelta(weeks=1)
        try:
            await self._tell(monday, language)
        except StoryTold:
            return TOLD
        except NobodyLeads:
            return LEADERLESS
        await self.playground.clock.advance_to(datetime.combine(monday + QUARTER, BEGINS))
        self._mark_as_read()
        return ""

    async def _tell(self, monday: date, language: str) -> None:
        story, state = read_story(language), self.playground.state
        users = {member.name: member.id for member in state.members.values()}
        for name, locale in story.locales.items():
            state.members[users[name]].locale = locale
        bot = self.bot
        teller = Teller(bot.deps, bot.workspace, bot.claim_code, self.playground.clock, bot.run_due, users)
        await teller.tell(story, monday)

    def _mark_as_read(self) -> None:
        """Everybody has read what came, but for the last days."""
        until = (self.playground.clock.now() - UNREAD).timestamp()
        for channel in self._conversations():
            read = [ts for ts in channel.messages if float(ts) <= until]
            channel.last_read |= dict.fromkeys(channel.members, read[-1]) if read else {}
        self.playground.state.changes.touch()

    def _conversations(self) -> Iterator[Channel]:
        return (each for each in self.playground.state.channels.values() if each.kind == "im")


def _monday(now: datetime) -> date:
    return now.date() - timedelta(days=now.weekday())
