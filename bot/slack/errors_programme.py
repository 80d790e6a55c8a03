"""What goes wrong with cohorts, pairs and who is in them, in words; `bot.slack.errors` gathers them."""

from collections.abc import Callable
from typing import Any

from bot.domain import errors
from bot.domain.channels import ChannelUnfit
from bot.domain.charters import CharterChanged
from bot.domain.competencies import (
    FEWEST_LEVELS,
    LEVEL_LIMIT,
    MOST,
    MOST_LEVELS,
    CompetencyNamed,
    LevelsWrong,
    LevelTooLong,
    TooManyCompetencies,
)
from bot.domain.feeds import FeedAddressWrong
from bot.domain.matching import (
    MatchChanged,
    MatchGone,
    NoPlaceLeft,
    NotToMatch,
    OnListAlready,
    RuledOut,
)
from bot.domain.matching_fits import (
    LEAST_HOURS,
    Rule,
)
from bot.domain.pairs_circles import MOST_MENTEES, CircleFull, NoMentorToJoin
from bot.domain.pairs_replacing import NewMentorAsked, NoMentorToReplace
from bot.domain.profiles import (
    CannotJoin,
    CompetencyUnknown,
    LanguageUnknown,
    ListClosed,
    NoList,
    NothingToShare,
    NotOnList,
    PersonRepeated,
    PlacesWrong,
    TooManyChosen,
)
from bot.domain.questions import FEWEST, QuestionGone, QuestionThere, TooFewQuestions, TooManyQuestions
from bot.domain.questions import MOST as MOST_QUESTIONS
from bot.domain.requests import HelpWasAsked, NobodyToAsk
from bot.domain.resources import MOST as MOST_RESOURCES
from bot.domain.resources import ResourceLinkOpen, ResourceLinkPersonal, TooManyResources
from bot.domain.saved_searches import NothingToLookFor, TooManySaved
from bot.slack.blocks import clip
from bot.slack.programme.channels import unfit_text
from bot.slack.rhythm.questions import draw_in_words
from bot.words import Words


def _unfit(error: errors.PersonUnfit, words: Words) -> str:
    name = error.name or words.t("This person")
    reasons = {
        "yourself": words.t("That is you. A pair needs two people: please pick somebody else."),
        "same": words.t("{name} is there twice. A pair needs two people.", name=name),
        "ambiguous": words.t("Several people are called {name}. Please give the Slack id.", name=name),
        "email": words.t(
            "Pairloop does not ask Slack for e-mail addresses, so {name} cannot be found. "
            "Please give the Slack id or the display name.",
            name=name,
        ),
        "bot": words.t("{name} is an app. Please pick a person.", name=name),
        "guest": words.t(
            "{name} is a guest here, and guests cannot be paired. Please pick a full member.", name=name
        ),
        "deactivated": words.t("{name}'s account is deactivated. Please pick somebody else.", name=name),
        "foreign": words.t(
            "{name} belongs to another organisation. Please pick a member of this one.", name=name
        ),
    }
    unknown = words.t(
        "I know nobody here by that name. Please mention the person with @, or pick them in the form."
    )
    return reasons.get(error.reason, unknown)


def rule_text(rule: Rule, words: Words) -> str:
    """What rules two people out, in words that give nobody's private wish away."""
    return {
        Rule.SELF: words.t("nobody is their own mentor"),
        Rule.LANGUAGE: words.t("no language in common"),
        Rule.LINE: words.t("the same line of managers"),
        Rule.PAIR: words.t("they are a pair, or were, or were asked"),
        Rule.PERSONAL: words.t(
            "what only they know of themselves (such as less than {hours} hours a week in which both work)",
            hours=words.number(LEAST_HOURS),
        ),
    }[rule]


EXPLANATIONS: dict[type[Exception], Callable[[Any, Words], str]] = {
    LevelsWrong: lambda _, w: w.t(
        "Please write {fewest} to {most} levels, one on each line.",
        fewest=w.number(FEWEST_LEVELS),
        most=w.number(MOST_LEVELS),
    ),
    LevelTooLong: lambda e, w: w.t(
        "Line {number} has more than {limit} characters. One short line for each level, please.",
        number=w.number(e.number),
        limit=w.number(LEVEL_LIMIT),
    ),
    CompetencyNamed: lambda _, w: w.t("One on the list is called so already. Please choose another name."),
    TooManyCompetencies: lambda _, w: w.t(
        "The list holds {count} already, and people choose from it. Nothing was added; change one instead.",
        count=w.number(MOST),
    ),
    TooManyResources: lambda _, w: w.t(
        "The list is full: a cohort has {limit} resources at most. Nothing was saved; drop one first.",
        limit=w.number(MOST_RESOURCES),
    ),
    ResourceLinkOpen: lambda _, w: w.t(
        "Others could read along on the way to this page. Nothing was saved; please give a link that begins with "
        "https://."
    ),
    ResourceLinkPersonal: lambda _, w: w.t(
        "This link carries somebody's name or password before the @, and everybody in the cohort would read it. "
        "Nothing was saved; please give it without."
    ),
    CharterChanged: lambda e, w: w.t(
        "{name} proposed other words in the meantime. What you typed is still here: copy what you want to keep, and "
        "look at {name}'s words with /loop agreement first.",
        name=e.name,
    ),
    NewMentorAsked: lambda e, w: w.t(
        "{name} was proposed as the new mentor, and that is not settled yet. You can end that question in Pairs.",
        name=e.name,
    ),
    NoMentorToReplace: lambda _, w: w.t(
        "This works for one mentor with one mentee. Of peers or in a circle, end the pair and pair people anew."
    ),
    CircleFull: lambda e, w: w.t(
        "{name} has {most} mentees, or was asked to take them on, and one mentor has no more than that. Nobody was "
        "asked. Please pick another mentor, or wait until one of those pairs has ended.",
        name=e.name,
        most=w.number(MOST_MENTEES),
    ),
    NoMentorToJoin: lambda _, w: w.t(
        "These two learn from each other, so there is no one mentor to whom somebody could come. Nothing was changed; "
        "“Pair two people” brings any two together."
    ),
    HelpWasAsked: lambda e, w: w.t(
        "{name} has a wish of yours for this pair already and will come back to you. What you typed was not sent: "
        "please tell {name} directly.",
        name=e.contact,
    ),
    NobodyToAsk: lambda _, w: w.t(
        "Nobody looks after Pairloop here who is not in your pair, so nothing was sent. Whoever installed it can help."
    ),
    errors.PairExists: lambda _, w: w.t(
        "These two are a pair already, or have been asked. Nothing was changed."
    ),
    errors.PairRepeated: lambda e, w: w.t("The same two stand in line {line} already.", line=e.line),
    errors.NameTaken: lambda _, w: w.t("There is a cohort of this name already. Please choose another."),
    errors.CohortNotRunning: lambda _, w: w.t("This cohort is not running right now. Nothing was changed."),
    errors.CohortUnknown: lambda e, w: w.t(
        "There is no cohort called “{name}”. Type /loop cohort to see them all.", name=e.name
    ),
    errors.CohortNeeded: lambda _, w: w.t("There are several cohorts. Please say which one it is for."),
    errors.NoCohort: lambda _, w: w.t(
        "There is no running cohort yet. Type /loop cohort new to set the rhythm first; it takes a minute."
    ),
    FeedAddressWrong: lambda _, w: w.t(
        "This is no address of a calendar. It begins with https:// or webcal://, and your calendar calls it “iCal” "
        "or “ICS”."
    ),
    NothingToLookFor: lambda _, w: w.t(
        "These words stand nearly everywhere, or nowhere, so nothing could be new for them. Nothing was saved; one "
        "word more that says what it is about helps."
    ),
    TooManySaved: lambda e, w: w.t(
        "{limit} searches are saved already: {names}. This one was not saved; “Saved searches” in /loop settings "
        "removes one.",
        limit=w.number(e.limit),
        names=w.names(f"“{clip(name, 40)}”" for name in e.names),
    ),
    errors.PersonUnfit: _unfit,
    ChannelUnfit: unfit_text,
    TooFewQuestions: lambda e, w: w.t(
        "Nothing was changed: {fewest} questions at least stay on {draw}, or the same would come again and again. Add "
        "one of your own or turn another on first.",
        fewest=w.number(FEWEST),
        draw=draw_in_words(e.draw, w),
    ),
    TooManyQuestions: lambda _, w: w.t(
        "The list is full: a cohort has {limit} questions of its own at most. Nothing was saved; drop one first.",
        limit=w.number(MOST_QUESTIONS),
    ),
    QuestionThere: lambda _, w: w.t(
        "A question with these words is on the list already. Please change the words."
    ),
    QuestionGone: lambda _, w: w.t(
        "Somebody changed this question or dropped it since you opened the list. Nothing was changed; open the list "
        "again to see how it stands."
    ),
    NothingToShare: lambda _, w: w.t("Please pick at least one, here or of what you can help with."),
    TooManyChosen: lambda e, w: w.t("Please pick {limit} at most.", limit=w.number(e.limit)),
    LanguageUnknown: lambda e, w: w.t(
        "I do not know the language “{written}”. Please write its code of two letters, such as en or de.",
        written=e.written,
    ),
    CompetencyUnknown: lambda e, w: w.t(
        "“{written}” is not on the cohort's list. On it are: {known}.",
        written=e.written,
        known="; ".join(e.known),
    ),
    PlacesWrong: lambda e, w: w.t("Please write a whole number from 0 to {most}.", most=w.number(e.most)),
    PersonRepeated: lambda e, w: w.t("The same person stands in line {line} already.", line=e.line),
    ListClosed: lambda _, w: w.t(
        "Whoever leads this cohort invites people to its list. Nothing was saved; ask them to invite you."
    ),
    CannotJoin: lambda _, w: w.t(
        "Guests, and people of another organisation, cannot be in a pair here, so there is no list for you to join. "
        "Nothing was saved."
    ),
    NoList: lambda _, w: w.t(
        "No list is open to join right now. Ask whoever runs the mentoring here to invite you."
    ),
    NotOnList: lambda _, w: w.t(
        "You are not on that list, so there is nothing to leave. Type /loop join to join."
    ),
    MatchGone: lambda _, w: w.t(
        "This list was made anew or changed since, and nothing was sent. Type /loop cohort match to see how it stands."
    ),
    MatchChanged: lambda e, w: w.t(
        "Nothing was sent: since the list was made, something changed for {names}. Take them off the list, or make it "
        "anew.",
        names=w.names(e.names),
    ),
    RuledOut: lambda e, w: w.t("These two cannot be matched: {rule}.", rule=rule_text(e.rule, w)),
    NotToMatch: lambda _, w: w.t(
        "This person is not on the list of the cohort for that, or is away. /loop join puts them on it."
    ),
    OnListAlready: lambda _, w: w.t(
        "They have a mentor in this cohort, or on this list. Take that one off first."
    ),
    NoPlaceLeft: lambda _, w: w.t("They have no place left: they said how many people they mentor at most."),
}
