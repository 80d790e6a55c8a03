"""The words after /loop: what they do, for whom, and how help shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from slack_sdk.models.blocks import Block, ButtonElement

from bot.slack.blocks import Message, actions, button, fields, header, note, section
from bot.words import Words

RUN = "command.run"
NEAR_ENOUGH = 60  # of 100: "fnid" is near "find", "xyz" is near nothing


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
        Entry("checkin", "/loop checkin", words.t("Answer the check-in, also before I ask"), mentee),
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
        Entry("help", "/loop help", words.t("What you can do; /loop help all shows everything")),
    ]


def fitting(roles: frozenset[str], words: Words) -> list[Entry]:
    """The commands that somebody with these roles can use now."""
    return [entry for entry in entries(words) if not entry.roles or entry.roles & roles]


def run_button(text: str, command: str, *, style: str | None = None) -> ButtonElement:
    """A button that does what typing /loop with these words does."""
    return button(text, f"{RUN}.{command.replace(' ', '_')}", command, style=style)


def help_message(roles: frozenset[str], words: Words, *, everything: bool = False) -> Message:
    """The six commands that fit best, or all of them."""
    shown = entries(words) if everything else fitting(roles, words)[:6]
    title = words.t("All commands") if everything else words.t("What you can do now")
    rows = [
        fields(*[(entry.usage, entry.about) for entry in shown[at : at + 10]])
        for at in range(0, len(shown), 10)
    ]
    blocks: list[Block] = [header(title), *rows]
    if not everything:
        more = [
            run_button(words.t("All commands"), "help all"),
            run_button(words.t("Who sees what"), "help privacy"),
        ]
        blocks.append(actions(*more))
    blocks.append(note(words.t("Everything is also on the Home tab. Only you see this.")))
    listed = "; ".join(f"{entry.usage}: {entry.about}" for entry in shown)
    return Message(f"{title}: {listed}", blocks)


def unknown_message(word: str, known: Sequence[str], roles: frozenset[str], words: Words) -> Message:
    """What is possible for this person, and what they may have meant."""
    text = words.t("I do not know “{word}”. Nothing was changed.", word=word[:50])
    near = process.extractOne(word.lower(), known, scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
    helping = help_message(roles, words)
    if near is None:
        return Message(f"{text} {helping.text}", [section(text), *helping.blocks])
    guess = words.t("Did you mean /loop {word}?", word=near[0])
    asked = actions(run_button(f"/loop {near[0]}", near[0], style="primary"))
    return Message(f"{text} {guess}", [section(f"{text} {guess}"), asked, *helping.blocks])


def privacy_message(words: Words) -> Message:
    """Who sees what, on one page; also what no setting changes."""
    title = words.t("Who sees what")
    rows = [
        (words.t("Your energy"), words.t("Only you. It never appears in a message.")),
        (
            words.t("Goals, check-ins, experiments, results, responses, talks"),
            words.t("You and your partner. Nobody else, not the cohort's lead and no admin."),
        ),
        (
            words.t("Insights"),
            words.t(
                "You two, unless both agree to a wider circle. Either of you can narrow it again, alone."
            ),
        ),
        (words.t("What you kept as evidence"), words.t("You and your partner, never shown with an insight.")),
        (words.t("Leads and admins"), words.t("Counts: how many pairs, how many experiments came how far.")),
    ]
    limits = words.t(
        "What no setting changes: whoever runs the server can technically read the database, and a company may export "
        "Slack messages. That is why the most private things never appear in messages."
    )
    blocks = [header(title), *(fields(row) for row in rows), note(limits)]
    return Message(f"{title}. " + " ".join(f"{name}: {value}" for name, value in rows), blocks)
