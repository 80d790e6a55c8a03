"""The first step of somebody who is in no pair yet, on App Home and in help."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ButtonElement

from bot.slack.home.commands import run_button
from bot.usecases.home.home import Beginning
from bot.words import Words


def first_step_text(beginning: Beginning, admins: Sequence[str], words: Words) -> str:
    """Where they stand, and what they can do. `admins` are those whom they may ask, as far as is known here."""
    match beginning:
        case Beginning.RESTING:
            return words.t(
                "Your pair rests for now, and nothing you wrote is lost. Whoever looks after your cohort knows, and "
                "will come back to you."
            )
        case Beginning.ASKED:
            return words.t(
                "Somebody would like to pair with you: the question comes in your messages with me."
            )
        case Beginning.UNCLAIMED:
            return words.t(
                "Welcome. Nobody looks after Pairloop here yet. Whoever started it has a code: type /loop claim "
                "and the code."
            )
        case Beginning.RHYTHM | Beginning.PAIR | Beginning.RUNNING:
            return _of_a_lead(beginning, words)
    text = words.t(
        "Welcome. Once you are in a pair, your goal, what you try and what you found out will appear here."
    )
    return words.t("{text} {names} can pair you.", text=text, names=words.names(admins)) if admins else text


def _of_a_lead(beginning: Beginning, words: Words) -> str:
    match beginning:
        case Beginning.RHYTHM:
            return words.t(
                "Welcome. Pairs, tries and insights will appear here. First a rhythm, then a pair."
            )
        case Beginning.PAIR:
            return words.t("Welcome. The rhythm is set; the next step is a pair.")
    return words.t("Your pairs are on their way. /loop cohort shows how they are doing, in numbers only.")


def first_step(beginning: Beginning, words: Words) -> list[ButtonElement]:
    """What to press for it, the likeliest first."""
    how = run_button(words.t("How this works"), "help how")
    steps = run_button(words.t("First steps"), "help start")
    match beginning:
        case Beginning.RHYTHM:
            return [run_button(words.t("New cohort"), "cohort new"), steps]
        case Beginning.PAIR | Beginning.RUNNING:
            return [run_button(words.t("Pair two people"), "pair"), steps]
    return [how]
