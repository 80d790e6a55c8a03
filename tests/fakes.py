"""Stand-ins for Slack and for time, the only two that tests replace."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.ports_slack import Address, Begin, ChannelInfo, Delivery, Outcome, Profile, Team


@dataclass
class FakeClock:
    """A clock that stands still until it is moved; both times move together."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def real_now(self) -> datetime:
        return self.moment

    def move(self, **how_far: float) -> None:
        """Move forward by a `timedelta` given in its own words (days=7)."""
        self.moment += timedelta(**how_far)


@dataclass
class FakeDirectory:
    """A Slack that knows these profiles."""

    profiles: dict[str, Profile] = field(default_factory=dict)
    channels: dict[str, ChannelInfo] = field(default_factory=dict)

    async def team(self) -> Team:
        return Team("T1", "", "Acme", "UBOT")

    async def profile(self, user_id: str, *, within_s: float | None = None) -> Profile | None:  # noqa: ARG002 - it answers at once
        return self.profiles.get(user_id)

    async def channel(self, channel_id: str) -> ChannelInfo | None:
        return self.channels.get(channel_id)

    async def people(self) -> list[Profile]:
        return list(self.profiles.values())


def yes() -> bool:
    """The answer of a dispatcher that nothing hinders."""
    return True


LATE = Delivery(Outcome.LATE)
NO_ANSWER = Delivery(Outcome.UNKNOWN, error="503")


@dataclass(frozen=True)
class Post:
    """One message that arrived in somebody's conversation with the bot."""

    to: str
    content: object
    nonce: str
    ts: str


@dataclass
class FakeMessenger:
    """A Slack that takes every message.

    Put deliveries into `answers` to have the next calls answered so, or those to one user into `answers_to`; `arrives`
    says whether a post with an answer other than SENT has arrived all the same, `says_nothing` that nobody may look for
    messages. What is in `search_answers` comes before any look, and while it is `down` nothing is answered at all.
    """

    posts: list[Post] = field(default_factory=list)
    updates: list[Post] = field(default_factory=list)
    answers: list[Delivery] = field(default_factory=list)
    answers_to: dict[str, list[Delivery]] = field(default_factory=dict)
    arrives: bool = False
    looked_for: list[str] = field(default_factory=list)
    says_nothing: bool = False
    search_answers: list[Delivery] = field(default_factory=list)
    down: bool = False
    takes_files: bool = True

    async def post(self, address: Address, content: object, nonce: str, begin: Begin) -> Delivery:
        if not begin():
            return LATE
        answer = self._answer(address.user_id)
        post = Post(address.user_id, content, nonce, f"{len(self.posts) + 1}.0")
        if answer is None or answer.outcome is Outcome.SENT or self.arrives:
            self.posts.append(post)
        return answer or Delivery(Outcome.SENT, f"D{address.user_id}", post.ts)

    async def update(self, address: Address, ts: str, content: object, nonce: str, begin: Begin) -> Delivery:
        if not begin():
            return LATE
        if answer := self._answer(address.user_id):
            return answer
        self.updates.append(Post(address.user_id, content, nonce, ts))
        return Delivery(Outcome.SENT, f"D{address.user_id}", ts)

    async def find(self, address: Address, nonce: str, after: str) -> Delivery:
        self.looked_for.append(nonce)
        channel = f"D{address.user_id}"
        if self.search_answers:
            return self.search_answers.pop(0)
        if self.down:
            return NO_ANSWER
        if self.says_nothing:
            return Delivery(Outcome.BARRED, channel, error="missing_scope")
        later = [post for post in self.posts if not after or float(post.ts) > float(after)]
        found = next((post for post in later if post.nonce == nonce), None)
        return Delivery(Outcome.SENT, channel, found.ts) if found else Delivery(Outcome.REJECTED, channel)

    def _answer(self, user_id: str) -> Delivery | None:
        if own := self.answers_to.get(user_id):
            return own.pop(0)
        if self.answers:
            return self.answers.pop(0)
        return NO_ANSWER if self.down else None

    def said_to(self, user_id: str) -> list[object]:
        """What was posted to this user, the oldest first."""
        return [post.content for post in self.posts if post.to == user_id]
