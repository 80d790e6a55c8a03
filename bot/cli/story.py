"""A story for the demo: what three pairs did in one quarter, told by the use cases that people's forms call.

The calendar moves through it, so Pairloop asks, reminds and posts on the way as it always does. The texts are
`bot/packs/story/*.yml`; what each `do` of theirs means stands in `bot.cli.story_acts`.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import yaml

from bot.cli.story_acts import ACTS, Scene, Told
from bot.domain.members import Member, Workspace
from bot.domain.privacy import SYSTEM, Viewer
from bot.ports import Clock, Deps, Tx
from bot.usecases.acquaintance import meet, read_anew
from bot.usecases.people.workspaces import claim

STORIES = files("bot") / "packs" / "story"
QUARTER = timedelta(weeks=13)
OF_EVERY_EVENT = ("at", "who", "do", "name")
LANGUAGES = {"en": "In English", "de": "Auf Deutsch"}  # the files, and how each is offered
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Event:
    """Something that somebody does, at a time on their own clock.

    Args:
        week: of the story, from 1; `day` is a weekday, 0 for Monday.
        do: one of ACTS, which says what `given` may hold.
        name: by which later events know what came of this one, "" for none does.
    """

    week: int
    day: int
    at: time
    who: str
    do: str
    name: str
    given: Mapping[str, Any]

    def moment(self, monday: date, tz: str) -> datetime:
        """When it happens in a story that begins on this Monday."""
        day = monday + timedelta(weeks=self.week - 1, days=self.day)
        return datetime.combine(day, self.at, ZoneInfo(tz))


@dataclass(frozen=True)
class Story:
    """All that happens.

    Args:
        locales: in which people read Slack in this story, by first name; the others read it as they do anyway.
        admin: the first name of whoever sets it all up.
    """

    locales: Mapping[str, str]
    admin: str
    events: tuple[Event, ...]

    @property
    def people(self) -> list[str]:
        """The first names of those who do something."""
        return list(dict.fromkeys(event.who for event in self.events))


def read_story(language: str) -> Story:
    """The story in this language. Raises ValueError for a file that is no story."""
    content = yaml.safe_load((STORIES / f"{language}.yml").read_text("utf-8"))
    try:
        events = tuple(_event(one) for one in content["events"])
        return Story(content["locales"], content["admin"], events)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{language}.yml is not a story: {error!r}") from error


def _event(told: Mapping[str, Any]) -> Event:
    week, day, at = str(told["at"]).split()
    given = {name: value for name, value in told.items() if name not in OF_EVERY_EVENT}
    if unknown := given.keys() - ACTS[told["do"]].takes:
        raise ValueError(
            f"{told['at']}, {told['who']}: to {told['do']} takes no {', '.join(sorted(unknown))}"
        )
    return Event(
        week=int(week),
        day=WEEKDAYS.index(day),
        at=time.fromisoformat(at),
        who=told["who"],
        do=told["do"],
        name=told.get("name", ""),
        given=given,
    )


class StoryClock(Clock, Protocol):
    """A calendar that can be moved forward, as the playground's can."""

    async def advance_to(self, target: datetime) -> None:
        """Move it step by step, through all that falls due on the way."""


class StoryTold(Exception):
    """Some of the people are in pairs already: a story is told to a workspace in which nothing has begun."""


class NobodyLeads(Exception):
    """There are admins, and none of them is among those who are there now."""


@dataclass
class Teller:
    """Tells a story to one Pairloop.

    Args:
        do_what_is_due: lets Pairloop ask, remind and post what is due now.
        users: Slack user ids by first name.
    """

    deps: Deps
    workspace: Workspace
    claim_code: str
    clock: StoryClock
    do_what_is_due: Callable[[], Awaitable[None]]
    users: Mapping[str, str]

    async def tell(self, story: Story, monday: date) -> None:
        """All of it, in its order, from this Monday on. Raises StoryTold, NobodyLeads; nothing has happened then."""
        members = {name: await self._met(name) for name in story.people}
        if await self.deps.db.read(SYSTEM, lambda tx: _paired(tx, members.values())):
            raise StoryTold
        scene = Scene({name: member.id for name, member in members.items()})
        lead = await self._admin(members[story.admin])
        moments = [(event.moment(monday, members[event.who].tz), event) for event in story.events]
        for moment, event in sorted(moments, key=lambda one: one[0]):
            await self._wait_until(moment)
            await self._happen(event, scene, lead if ACTS[event.do].of_lead else members[event.who])

    async def _wait_until(self, moment: datetime) -> None:
        """What somebody did may have taken longer than until the next does something."""
        if moment - self.clock.now() > timedelta(seconds=1):
            await self.clock.advance_to(moment)

    async def _met(self, name: str) -> Member:
        """Somebody as Slack describes them now: a story may have another language than they had."""
        known = await meet(self.deps, self.workspace.team_id, self.users[name])
        await read_anew(self.deps, known)
        return await meet(self.deps, self.workspace.team_id, self.users[name])

    async def _admin(self, wanted: Member) -> Member:
        """The admin that there is, else this one, who becomes it as people do: by the code."""
        admins = await self.deps.db.read(SYSTEM, lambda tx: tx.members.find(is_admin=True))
        present = [admin for admin in admins if admin.user_id in self.users.values()]
        if admins and not present:
            raise NobodyLeads
        if not admins:
            await self.deps.db.write(_as(wanted), lambda tx: claim(tx, self.claim_code))
        return next(iter(present), wanted)

    async def _happen(self, event: Event, scene: Scene, actor: Member) -> None:
        told = Told(event.who, event.given, scene)
        try:
            made = await self.deps.db.write(_as(actor), lambda tx: ACTS[event.do].does(tx, told))
        except Exception as error:
            where = f"in week {event.week}, where {event.who} would {event.do} ({event.name or 'no name'})"
            raise RuntimeError(f"the story breaks {where}") from error
        if event.name and made is not None:
            scene.made[event.name] = made
        await self.do_what_is_due()


def _as(member: Member) -> Viewer:
    return Viewer(member.workspace_id, member.id)


def _paired(tx: Tx, people: Iterable[Member]) -> bool:
    return tx.memberships.count(member_id=[member.id for member in people]) > 0
