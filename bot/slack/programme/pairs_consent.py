"""What the two of a pair read: the question, the welcome, and the words when it ends."""

from collections.abc import Iterable

from slack_sdk.models.blocks import Block

from bot.domain.members import Member
from bot.domain.pairs import Consent, PairState, Role
from bot.slack.blocks import Message, actions, button, header, note, say, section
from bot.slack.home.commands import run_button
from bot.slack.home.settings import region_question
from bot.slack.loop import goals
from bot.slack.people.mentions import around, mentions
from bot.slack.privacy import between_us, programme_sees
from bot.slack.programme.charters import charter_button
from bot.slack.programme.pairs import CHOOSE, HOW, NO, OPEN, YES, replace_button, why
from bot.slack.repository.closings import closing_button
from bot.slack.rhythm.rhythms import rhythm
from bot.usecases.programme.pairs_consent import NOT_NOW, STARTED, ConsentAsk, PairNews, Welcome
from bot.usecases.programme.pairs_ending import NeedsPartner, PairEnded, PairRests
from bot.words import Words

STEWARDS_SHOWN = 3  # of those who look after a pair, where that is every admin


def consent_card(ask: ConsentAsk, words: Words) -> Message:
    """The question to one of the two; once it is settled, what came of it."""
    title = _consent_question(ask, words)
    if ask.state is not PairState.ASKED or ask.answer is not Consent.ASKED:
        text = _settled(ask, words)
        return Message(f"{title} {text}", [header(title), section(text)])
    blocks: list[Block] = [
        header(title),
        _who_asks(ask, words),
        *([why(words.t("Why you two:"), ask.reason)] if ask.reason else []),
        *(section(line) for line in _in_anothers_place(ask, words)),
        section(_what_it_is(ask, words)),
        section(_how_often(ask, words)),
        section(between_us(words)),
        section(programme_sees(words)),
        actions(
            button(words.t("Yes, gladly"), CHOOSE if _picks(ask) else YES, ask.pair_id, style="primary"),
            button(words.t("No, thanks"), NO, ask.pair_id),
        ),
        note(words.t("A no needs no reason; whoever asked only reads “not now”.")),
        note(_silence(ask, words)),
    ]
    return Message(title, blocks)


def welcome(data: Welcome, words: Words) -> Message:
    """The first message of a pair: who it is, what happens, how long it takes, who sees what, whom to ask."""
    title = words.t("You and {name} are set", name=_in_full(data.partners, words))
    lines = _mentee_lines(data, words) if data.role.learns else _mentor_lines(data, words)
    buttons = [button(words.t("How this works"), HOW, data.pair_id)]
    if data.role.learns and data.follows:
        shown = words.t("What {name} sees", name=_names(data.partners, words))
        buttons.insert(0, button(shown, CHOOSE, data.pair_id, style="primary"))
    elif data.role.learns:
        buttons.insert(0, button(words.t("Set a goal"), goals.OPEN, style="primary"))
    buttons.insert(-1, charter_button(data.pair_id, words))
    blocks = [
        header(title),
        _introduction(data, words),
        *(section(line) for line in lines),
        *([section(_time_before(data, words))] if data.follows else []),
        *([_whom_to_ask(data, words)] if data.stewards else []),
        actions(*buttons),
        *(region_question(words.tz, words) if data.asks_region else []),
        note(_first(data, words)),
    ]
    return Message(title, blocks)


def how_it_works(words: Words) -> Message:
    """The loop in five lines."""
    title = words.t("How this works")
    lines = (
        words.t("1. You set a goal: one sentence about what you want to be able to do."),
        words.t("2. You try something small for a week or two, with a sign that shows whether it works."),
        words.t("3. I ask how it went. Whatever came of it is a finding."),
        words.t("4. Your mentor or peer answers with a line, and you pick what comes next."),
        words.t("5. What works is kept, so that you find it again with /loop find."),
    )
    return Message(title, [header(title), *(section(line) for line in lines), note(between_us(words))])


def pair_news(news: PairNews, words: Words) -> Message:
    """What the one who asked reads: how it went, in names and no more."""
    names = words.names((*news.mentors, *news.mentees))
    if news.news == STARTED.name:
        title = words.t("{names} are a pair now", names=names)
        text = words.t("Both said yes. Their first messages are on the way; there is nothing for you to do.")
    elif news.news == NOT_NOW.name:
        title = words.t("{names}: not now", names=names)
        text = words.t("This pair does not start for now. No reason is needed, and none was asked for.")
    else:
        waiting = words.names(news.waiting_for)
        title = words.t("{names} have not begun yet", names=names)
        text = words.t(
            "{waiting} has not answered yet. Messages get lost, so a word from you may be all it needs.",
            waiting=waiting,
        )
    return Message(title, [header(title), section(text), note(_cohort_line(news.cohort.name, words))])


def pair_ended(data: PairEnded, words: Words) -> Message:
    """Neutral words at the end of a pair."""
    title = _ended_title(data, words)
    kept = words.t("Check-ins stop here. What you wrote stays, and you both can still read it.")
    thanks = words.t("Thank you for the time you gave each other.")
    last = actions(closing_button(data.pair_id, words))
    return Message(title, [header(title), section(kept), last, *_taken_along(data, words), note(thanks)])


def _taken_along(data: PairEnded, words: Words) -> list[Block]:
    """The way to a page of what was learned, for whoever did."""
    if not data.learned:
        return []
    text = words.t("What you wanted, tried and found out can come along with you, as a page of your own.")
    return [section(text, run_button(words.t("My portfolio"), "portfolio"))]


def _ended_title(data: PairEnded, words: Words) -> str:
    if data.mine:
        return words.t("You have ended your pair with {name}", name=words.names(data.partners))
    if data.by:
        return words.t("{name} has ended the pair; thank you for the time", name=data.by)
    return words.t("Your pair with {name} has ended", name=words.names(data.partners))


def pair_rests(data: PairRests, words: Words) -> Message:
    """Neutral words when a partner's account was closed."""
    name = words.names(data.gone)
    title = words.t("Check-ins with {name} rest", name=name)
    text = words.t("{name}'s account here was closed. Nothing you wrote is lost.", name=name)
    following = words.t("Whoever looks after your cohort knows, and will come back to you.")
    ways = actions(run_button(words.t("Help with my pair"), "help me"))
    return Message(title, [header(title), section(text), ways, note(following)])


def needs_partner(data: NeedsPartner, words: Words) -> Message:
    """What the lead reads when somebody's account was closed."""
    gone = words.names(data.gone)
    if not data.left:
        title = words.t("A pair has gone")
    else:
        title = words.t("{name} needs a partner", name=words.names(data.left))
    text = words.t("{name}'s account was closed, so the check-ins of this pair rest.", name=gone)
    blocks = [
        header(title),
        section(text),
        actions(
            replace_button(data.pair_id, words)
            if data.may_replace
            else button(words.t("Pair two people"), OPEN)
        ),
        note(_cohort_line(data.cohort.name, words)),
    ]
    return Message(title, blocks)


def _consent_question(ask: ConsentAsk, words: Words) -> str:
    partner = _in_full(ask.partners, words)
    if ask.role is Role.BOTH:
        return words.t("Would you like {name} as your peer?", name=partner)
    if ask.role.learns:
        return words.t("Would you like {name} as your mentor?", name=partner)
    return words.t("Would you like to be {name}'s mentor?", name=partner)


def _picks(ask: ConsentAsk) -> bool:
    """Whether a yes begins with what the new mentor may see."""
    return ask.follows and ask.role.learns


def _in_anothers_place(ask: ConsentAsk, words: Words) -> list[str]:
    """What becomes of the time before."""
    if not ask.follows:
        return []
    name = _names(ask.partners, words)
    if not ask.role.learns:
        return [had_another_mentor(ask.partners, words)]
    picks = words.t("You pick what {name} sees from before. The rest stays with you.", name=name)
    if not ask.former:
        return [picks]
    before = words.t(
        "{name} would take {former}'s place. Until you have both said yes, all goes on, and {former} hears nothing.",
        name=name,
        former=words.names(ask.former),
    )
    return [before, picks]


def had_another_mentor(mentees: Iterable[Member], words: Words) -> str:
    """What a new mentor knows of the time before."""
    return words.t(
        "{name} had another mentor before, and picks what you see of that time.", name=_names(mentees, words)
    )


def _who_asks(ask: ConsentAsk, words: Words) -> Block:
    """Who thought of it, and the other one with a way to their profile."""
    partners = mentions(ask.partners, words)
    if ask.asker is None:
        return around(words.t("Your programme thought of you and {partner}."), partner=partners)
    asker = mentions([ask.asker], words)
    if ask.asked_by_partner:
        return around(words.t("{asker} asks you."), asker=asker)
    return around(words.t("{asker} thought of you and {partner}."), asker=asker, partner=partners)


def _what_it_is(ask: ConsentAsk, words: Words) -> str:
    partner = _names(ask.partners, words)
    if ask.role is Role.BOTH:
        return words.t(
            "Each of you picks a goal and tries small things; you help {name} to see what works, and {name} helps you.",
            name=partner,
        )
    if ask.role.learns:
        return words.t("You pick a goal and try small things; {name} helps you see what works.", name=partner)
    return words.t("{name} picks a goal and tries small things; you help to see what works.", name=partner)


def _how_often(ask: ConsentAsk, words: Words) -> str:
    often = rhythm(ask.cohort.cadence, words)
    if ask.role.learns:
        return words.t("It takes two minutes, {rhythm}.", rhythm=often)
    # A check-in comes on the clock of whoever learns, which may be far from the mentor's.
    partner = words.names(one.name for one in ask.partners)
    return words.t("It takes two minutes, {rhythm} on {name}'s clock.", rhythm=often, name=partner)


def _silence(ask: ConsentAsk, words: Words) -> str:
    if ask.again:
        return words.t("You were asked a few days ago, and this is the only reminder.")
    return words.t("If you leave it, I ask once more in three working days.")


def _settled(ask: ConsentAsk, words: Words) -> str:
    if ask.answer is Consent.NO:
        return words.t("You said: not now. That is all; nobody asks why.")
    match ask.state:
        case PairState.ASKED:
            partner = _names(ask.partners, words)
            return words.t("You said yes. As soon as {name} does too, it begins.", name=partner)
        case PairState.ACTIVE | PairState.PAUSED:
            return words.t("You both said yes.")
        case PairState.ENDED if ask.began:
            return words.t("You both said yes. This pair has ended since.")
    return words.t("This pair does not start for now. There is nothing for you to do.")


def _mentee_lines(data: Welcome, words: Words) -> tuple[str, ...]:
    energy = words.t("How much energy you had is for you alone.")
    often = rhythm(data.cohort.cadence, words)
    happens = words.t(
        "What happens: a check-in {rhythm}, small things to try, and your own record of what works.",
        rhythm=often,
    )
    if data.role is Role.BOTH:
        partner = _names(data.partners, words)
        also = words.t("{name} does the same, and you get each other's results.", name=partner)
        happens = f"{happens} {also}"
    return (
        happens,
        words.t("How long it takes: about two minutes each time."),
        f"{between_us(words)} {energy}",
    )


def _mentor_lines(data: Welcome, words: Words) -> tuple[str, ...]:
    partner = _names(data.partners, words)
    return (
        words.t(
            "What happens: {name} sets a goal and tries small things, with a check-in {rhythm} on their own clock. "
            "You get each result.",
            name=partner,
            rhythm=rhythm(data.cohort.cadence, words),
        ),
        words.t("How long it takes: two minutes each time. One line back, while it is fresh, helps most."),
        between_us(words),
    )


def _time_before(data: Welcome, words: Words) -> str:
    if not data.role.learns:
        return had_another_mentor(data.partners, words)
    return words.t(
        "{name} sees from before what you picked, and only that. What you changed since is with you; you can show it, "
        "and more, at any time.",
        name=_names(data.partners, words),
    )


def _first(data: Welcome, words: Words) -> str:
    moment = words.moment(data.first)
    if data.role.learns:
        return words.t("First check-in: {moment}.", moment=moment)
    return words.t(
        "{name}'s first check-in: {moment} on your clock.", name=_names(data.partners, words), moment=moment
    )


def _introduction(data: Welcome, words: Words) -> Block:
    partner = mentions(data.partners, words)
    match data.role:
        case Role.MENTEE:
            return around(
                words.t("Your mentor is {partner}. A hello from you is a good start."), partner=partner
            )
        case Role.MENTOR:
            return around(words.t("You mentor {partner}. A hello from you is a good start."), partner=partner)
        case Role.BOTH:
            return around(
                words.t("You and {partner} learn from each other. A hello from you is a good start."),
                partner=partner,
            )


def _whom_to_ask(data: Welcome, words: Words) -> Block:
    """Whoever looks after the pair, by name."""
    return around(
        words.t("Questions, or something does not fit? Ask {people}, also about the rhythm of {cohort}."),
        people=mentions(data.stewards[:STEWARDS_SHOWN], words),
        cohort=[say(data.cohort.name)],
    )


def _names(people: Iterable[Member], words: Words) -> str:
    return words.names(one.name for one in people)


def _in_full(people: Iterable[Member], words: Words) -> str:
    return words.names(one.in_full for one in people)


def _cohort_line(name: str, words: Words) -> str:
    return words.t("Cohort: {name}", name=name)
