"""“It's not working”: the ways on for the one who said it, and the news for the mentor."""

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.cadence import local_date
from bot.domain.experiments import Experiment
from bot.domain.setbacks import Setback
from bot.slack.blocks import Message, actions, button, fields, note, section
from bot.slack.loop.experiments import DROP, SHRINK, promised
from bot.slack.loop.hints import OPEN as HINT
from bot.usecases.loop.setbacks import SetbackNews, WaysOn
from bot.words import Words

SAY = "setback.say"
ANOTHER_WAY = "setback.another_way"
ASK = "setback.ask"


def say_button(experiment: Experiment, words: Words) -> ButtonElement:
    """Beside the line that says when it is asked about."""
    return button(words.t("It's not working"), SAY, experiment.id)


def ways_on_message(ways: WaysOn, words: Words) -> Message:
    """Four ways, none of them wrong; the last needs nothing more."""
    id_, thanks = ways.experiment.id, words.t("Thanks for saying it early.")
    ask = (
        [button(words.t("Ask {mentor}", mentor=words.names(ways.mentors)), ASK, id_)] if ways.mentors else []
    )
    leave = button(words.t("Leave it"), DROP, id_)
    blocks: list[Block] = [
        section(thanks),
        promised(ways.experiment, words),
        actions(
            button(words.t("Smaller"), SHRINK, id_, style="primary"),
            button(words.t("Another way"), ANOTHER_WAY, id_),
            *ask,
        ),
        section(words.t("Or let this one rest. That is a finding, too."), leave),
        note(_ways_seen_by(ways, words)),
    ]
    return Message(thanks, blocks)


def setback_news(news: SetbackNews, words: Words) -> Message:
    """What the mentor reads: news, and nothing that failed."""
    told = words.t("{name} says early that this does not work so far:", name=news.owner)
    finding = words.t(
        "Knowing that is worth something. A question or a line of yours may help, nothing has to."
    )
    hint = (
        [actions(button(words.t("Add a hint"), HINT, news.experiment.id, style="primary"))]
        if news.may_hint
        else []
    )
    tried = fields(
        (words.t("{name} will", name=news.owner), news.experiment.behaviour),
        (words.t("When"), news.experiment.situation),
    )
    blocks = [section(told), tried, section(finding), *hint]
    return Message(f"{told} {news.experiment.behaviour}", [*blocks, note(_news_seen_by(news, words))])


def setback_line(setback: Setback, owner: str, words: Words, *, mine: bool) -> str:
    """On the card of what is tried."""
    day = words.day(local_date(setback.said_at, words.tz))
    if mine:
        return words.t("You said on {day} that it is not working so far.", day=day)
    return words.t(
        "{name} said on {day} that it is not working so far. That is news, not a failure.",
        name=owner,
        day=day,
    )


def situation_of(experiment: Experiment, words: Words) -> str:
    """What stands in the question to the mentor; it can be changed."""
    return words.t(
        "I try: “{behaviour}”, when {situation}. It is not working so far.",
        behaviour=experiment.behaviour,
        situation=experiment.situation,
    )


def _ways_seen_by(ways: WaysOn, words: Words) -> str:
    if not ways.mentors:
        return words.t("Seen by: you.")
    return words.t(
        "{mentor} reads it as news on your card. Nothing needs an answer.", mentor=words.names(ways.mentors)
    )


def _news_seen_by(news: SetbackNews, words: Words) -> str:
    return words.t("Seen by: {name} and you.", name=news.owner)
