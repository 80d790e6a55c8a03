"""What goes wrong with goals, what is tried and what is said to it, in words; `bot.slack.errors` gathers them."""

from collections.abc import Callable
from typing import Any

from bot.domain.checkins import OtherReader
from bot.domain.evidence import NoSuchNumber
from bot.domain.ladders import LadderStands, LinesAlike
from bot.domain.milestones import NotClaimed, NothingShown
from bot.domain.quotes import TooManyWordsAsked
from bot.domain.readings import NumberWasNoted
from bot.domain.two_lines import AskedInPair, AskedLately, AskOver, TooManyAsked
from bot.domain.wins_channel import ConsentOver, NoChannel, NotOfCohort
from bot.domain.wins_sharing import NoWin
from bot.words import Words


def _in_pair(error: AskedInPair, words: Words) -> str:
    if not error.name:
        return words.t("That is you. Please pick somebody who was there.")
    return words.t(
        "{name} is with you in this pair and reads it all. Please pick somebody else.", name=error.name
    )


def _no_number(error: NoSuchNumber, words: Words) -> str:
    if not error.names:
        return words.t(
            "There is no number of yours here that this could be noted for. Leave these fields empty, and your words "
            "are saved; “Change” on the card adds a number."
        )
    return words.t("Which one? It can be noted for: {names}.", names=words.names(error.names))


EXPLANATIONS: dict[type[Exception], Callable[[Any, Words], str]] = {
    NothingShown: lambda _, w: w.t("Please pick something that you kept, or say in a line what shows it."),
    NotClaimed: lambda _, w: w.t(
        "This milestone is settled, or nobody says that it is reached. Nothing was changed; "
        "its card says how it stands."
    ),
    ConsentOver: lambda _, w: w.t(
        "These words are asked about no more, so nothing was changed. If they were changed, you are asked anew."
    ),
    NoChannel: lambda _, w: w.t(
        "Whoever leads your cohort has chosen no channel for small wins, so nothing was saved. Without the channel it "
        "can be shared."
    ),
    NotOfCohort: lambda e, w: w.t(
        "{name} takes no part in your cohort and cannot be named. Nothing was saved, and nobody was asked.",
        name=e.name,
    ),
    NoWin: lambda _, w: w.t(
        "This is no small win, or none any more, so it was not shared. Nothing was lost; its card says how it stands."
    ),
    NumberWasNoted: lambda _, w: w.t(
        "You noted this number since, and what you noted would go with it. Give it a name again, and it stays."
    ),
    LinesAlike: lambda _, w: w.t("This line says the same as one before it. What would be different here?"),
    LadderStands: lambda e, w: w.t(
        "One of you has rated by these lines, so they stay until {moment}. Nothing was changed.",
        moment=w.moment(e.until),
    ),
    NoSuchNumber: _no_number,
    AskedInPair: _in_pair,
    AskedLately: lambda e, w: w.t(
        "You asked {name} less than 30 days ago. Nothing was sent; from {day} on you can ask them again.",
        name=e.name,
        day=w.day(e.day),
    ),
    TooManyAsked: lambda e, w: w.t(
        "{limit} people are asked already ({names}). Nothing was sent; there is room as soon as one answers or you "
        "withdraw one, on {day} at the latest.",
        limit=w.number(e.limit),
        names=w.names(e.names),
        day=w.day(e.day),
    ),
    TooManyWordsAsked: lambda e, w: w.t(
        "{limit} may wait for a yes at a time. Nothing was asked for; tick fewer, or leave out one that waits.",
        limit=w.number(e.limit),
    ),
    OtherReader: lambda e, w: w.t(
        "{names} would read this now: you were with somebody else when you opened it. Nothing was sent, and what you "
        "typed is still here: copy it if you like, and open the check-in anew with /loop checkin.",
        names=w.names(e.names),
    ),
    AskOver: lambda _, w: w.t(
        "Nobody waits for these two lines any more, so nothing was sent. There is nothing left for you to do."
    ),
}
