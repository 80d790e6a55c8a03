"""How sure a result is, as people say it."""

from bot.domain.results import Grade
from bot.words import Words


def sure_text(grade: Grade, words: Words) -> str:
    """How far it carries, as people say it."""
    match grade:
        case Grade.TESTED:
            return words.t("tested")
        case Grade.REPEATED:
            return words.t("seen again")
        case Grade.HUNCH:
            return words.t("once so far")
