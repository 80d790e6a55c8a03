"""What becomes of a check-in on a day on which somebody does not work, in words."""

from bot.domain.working_life import HolidayPolicy
from bot.words import Words


def policies(words: Words) -> list[tuple[str, str]]:
    """What a lead may choose, each with its words."""
    return [(policy_in_words(policy, words), policy.value) for policy in HolidayPolicy]


def policy_in_words(policy: HolidayPolicy, words: Words) -> str:
    match policy:
        case HolidayPolicy.AFTER:
            return words.t("The working day after")
        case HolidayPolicy.BEFORE:
            return words.t("The working day before")
        case HolidayPolicy.SKIP:
            return words.t("Left out; nothing is missed")
