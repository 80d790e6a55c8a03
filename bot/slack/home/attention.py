"""The first line of App Home and of the panel: what waits now, else what comes next; and its button."""

from datetime import date, datetime

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.attention import Matter, What
from bot.slack.blocks import button, clip, note
from bot.slack.home.beginnings import first_step_text
from bot.slack.loop import responses, results
from bot.slack.people.pauses import away_line, partner_line
from bot.slack.programme.pairs_until import passed_line
from bot.slack.rhythm import asks, checkins
from bot.usecases.home.home import Beginning, Home
from bot.words import Words

LINE = 150
TALKS_SHOWN = 3


def first_line(home: Home, words: Words) -> str:
    """What this person should know before everything else."""
    if home.away is not None:
        return away_line(home.away, words)
    if home.matters:
        return _matter_text(home.matters[0], home, words)
    if home.beginning is not None:
        return first_step_text(home.beginning, (), words)
    if home.rests:
        return words.t(
            "Check-ins rest while {cohort} is paused; nothing waits for you.", cohort=words.names(home.rests)
        )
    return words.t("Nothing waits for you right now.")


def coming_note(home: Home, words: Words) -> list[Block]:
    """The small lines below it: who is away, what comes next after what waits, and the next talks."""
    away = (partner_line(*one, words) for one in home.partners_away)
    lines = [*away, *_passed_dates(home, words), *_coming(home, words)]
    return [note("\n".join(lines))] if lines else []


def _passed_dates(home: Home, words: Words) -> list[str]:
    """Of the pairs that go on beyond the date that was named for their end."""
    memberships = [*home.learning, *(line.membership for line in home.mentoring)]
    pairs = {one.pair.id: one for one in memberships}
    return [
        passed_line(words.names(one.partner_names), words.full_day(one.pair.ends_on), words)
        for one in pairs.values()
        if one.pair.ends_on is not None and one.pair.ends_on < words.today(home.now)
    ]


def _coming(home: Home, words: Words) -> list[str]:
    if home.away is not None:
        return [_matter_text(matter, home, words) for matter in home.matters[:1]]
    rest = [matter for matter in home.matters[1:] if not matter.waits]
    learning = {membership.pair.id for membership in home.learning}
    talks = [matter for matter in rest if matter.what is What.TALK and matter.pair_id in learning]
    asked = [matter for matter in rest if matter.what is not What.TALK]
    behind = asked[:1] if home.matters and home.matters[0].waits else []
    return [_matter_text(matter, home, words) for matter in (*behind, *talks[:TALKS_SHOWN])]


def lead_button(home: Home, words: Words) -> ButtonElement | None:
    """What to press for what waits; None where nothing does, or where it waits in a message."""
    matter = next((matter for matter in home.matters if matter.waits), None)
    if matter is None:
        return None
    match matter.what:
        case What.ASK:
            return button(words.t("Answer"), asks.ANSWER, matter.subject)
        case What.CHECK_IN:
            return button(words.t("Check in"), checkins.ANSWER, matter.subject)
        case What.OUTCOME:
            return button(words.t("Tell how it went"), results.HAPPENED, matter.subject)
        case What.RESULT:
            return button(words.t("Respond"), responses.OPEN, matter.subject)
        case What.CONSENT | What.TALK:
            return None


def _matter_text(matter: Matter, home: Home, words: Words) -> str:
    return _waits(matter, home, words) if matter.waits else _comes(matter, home, words)


def _waits(matter: Matter, home: Home, words: Words) -> str:
    partner = words.names(home.partners_in(matter.pair_id))
    match matter.what:
        case What.ASK:
            return words.t("{name} faces something and hopes for your answer.", name=partner)
        case What.CONSENT:
            return _question_text(matter, words)
        case What.CHECK_IN:
            return words.t("Your check-in with {partner} is open. It takes two minutes.", partner=partner)
        case What.OUTCOME:
            return words.t(
                "How did it go: “{behaviour}”? It takes two minutes.",
                behaviour=_tried_behaviour(matter, home),
            )
        case What.RESULT:
            return _result(matter, partner, home.now, words)
        case What.TALK:
            return _comes(matter, home, words)


def _question_text(matter: Matter, words: Words) -> str:
    """It may still be to come: a question keeps clear of the hours in which nobody wants to hear of anything."""
    if matter.at is None:
        return first_step_text(Beginning.ASKED, (), words)
    moment = words.moment(matter.at)
    return words.t("Somebody would like to pair with you: the question comes on {moment}.", moment=moment)


def _result(matter: Matter, partner: str, now: datetime, words: Words) -> str:
    """A promise is said until its day has come; after that there is no word about lateness."""
    if matter.day is not None and matter.day >= words.today(now):
        day = words.day(matter.day)
        return words.t("{name} told a result; you said that you answer by {day}.", name=partner, day=day)
    return words.t("{name} told a result and hopes for your answer.", name=partner)


def _comes(matter: Matter, home: Home, words: Words) -> str:
    partner, when = words.names(home.partners_in(matter.pair_id)), _when(matter.day, matter.at, words)
    match matter.what:
        case What.CHECK_IN if matter.put_off:
            return words.t(
                "You put off your check-in with {partner} until {when}. You can answer before, too.",
                partner=partner,
                when=when,
            )
        case What.OUTCOME:
            return words.t(
                "Next: {when}, the question how it went: “{behaviour}”.",
                when=when,
                behaviour=_tried_behaviour(matter, home),
            )
        case What.TALK:
            return words.t("Next talk with {partner}: {day}.", partner=partner, day=when)
    return words.t("Next: {when}, check-in with {partner}.", when=when, partner=partner)


def _when(day: date | None, at: datetime | None, words: Words) -> str:
    if at is not None:
        return words.moment(at)
    return words.day(day) if day is not None else ""


def _tried_behaviour(matter: Matter, home: Home) -> str:
    found = next((one for one in home.experiments if one.id == matter.subject), None)
    return clip(found.behaviour, LINE) if found else ""
