"""The words after /loop: what they do and for whom, buttons that run them, and what a near miss may have meant.

The English words are understood everywhere, and those of the catalogue by its readers: the translation of "/loop goal"
says how a goal is typed. Buttons carry the English words.
"""

import re
import unicodedata
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
    """One command: its own word, how it is typed in the reader's language, and what it does.

    Args:
        roles: who it is for; "" is everybody.
    """

    word: str
    usage: str
    about: str
    roles: frozenset[str] = frozenset()

    @property
    def spoken(self) -> str:
        """The first word in the reader's language: help shows what is understood."""
        return self.usage.split()[1]


def entries(words: Words) -> list[Entry]:
    """All commands, in the order in which help shows them."""
    mentee, mentor, lead = frozenset({"mentee"}), frozenset({"mentor"}), frozenset({"lead"})
    both = mentee | mentor
    return [
        Entry("try", words.t("/loop try"), words.t("Promise something small"), mentee),
        Entry("result", words.t("/loop result"), words.t("Tell how it went"), mentee),
        Entry("checkin", words.t("/loop checkin"), words.t("Answer the check-in, even before I ask"), mentee),
        Entry("ask", words.t("/loop ask"), words.t("Ask your partner about something you face now"), mentee),
        Entry("brief", words.t("/loop brief @mentee"), words.t("One minute before a talk"), mentor),
        Entry("suggest", words.t("/loop suggest @mentee"), words.t("Suggest something small to try"), mentor),
        Entry("goal", words.t("/loop goal"), words.t("Set or change your goal"), mentee),
        Entry("evidence", words.t("/loop evidence"), words.t("Keep what shows that it works"), both),
        Entry("talk", words.t("/loop talk"), words.t("Plan your next talk, or move it"), both),
        Entry("talked", words.t("/loop talked"), words.t("After a talk: what you take away"), both),
        Entry("observe", words.t("/loop observe @person"), words.t("Say what you saw somebody do"), both),
        Entry("find", words.t("/loop find words"), words.t("Search what people tried and what came of it")),
        Entry("insight", words.t("/loop insight"), words.t("Write down what you found out"), both),
        Entry("portfolio", words.t("/loop portfolio"), words.t("Your growth, as a file"), mentee),
        Entry("record", words.t("/loop record"), words.t("What you gave as a mentor"), mentor),
        Entry(
            "pause",
            words.t("/loop pause until friday"),
            words.t("Be away for a while; nothing is missed"),
            both,
        ),
        Entry("settings", words.t("/loop settings"), words.t("When you work, quiet hours, days off"), both),
        Entry("why", words.t("/loop why"), words.t("What I sent you on my own, and why; fewer of it")),
        Entry(
            "agreement", words.t("/loop agreement"), words.t("How you and your partner work together"), both
        ),
        Entry(
            "end", words.t("/loop end"), words.t("Agree on a date for the end of a pair, or renew it"), both
        ),
        Entry("leave", words.t("/loop leave"), words.t("End a pair well; no reason needed"), both),
        Entry("pair", words.t("/loop pair @mentor @mentee"), words.t("Ask two people to be a pair"), lead),
        Entry(
            "cohort",
            words.t("/loop cohort new"),
            words.t("Set up a rhythm for pairs; /loop cohort shows all cohorts"),
            lead,
        ),
        Entry("join", words.t("/loop join"), words.t("Say what you want to learn, or can help with")),
        Entry(
            "claim", words.t("/loop claim CODE"), words.t("Become the first admin"), frozenset({"newcomer"})
        ),
        Entry("admins", words.t("/loop admins"), words.t("See who the admins are, and add one"), lead),
        Entry("help", words.t("/loop help"), words.t("What you can do; /loop help all shows everything")),
    ]


def phrases(words: Words) -> dict[tuple[str, str], str]:
    """What a second word does after some commands, as it is typed in the reader's language."""
    return {
        ("cohort", "new"): words.t("/loop cohort new"),
        ("cohort", "match"): words.t("/loop cohort match"),
        ("goal", "new"): words.t("/loop goal new"),
        ("help", "all"): words.t("/loop help all"),
        ("help", "me"): words.t("/loop help me"),
        ("help", "how"): words.t("/loop help how"),
        ("help", "basics"): words.t("/loop help basics"),
        ("help", "privacy"): words.t("/loop help privacy"),
        ("help", "start"): words.t("/loop help start"),
    }


def understood(text: str, words: Words) -> tuple[str, str]:
    """The command's own word and what stands after it, whether typed in English or in the reader's language."""
    word, rest = [*text.split(maxsplit=1), "", ""][:2]
    entry = entry_of(word, words)
    known = entry.word if entry else _folded(word)
    for (command, option), phrase in phrases(words).items():
        if known == command and _folded(rest.strip()) in (option, _folded(phrase.split()[2])):
            return known, option
    return known, rest.strip()


def _folded(word: str) -> str:
    """Words that look alike are alike: a Mac may type "ä" as two characters."""
    return unicodedata.normalize("NFC", word).casefold()


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
    known: dict[str, Entry] = {}
    for entry in [*fitting(roles, words), *entries(words)]:
        known |= {_folded(entry.spoken): entry, entry.word: entry}
    typed = _folded(text).split()
    for word in typed:
        if word in known:
            return known[word]
    if not typed:
        return None
    best = process.extractOne(typed[0], list(known), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
    return known[best[0]] if best else None


def usage_of(word: str, words: Words) -> str:
    """How the command of this word is typed."""
    entry = entry_of(word, words)
    return entry.usage if entry else f"/loop {word}"


def entry_of(word: str, words: Words) -> Entry | None:
    """The command of this word, in English or in the reader's language."""
    typed = _folded(word)
    return next((each for each in entries(words) if typed in (each.word, _folded(each.spoken))), None)
