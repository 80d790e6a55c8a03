"""The one place that puts errors into words: what happened, that nothing was lost, what to do.

Members read what `explain` says, the one who runs Pairloop what `explain_to_operator` says.
"""

from collections.abc import Callable
from typing import Any

from bot.domain import errors
from bot.domain.cadence import UnknownTimeZone
from bot.domain.portfolios import NoPdf, NothingToTell
from bot.domain.regions import RegionUnknown
from bot.domain.rhythms import RhythmStands
from bot.domain.talks import TalkTooFar, TimeInPast
from bot.domain.working_life import DayOffTooFar, DaysTurned, QuietAllDay, QuietHalf
from bot.slack.errors_loop import EXPLANATIONS as OF_THE_LOOP
from bot.slack.errors_operators import EXPLANATIONS as FOR_OPERATORS
from bot.slack.errors_programme import EXPLANATIONS as OF_THE_PROGRAMME
from bot.slack.home.commands import usage_of
from bot.words import Words

Explanation = Callable[[Any, Words], str]


def explain(error: Exception, words: Words) -> str:
    """One or two sentences for the person who met this error."""
    for kind in type(error).__mro__:
        if kind in EXPLANATIONS:
            return EXPLANATIONS[kind](error, words)
    return words.t(
        "Something went wrong on our side, and nothing was saved. What you typed is still here: "
        "please try again in a minute."
    )


def explain_to_operator(error: Exception, words: Words) -> str:
    """One or two sentences for the person at the command line: what is wrong, and where it is put right."""
    for kind in type(error).__mro__:
        if kind in FOR_OPERATORS:
            return FOR_OPERATORS[kind](error, words)
    return explain(error, words)


def _not_allowed(error: errors.NotAllowed, words: Words) -> str:
    match error.needed:
        case "admin":
            return words.t("Only admins of Pairloop can do this. Nothing was changed.")
        case "lead":
            return words.t("Only the cohort's lead or an admin can do this. Nothing was changed.")
        case "mentor":
            return words.t("This is for the mentor of the pair. Nothing was changed.")
        case "mentee":
            return words.t("This is for the mentee of the pair. Nothing was changed.")
        case "partner":
            return words.t("This is for your partner to answer. Nothing was changed.")
    return words.t("This is for the one who wrote it. Nothing was changed.")


def _store(error: errors.StoreUnavailable, words: Words) -> str:
    if error.reason == "locked":
        return words.t(
            "The database is busy right now, so nothing was saved. What you typed is still here: try again."
        )
    if error.reason == "full":
        return words.t(
            "There is no room left where Pairloop keeps things, so nothing was saved. What you typed is still here: "
            "please tell whoever runs Pairloop, and send it once there is room."
        )
    return words.t(
        "The database cannot be reached right now, so nothing was saved. What you typed is still here: "
        "please try again in a minute."
    )


EXPLANATIONS: dict[type[Exception], Explanation] = {
    **OF_THE_LOOP,
    **OF_THE_PROGRAMME,
    errors.TextMissing: lambda _, w: w.t("This needs a few words."),
    errors.TextTooLong: lambda e, w: w.t(
        "This is too long: {limit} characters fit here.", limit=w.number(e.limit)
    ),
    errors.TooManyTags: lambda e, w: w.t("Up to {limit} tags fit here.", limit=w.number(e.limit)),
    errors.ChoiceMissing: lambda _, w: w.t("Please choose one."),
    NothingToTell: lambda _, w: w.t(
        "There is nothing yet that a portfolio could tell. /loop goal begins it."
    ),
    NoPdf: lambda _, w: w.t(
        "PDFs need a part of Pairloop that is not installed here. HTML prints just as well."
    ),
    RhythmStands: lambda _, w: w.t("That is your rhythm already. Choose another day, time or distance."),
    errors.DateInPast: lambda e, w: w.t("That day has passed. Pick {day} or later.", day=w.day(e.earliest)),
    errors.DayToCome: lambda e, w: w.t(
        "That day is still to come. Pick {day} or a day before it.", day=w.day(e.today)
    ),
    errors.DayTooEarly: lambda e, w: w.t(
        "That is too long ago to note it here. Pick {day} or later.", day=w.day(e.earliest)
    ),
    errors.DayTooFar: lambda e, w: w.t(
        "That is further ahead than a pause can be. Pick {day} or earlier; nothing was changed.",
        day=w.day(e.latest),
    ),
    TalkTooFar: lambda e, w: w.t(
        "That is further ahead than a talk can be planned. Pick {day} or earlier.", day=w.day(e.latest)
    ),
    TimeInPast: lambda _, w: w.t("That time has passed today. Pick a later one, or another day."),
    errors.DayNotUnderstood: lambda e, w: w.t(
        "I could not read “{text}” as a day. Nothing was changed. Try friday, in two weeks, 3 dec or 2027-01-05.",
        text=e.text,
    ),
    DayOffTooFar: lambda e, w: w.t(
        "That is too far ahead to be entered yet. Pick {day} or earlier.", day=w.day(e.latest)
    ),
    DaysTurned: lambda _, w: w.t("The last day lies before the first. Pick the first or a later one."),
    QuietAllDay: lambda _, w: w.t(
        "That leaves less than an hour of the day, so nothing could reach you. Pick another time, "
        "or type /loop pause for a while without me."
    ),
    QuietHalf: lambda _, w: w.t("Quiet hours need both ends. Pick this one too, or leave both empty."),
    RegionUnknown: lambda e, w: w.t(
        "I know no holidays of “{text}”. Try a country or its code, such as Germany, DE or DE-BY; empty is fine, too.",
        text=e.text,
    ),
    errors.TimeInvalid: lambda _, w: w.t("I could not read this time. Try 10:00."),
    errors.NumberNotUnderstood: lambda e, w: w.t(
        "“{text}” is not a number I can read. Try 3 or {example}.", text=e.text, example=w.t("3.5")
    ),
    errors.NumberOutside: lambda e, w: w.t(
        "Pick a number from {low} to {high}.", low=w.number(e.low), high=w.number(e.high)
    ),
    errors.CommandNotUnderstood: lambda e, w: w.t(
        "I could not read that. It works like this: {usage}", usage=usage_of(e.word, w)
    ),
    errors.LinkNotUnderstood: lambda e, w: w.t(
        "“{text}” is no link that a browser opens. It begins with https://.", text=e.text
    ),
    errors.NotAllowed: _not_allowed,
    errors.NotFound: lambda _, w: w.t(
        "I cannot find this any more. It may have been removed; nothing was changed."
    ),
    errors.NotYourPartner: lambda _, w: w.t(
        "You can suggest a try to somebody who learns in a pair with you, and this is nobody like that. Nothing was "
        "sent."
    ),
    errors.NotHere: lambda _, w: w.t(
        "Pairloop is for the members of the workspace in which it is installed, and Slack does not list you among "
        "them. Nothing was changed."
    ),
    errors.NoPair: lambda _, w: w.t(
        "You are in no active pair right now, so nobody would read this. Type /loop help to see the next step."
    ),
    errors.PairOver: lambda _, w: w.t(
        "This pair has ended, so nothing new is written in it. Nothing was lost: what you two wrote can still be "
        "found with /loop find, and /loop help shows your next step."
    ),
    errors.TooManyOpen: lambda e, w: w.t(
        "{limit} are open already, and never more, so that each gets a fair chance. Finish, swap or drop one first.",
        limit=w.number(e.limit),
    ),
    errors.TooManySuggestions: lambda e, w: w.t(
        "{limit} suggestions at most wait for an answer, so that each gets a fair look. Open now: {behaviours}. "
        "Nothing was sent; there is room as soon as one is answered.",
        limit=w.number(e.limit),
        behaviours=w.names([f"“{one}”" for one in e.behaviours]),
    ),
    errors.Stale: lambda _, w: w.t(
        "Somebody changed this while you were writing. Please look again and send it once more."
    ),
    errors.WordsChanged: lambda _, w: w.t(
        "The words were changed in the meantime, and a yes is for words that you have read. Nothing was changed: "
        "please look at the new ones on the card, then answer once more."
    ),
    errors.ThreadFull: lambda e, w: w.t(
        "There are {limit} replies already, so this is worth a talk. Nothing was sent, and what you typed is still "
        "here: copy it if you like, and put it on the agenda with “Discuss next time”.",
        limit=w.number(e.limit),
    ),
    errors.TakenBack: lambda _, w: w.t(
        "This was taken back by whoever wrote it, so there is nothing to answer or to change any more. Nothing else "
        "was changed; you can always talk about it."
    ),
    errors.TooLateToTakeBack: lambda _, w: w.t(
        "Ten minutes have passed, so it can no longer be taken back, and nothing was changed. You can still change its "
        "words; your partner then reads that it was changed."
    ),
    errors.PreparingNeedsNumber: lambda _, w: w.t(
        "To note it three times first, it takes a number that shows it. Name one above, or start at once."
    ),
    errors.TurnsNeedEvent: lambda _, w: w.t(
        "A coin can only decide when you tell me that it comes up: choose “When I tap …” here, or no coin."
    ),
    errors.TurnsNeedNumber: lambda _, w: w.t(
        "To compare the times there has to be one number that you note each time: a plain number, or 1 to 5."
    ),
    errors.TurnsBegan: lambda _, w: w.t(
        "The coin has decided some of the times already. You can stop, but not toss anew: a test that starts over "
        "until it fits shows nothing."
    ),
    errors.NoTurnLeft: lambda e, w: w.t(
        "All {count} times have come, and nothing you noted is lost. Type /loop result and tell how it went.",
        count=e.occasions,
    ),
    errors.NotTakingTurns: lambda _, w: w.t(
        "This is a plain try by now, no coin decides. What you noted is kept; note further numbers on its card."
    ),
    errors.AlreadySettled: lambda _, w: w.t("This is settled already; nothing was changed."),
    errors.SuggestionExpired: lambda _, w: w.t(
        "This suggestion was open for three weeks and has passed, which is fine. Nothing was changed; /loop try takes "
        "the idea up again."
    ),
    errors.Withdrawn: lambda _, w: w.t(
        "This was taken back in the meantime and waits for no answer, so nothing was sent. If it stays on your mind, "
        "bring it up when you talk next."
    ),
    errors.NothingTried: lambda _, w: w.t(
        "It did not happen this time, so there is nothing to conclude from it yet. Nothing was changed; “Try another "
        "way” on the result takes it up again."
    ),
    errors.RoundOver: lambda _, w: w.t(
        "The next check-in has begun, so this one stays as it is. /loop checkin opens the new one."
    ),
    errors.DateTooLate: lambda e, w: w.t(
        "The next check-in is on {day}. Please pick a moment before it.", day=w.day(e.limit)
    ),
    errors.LastAdmin: lambda _, w: w.t("You are the only admin. Add somebody first, then you can step back."),
    errors.CodeRefused: lambda _, w: w.t(
        "This code does not fit. The right one is printed where Pairloop was started; each works once."
    ),
    errors.ClaimPaused: lambda e, w: w.t(
        "A few codes in a row did not fit, so let us take a short break: please try again on {moment}. "
        "The right code is printed where Pairloop was started.",
        moment=w.moment(e.until),
    ),
    errors.ClaimClosed: lambda _, w: w.t("Pairloop has an admin already. Ask them to add you."),
    errors.FormExpired: lambda _, w: w.t(
        "Slack lets a form open for three seconds only, and that was a moment too slow. Nothing was lost: try again."
    ),
    errors.FormGone: lambda _, w: w.t(
        "This window has changed or was closed in the meantime. Nothing was lost: please open it once more."
    ),
    errors.TokenRefused: lambda _, w: w.t(
        "Slack does not let Pairloop in at the moment. Nothing was lost; please tell whoever runs Pairloop, who can "
        "see in its log what to do."
    ),
    errors.SlackTrouble: lambda _, w: w.t(
        "Slack did not answer as it should. Nothing was lost; please try again."
    ),
    errors.StoreUnavailable: _store,
    UnknownTimeZone: lambda _, w: w.t("I do not know this time zone."),
}
