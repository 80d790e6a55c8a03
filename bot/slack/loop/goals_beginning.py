"""Three ways to begin, for who has no goal yet: the message, and its ids."""

from slack_sdk.models.blocks import Block

from bot.domain.errors import NotOurs
from bot.domain.ids import MembershipId
from bot.slack.blocks import Message, actions, button, header, note, section
from bot.slack.payloads import id_in
from bot.usecases.loop.goals_beginning import ThreeWays
from bot.words import Words

USE = "goal.use"
TALK = "goal.talk"


def ways_message(ways: ThreeWays, words: Words) -> Message:
    """What the goal could be; once there is one, or it waits for a talk, that it does."""
    if ways.has_goal:
        return _now_settled(words.t("Your goal is set."), words)
    if ways.on_agenda:
        return _now_settled(words.t("You talk about your goal next time: it is on the agenda."), words)
    title = words.t("Three ways to begin")
    text = words.t("A goal of your own words is as good, with /loop goal. One of these may be a start:")
    talk = actions(button(words.t("In our first talk"), TALK, ways.membership_id))
    return Message(title, [header(title), section(text), *_ways(ways, words), talk, note(_once(ways, words))])


def parse_way(value: str) -> tuple[MembershipId, str]:
    """Which membership, and which of its ways. Raises NotOurs."""
    membership, _, starter = value.partition(":")
    if not starter:
        raise NotOurs("way")
    return MembershipId(id_in(membership)), starter


def _ways(ways: ThreeWays, words: Words) -> list[Block]:
    return [
        section(starter.text, button(words.t("Use it"), USE, f"{ways.membership_id}:{starter.id}"))
        for starter in ways.starters
    ]


def _once(ways: ThreeWays, words: Words) -> str:
    once = words.t("I show this once. No answer is fine.")
    sees = words.t("{mentor} sees a goal that you save, and not this.", mentor=words.names(ways.mentors))
    return f"{once} {sees}"


def _now_settled(text: str, words: Words) -> Message:
    return Message(text, [section(text), note(words.t("Only you see this."))])
