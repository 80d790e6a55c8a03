"""The words after /loop: what they do and for whom, buttons that run them, and what a near miss may have meant."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from slack_sdk.models.blocks import ButtonElement

from bot.slack.blocks import button
from bot.words import Words

RUN = "command.run"
# What each shortcut of the manifest does, as words after /loop.
SHORTCUTS = {
    "experiment.shortcut": "try",
    "result.shortcut": "result",
    "search.shortcut": "find",
    "evidence.shortcut": "evidence",
    "insight.shortcut": "insight",
}
NEAR_ENOUGH = 60  # of 100: "fnid" is near "find", "xyz" is near nothing
NAME_LIMIT = 100
VALUE_LIMIT = 2000  # docs.slack.dev/reference/block-kit/block-elements/button-element


@dataclass(frozen=True)
class Entry:
    """One command: its first word, how it is typed, and what it does.

    Args:
        roles: who it is for; "" is everybody.
    """

    word: str
    usage: str
    about: str
    roles: frozenset[str] = frozenset()


def entries(words: Words) -> list[Entry]:
    """All commands, in the order in which help shows them."""
    mentee, mentor, lead = frozenset({"mentee"}), frozenset({"mentor"}), frozenset({"lead"})
    return [
        Entry("try", "/loop try", words.t("Promise something small"), mentee),
        Entry("result", "/loop result", words.t("Tell how it went"), mentee),
        Entry("checkin", "/loop checkin", words.t("Answer the check-in, even before I ask"), mentee),
        Entry("ask", "/loop ask", words.t("Ask your mentor about something you face now"), mentee),
        Entry("brief", words.t("/loop brief @mentee"), words.t("One minute before a talk"), mentor),
        Entry("goal", "/loop goal", words.t("Set or change your goal"), mentee),
        Entry("evidence", "/loop evidence", words.t("Keep what shows that it works"), mentee | mentor),
        Entry("talked", "/loop talked", words.t("After a talk: what you take away"), mentee | mentor),
        Entry("find", words.t("/loop find words"), words.t("Search what people tried and what came of it")),
        Entry("insight", "/loop insight", words.t("Write down what you found out"), mentee | mentor),
        Entry("pair", words.t("/loop pair @mentor @mentee"), words.t("Ask two people to be a pair"), lead),
        Entry(
            "cohort", "/loop cohort new", words.t("Set up a rhythm for pairs; /loop cohort lists them"), lead
        ),
        Entry(
            "claim", words.t("/loop claim CODE"), words.t("Become the first admin"), frozenset({"newcomer"})
        ),
        Entry("admins", "/loop admins", words.t("See who the admins are, and add one"), lead),
        Entry("help", "/loop help", words.t("What you can do; /loop help all shows everything")),
    ]


def fitting(roles: frozenset[str], words: Words) -> list[Entry]:
    """The commands that somebody with these roles can use now."""
    return [entry for entry in entries(words) if not entry.roles or entry.roles & roles]


def run_button(text: str, command: str, *, style: str | None = None) -> ButtonElement:
    """A button that does what typing /loop with these words does."""
    # Buttons of one block need different ids, and an id has its limit: the first words tell them apart.
    name = "_".join(re.findall(r"\w+", command))[:NAME_LIMIT]
    return button(text, f"{RUN}.{name}", command[:VALUE_LIMIT], style=style)


def near(text: str, roles: frozenset[str], words: Words) -> Entry | None:
    """The command that somebody may have meant: one whose word stands further on ("set goal"), or is spelled alike.

    Those that fit the person's roles are thought of before the others.
    """
    known = {entry.word: entry for entry in [*fitting(roles, words), *entries(words)]}
    typed = text.lower().split()
    for word in typed:
        if word in known:
            return known[word]
    if not typed:
        return None
    best = process.extractOne(typed[0], list(known), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
    return known[best[0]] if best else None


def entry_of(word: str, words: Words) -> Entry | None:
    """The command of this word."""
    return next((entry for entry in entries(words) if entry.word == word), None)
