"""What each figure of a cohort is called, and what it means."""

from bot.domain.figures import FigureName
from bot.domain.talks import MONTH
from bot.words import Words


def name_text(name: FigureName, words: Words) -> str:
    names = {
        FigureName.STARTED: words.t("Pairs that started"),
        FigureName.TALKING: words.t("Pairs that talk"),
        FigureName.SUGGESTED: words.t("Tries suggested"),
        FigureName.TAKEN: words.t("Suggestions taken up"),
        FigureName.TRIED: words.t("Tries"),
        FigureName.TOLD: words.t("Tries told of"),
        FigureName.INSIGHT: words.t("Became an insight"),
        FigureName.IN_TIME: words.t("Replies in time"),
        FigureName.ANSWER_DAYS: words.t("Days until a reply"),
        FigureName.GOALS_MOVED: words.t("Goals that moved"),
        FigureName.WITH_READINGS: words.t("Tries with numbers"),
        FigureName.TESTED: words.t("Tries that were tested"),
        FigureName.REACHED: words.t("Who is reached"),
        FigureName.TO_COMPETENCE: words.t("Time to competence"),
    }
    return names.get(name, name.value)


def meaning(name: FigureName, words: Words) -> str:
    """How it is counted, in a sentence."""
    days = words.number(MONTH.days)
    meanings = {
        FigureName.STARTED: words.t("Pairs in which everybody said yes, since the cohort began."),
        FigureName.TALKING: words.t(
            "Of the pairs that are active: those with a talk or an answered check-in in the {days} days before.",
            days=days,
        ),
        FigureName.SUGGESTED: words.t("Suggestions that somebody made to a partner, since the cohort began."),
        FigureName.TAKEN: words.t("Of those: the ones that became somebody's try, changed or not."),
        FigureName.TRIED: words.t("Small tries that people promised themselves, since the cohort began."),
        FigureName.TOLD: words.t("Of those: the ones of which somebody told what came of it."),
        FigureName.INSIGHT: words.t("Of those told of: the ones of which an insight was kept."),
        FigureName.IN_TIME: words.t(
            "Of the replies that came or were due, to situations and results: those on the day hoped for, or before."
        ),
        FigureName.ANSWER_DAYS: words.t(
            "From a situation or a result to its reply, in days of 24 hours; half took no longer."
        ),
        FigureName.GOALS_MOVED: words.t(
            "Of all goals: those that were reached, or seen at least one line of their ladder above where they began."
        ),
        FigureName.WITH_READINGS: words.t(
            "Of all tries: those with a number that was noted three times or more."
        ),
        FigureName.TESTED: words.t("Of those told of: the ones that held when they were put to the test."),
        FigureName.REACHED: words.t(
            "Of those who learn in active pairs: who talked or answered a check-in in the {days} days before.",
            days=days,
        ),
        FigureName.TO_COMPETENCE: words.t(
            "From the beginning of a goal to the first milestone that both saw, for each person and competency, in "
            "weeks that had begun; half took no longer."
        ),
    }
    return meanings.get(name, "")
