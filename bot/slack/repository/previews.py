"""What others get of what I wrote: the buttons under “Who sees what”, and what each of them shows."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import Block, Option, StaticSelectElement

from bot.domain.entries import Entry
from bot.domain.errors import NotOurs
from bot.domain.ids import MemberId
from bot.slack.blocks import Message, actions, and_more, clip, divider, header, note, plain, section, titled
from bot.slack.forms import OPTION_LIMIT
from bot.slack.payloads import id_in
from bot.slack.privacy import programme_sees
from bot.slack.repository.search import kind_text
from bot.usecases.repository.previews import Eyes, Onlooker, Sight
from bot.words import Words

OPEN = "preview.open"
MOST_ONLOOKERS = 100  # that a menu takes
TITLE, BODY = 100, 300


def with_previews(message: Message, onlookers: Sequence[Onlooker], words: Words) -> Message:
    """“Who sees what”, and under it a way to see for oneself."""
    if not onlookers:
        return message
    hint = section(words.t("See for yourself what others find and read of what you wrote:"))
    menu = StaticSelectElement(
        action_id=OPEN,
        placeholder=plain(words.t("Look as …"), OPTION_LIMIT),
        options=[_option(one, words) for one in onlookers[:MOST_ONLOOKERS]],
    )
    return Message(message.text, [*message.blocks, divider(), hint, actions(menu)])


def _option(onlooker: Onlooker, words: Words) -> Option:
    text = plain(onlooker_text(onlooker, words), OPTION_LIMIT)
    return Option(text=text, value=f"{onlooker.eyes}:{onlooker.member}")


def onlooker_text(onlooker: Onlooker, words: Words) -> str:
    """Who looks; by name only where who it is matters."""
    match onlooker.eyes:
        case Eyes.PARTNER | Eyes.LEAD:
            return onlooker.name
        case Eyes.ADMIN:
            return words.t("an admin")
        case Eyes.COHORT:
            return words.t("somebody of my cohort")
        case Eyes.COLLEAGUE:
            return words.t("somebody else here")


def parse_onlooker(value: str) -> tuple[Eyes, MemberId]:
    """Raises NotOurs for a button that carries anything else."""
    eyes, _, member = value.partition(":")
    try:
        return Eyes(eyes), MemberId(id_in(member))
    except ValueError as error:
        raise NotOurs("preview") from error


def preview_message(onlooker: Onlooker, mine: Sight, theirs: Sight, words: Words) -> Message:
    """What they find, the newest first; what they do not read; and where to change it."""
    who = onlooker_text(onlooker, words)
    title = words.t("What {onlooker} gets of what you wrote", onlooker=who)
    blocks = [header(title), *_found(theirs, words)]
    if onlooker.eyes in (Eyes.LEAD, Eyes.ADMIN):
        blocks.append(section(programme_sees(words)))
    if hidden := _hidden(mine, theirs, words):
        blocks.append(titled(words.t("Closed to them"), ", ".join(hidden)))
    blocks.append(
        note(words.t("Read just now with their eyes, and cut to what is yours. Only you see this."))
    )
    return Message(title, blocks)


def thing_message(read: Sequence[tuple[Onlooker, Sequence[Entry]]], words: Words) -> Message:
    """What each of those who could look gets of one thing; who gets nothing stands in one line."""
    title = words.t("What others get of this")
    told = [
        titled(onlooker_text(one, words), clip(_title_and_text(entry), BODY))
        for one, entries in read
        for entry in entries
    ]
    closed = [onlooker_text(one, words) for one, entries in read if not entries]
    rest = [titled(words.t("Nothing of it"), ", ".join(closed))] if closed else []
    return Message(title, [header(title), *told, *rest, note(_how_it_was_read(words))])


def _how_it_was_read(words: Words) -> str:
    return words.t("Read just now with their eyes, and cut to what is yours. Only you see this.")


def _found(theirs: Sight, words: Words) -> list[Block]:
    if not theirs.found:
        return [section(words.t("They find nothing of yours."))]
    told = [
        titled(_kind_and_day(entry, words), clip(_title_and_text(entry), BODY)) for entry in theirs.newest
    ]
    return [*told, *map(note, and_more(theirs.found - len(theirs.newest), words))]


def _kind_and_day(entry: Entry, words: Words) -> str:
    return words.t("{kind}, {day}", kind=kind_text(entry.kind, words), day=words.moment(entry.created_at))


def _title_and_text(entry: Entry) -> str:
    """Title and text, as search shows them."""
    return "\n".join(part for part in (clip(entry.title, TITLE), entry.body) if part)


def _hidden(mine: Sight, theirs: Sight, words: Words) -> list[str]:
    """What they read less of than I do, with how many of mine that are."""
    left = {store: count - theirs.seen.get(store, 0) for store, count in mine.seen.items()}
    names = names_of_words(words)
    return [
        words.t("{kind} ({count})", kind=names[store], count=count)
        for store, count in left.items()
        if count > 0
    ]


def names_of_words(words: Words) -> Mapping[str, str]:
    """What people call what they keep, by the store that keeps it."""
    return {
        "days_off": words.t("days off"),
        "pauses": words.t("pauses"),
        "charters": words.t("how you work together"),
        "feedback_wishes": words.t("how you like feedback"),
        "profiles": words.t("what you said when you joined"),
        "not_with": words.t("with whom you would rather not be"),
        "goals": words.t("goals"),
        "ladders": words.t("ladders"),
        "milestones": words.t("milestones"),
        "ladder_scores": words.t("places on a ladder"),
        "experiments": words.t("tries"),
        "hints": words.t("hints"),
        "suggestions": words.t("suggestions"),
        "results": words.t("results"),
        "turns": words.t("tosses of a coin"),
        "readings": words.t("numbers"),
        "responses": words.t("answers to tries"),
        "observations": words.t("observations"),
        "setbacks": words.t("what did not work"),
        "check_ins": words.t("check-ins"),
        "reviews": words.t("looks back"),
        "retro_items": words.t("lines of looks back"),
        "energies": words.t("energy"),
        "commitments": words.t("promises"),
        "sessions": words.t("talks"),
        "talks": words.t("planned talks"),
        "rhythm_proposals": words.t("proposed rhythms"),
        "asks": words.t("questions"),
        "answers": words.t("answers"),
        "thanks": words.t("thanks"),
        "replies": words.t("short replies"),
        "evidence": words.t("evidence"),
        **_names_of_wins(words),
        "stakeholder_asks": words.t("wishes for two lines"),
        "two_lines": words.t("two lines for others"),
        "insights": words.t("insights"),
        "insight_editions": words.t("earlier words of insights"),
        "patterns": words.t("what keeps coming back"),
        "portfolios": words.t("portfolios"),
        "quotes": words.t("wishes for words in a portfolio"),
        "saved_searches": words.t("saved searches"),
        "shared_insights": words.t("shared insights"),
        "help_requests": words.t("wishes for help"),
        "offers": words.t("what was offered to you"),
        "closings": words.t("last words"),
        "ledger_lines": words.t("what came to you by itself"),
    }


def _names_of_wins(words: Words) -> Mapping[str, str]:
    return {
        "shared_wins": words.t("small wins that you share"),
        "channel_wins": words.t("small wins for a channel"),
        "win_consents": words.t("small wins in which you are named"),
    }
