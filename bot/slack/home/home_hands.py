"""On App Home of whoever looks after pairs, above everything else: what needs a hand, each with its button."""

from slack_sdk.models.blocks import Block

from bot.domain.hands import Hand, HandLine
from bot.slack.blocks import and_more, button, header, note, section
from bot.slack.home.home_stuck import stuck_blocks
from bot.slack.people import admins
from bot.slack.programme import channels, cohorts, feeds, requests
from bot.usecases.home.home import Home
from bot.words import Words

SHOWN = 8


def hand_blocks(home: Home, words: Words) -> list[Block]:
    """Nothing where there is nothing to do."""
    lines = home.hand.lines
    if not lines:
        return stuck_blocks(home, words)
    rest = [note(line) for line in and_more(len(lines) - SHOWN, words)]
    told = [_hand_row(line, home, words) for line in lines[:SHOWN]]
    return [header(words.t("Needs a hand")), *told, *rest, *stuck_blocks(home, words)]


def _hand_row(line: HandLine, home: Home, words: Words) -> Block:
    cohort = home.hand.cohorts.get(line.cohort_id, "") if line.cohort_id is not None else ""
    action, value = {
        Hand.REQUEST: (requests.WAITING, line.first),
        Hand.GONE: (cohorts.PAIRS, line.cohort_id),
        Hand.LEFT: (cohorts.MATCHING, line.cohort_id),
        Hand.ASKED: (cohorts.PAIRS, line.cohort_id),
        Hand.CHANNEL: (channels.OPEN, line.cohort_id),
        Hand.FEED: (feeds.OPEN, line.cohort_id),
        Hand.FAILED: (admins.FAILURES, 0),
    }[line.hand]
    return section(_hand_text(line, cohort, words), button(words.t("Show"), action, value))


def _hand_text(line: HandLine, cohort: str, words: Words) -> str:
    match line.hand:
        case Hand.REQUEST:
            return words.n(
                "{count} person asked you for help with a pair.",
                "{count} people asked you for help with a pair.",
                line.count,
            )
        case Hand.GONE:
            return words.n(
                "{cohort}: in {count} pair an account was closed, and somebody needs a partner.",
                "{cohort}: in {count} pairs an account was closed, and somebody needs a partner.",
                line.count,
                cohort=cohort,
            )
        case Hand.LEFT:
            return words.n(
                "{cohort}: {count} person on the list has nobody to learn from.",
                "{cohort}: {count} people on the list have nobody to learn from.",
                line.count,
                cohort=cohort,
            )
        case Hand.ASKED:
            return words.n(
                "{cohort}: {count} question to two waits for an answer, reminded of once.",
                "{cohort}: {count} questions to two wait for an answer, reminded of once.",
                line.count,
                cohort=cohort,
            )
        case Hand.CHANNEL | Hand.FEED:
            return _broken_text(line.hand, cohort, words)
        case _:
            return words.n("{count} message did not arrive.", "{count} messages did not arrive.", line.count)


def _broken_text(hand: Hand, cohort: str, words: Words) -> str:
    if hand is Hand.CHANNEL:
        return words.t("{cohort}: small wins did not arrive in their channel, and wait.", cohort=cohort)
    return words.t("{cohort}: the project calendar cannot be read.", cohort=cohort)
