"""Feedback the other way in a check-in: what it asks, who will read it, and what the answer is called."""

from collections.abc import Sequence

from bot.domain.checkins_two_ways import Ways, ways_asked
from bot.words import Words


def ways_label(ways: Ways, mentors: Sequence[str], words: Words) -> str:
    """The question, and before a word is written who will read the answer."""
    name = words.names(mentors)
    if ways is Ways.HELPED:
        return words.t("What has helped you most with {mentor}? This goes to {mentor}.", mentor=name)
    return words.t(
        "What helped you most, and what should {mentor} do more of? This goes to {mentor}.", mentor=name
    )


def ways_title(question: str, words: Words) -> str:
    """What the answer is called where it is read; "" for the answer to a pack's question."""
    match ways_asked(question):
        case Ways.HELPED:
            return words.t("What helped most")
        case Ways.MORE:
            return words.t("What helped most, and what there should be more of")
    return ""
