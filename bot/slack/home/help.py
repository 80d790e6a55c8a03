"""Help: what somebody can do now, one command in a sentence, who sees what, and what they may have meant."""

from slack_sdk.models.blocks import Block, ButtonElement

from bot.slack.blocks import Message, actions, clip, fields, header, note, section, titled
from bot.slack.home.beginnings import first_step_text
from bot.slack.home.commands import Entry, entries, fitting, near, run_button
from bot.slack.privacy import limits, rows
from bot.slack.typed import readable
from bot.usecases.home.home import RoleSummary
from bot.words import Words

SHOWN = 6
ECHO = 50


def help_message(summary: RoleSummary, words: Words, *, everything: bool = False) -> Message:
    """The six commands that fit best, or all of them; for somebody in no pair the first step before them."""
    shown = entries(words) if everything else fitting(summary.roles, words)[:SHOWN]
    title = words.t("All commands") if everything else words.t("What you can do now")
    first = _first_step(summary, words)
    blocks: list[Block] = [header(title), *first, fields(*((entry.usage, entry.about) for entry in shown))]
    if not everything:
        blocks.append(actions(*_topics(summary, words)))
    blocks.append(note(words.t("Everything is also on the Home tab. Only you see this.")))
    listed = "; ".join(f"{entry.usage}: {entry.about}" for entry in shown)
    return Message(f"{title}: {listed}", blocks)


def topic_message(entry: Entry, words: Words) -> Message:
    """What one command does, and a button that does it."""
    text = f"{entry.usage}: {entry.about}."
    again = words.t("Do it now")
    return Message(text, [section(text), actions(run_button(again, entry.word, style="primary"))])


def unknown_message(text: str, summary: RoleSummary, words: Words) -> Message:
    """What is possible for this person, and what they may have meant. `text` is all of it, as Slack hands it on."""
    typed, _, rest = text.partition(" ")
    said = words.t("I do not know “{word}”. Nothing was changed.", word=clip(readable(typed), ECHO))
    helping = help_message(summary, words)
    entry = near(readable(text), summary.roles, words)
    if entry is None:
        return Message(f"{said} {helping.text}", [section(said), *helping.blocks])
    said = words.t("{text} Did you mean /loop {word}?", text=said, word=entry.spoken)
    again = f"{entry.word} {rest}".strip()
    asked = actions(run_button(f"/loop {entry.spoken}", again, style="primary"))
    return Message(said, [section(said), asked, *helping.blocks])


def privacy_message(words: Words) -> Message:
    """Who sees what, on one page; also what no setting changes."""
    title = words.t("Who sees what")
    told = rows(words)
    blocks = [header(title), *(titled(*row) for row in told), note(limits(words))]
    return Message(f"{title}. " + " ".join(f"{name}: {value}" for name, value in told), blocks)


def _topics(summary: RoleSummary, words: Words) -> list[ButtonElement]:
    """What help has besides, so that nothing is to be seen only once."""
    start = [run_button(words.t("First steps"), "help start")] if "lead" in summary.roles else []
    return [
        run_button(words.t("All commands"), "help all"),
        run_button(words.t("How this works"), "help how"),
        run_button(words.t("The basics"), "help basics"),
        *start,
        run_button(words.t("Who sees what"), "help privacy"),
        *(ways_out(words) if summary.roles & {"mentee", "mentor"} else []),
    ]


def ways_out(words: Words) -> list[ButtonElement]:
    """For who is in a pair: somebody to talk to, and the end of it; always to be found, and never in the way."""
    return [
        run_button(words.t("Help with my pair"), "help me"),
        run_button(words.t("End it well"), "leave"),
    ]


def _first_step(summary: RoleSummary, words: Words) -> list[Block]:
    if summary.beginning is None:
        return []
    return [section(first_step_text(summary.beginning, summary.admins, words))]
