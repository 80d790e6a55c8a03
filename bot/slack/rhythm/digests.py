"""The digest: what waits for its reader, what is new, and what comes."""

from collections.abc import Callable

from slack_sdk.models.blocks import Block

from bot.slack.blocks import Message, and_more, clip, header, note, rich, section, strong
from bot.slack.home.commands import run_button
from bot.slack.loop.reuse_reports import report_line
from bot.slack.rhythm.owed_replies import a_line_is_enough, waiting_row
from bot.slack.rhythm.saved_searches import new_for_saved
from bot.usecases.rhythm.digests import ComingKind, ComingLine, DigestView, NewsKind, NewsLine
from bot.words import Words

TEXT = 150

NEWS: dict[NewsKind, Callable[[Words, str], str]] = {
    NewsKind.TRY: lambda w, name: w.t("{name} tries:", name=name),
    NewsKind.CHECK_IN: lambda w, name: w.t("{name} answered the check-in:", name=name),
    NewsKind.SKIPPED: lambda w, name: w.t("{name} skipped a check-in:", name=name),
    NewsKind.GOAL: lambda w, name: w.t("{name} has a goal:", name=name),
    NewsKind.MILESTONE: lambda w, name: w.t("{name} has a milestone:", name=name),
    NewsKind.WIN: lambda w, name: w.t("{name} shares a small win:", name=name),
    NewsKind.SETBACK: lambda w, name: w.t("{name} says that this does not work so far:", name=name),
    NewsKind.SUGGESTION: lambda w, name: w.t("{name} took up your suggestion:", name=name),
}


def digest_message(digest: DigestView, words: Words) -> Message:
    """All of it; once nothing of it waits or is to be told any more, that."""
    blocks = [*_what_waits(digest, words), *_what_is_new(digest, words), *_what_comes(digest, words)]
    if not blocks:
        text = words.t("Nothing of this waits any more.")
        return Message(text, [section(text)])
    title = words.t("Your digest")
    why = words.t("Only you see this. It comes once on a working day, when there is something in it.")
    settings = section(why, run_button(words.t("Settings"), "settings"))
    return Message(f"{title}: {_in_a_notification(digest, words)}", [header(title), *blocks, settings])


def _in_a_notification(digest: DigestView, words: Words) -> str:
    """What is read in a notification."""
    if digest.waiting:
        count = len(digest.waiting) + digest.more_waiting
        return words.n("{count} thing waits for you", "{count} things wait for you", count)
    return words.t("what is new, and what comes")


def _what_waits(digest: DigestView, words: Words) -> list[Block]:
    if not digest.waiting:
        return []
    rows = [waiting_row(line, words) for line in digest.waiting]
    enough = " ".join(
        [
            a_line_is_enough(len(digest.waiting) + digest.more_waiting, words),
            *and_more(digest.more_waiting, words),
        ]
    )
    return [_part_title(words.t("Waiting for you")), *rows, note(enough)]


def _what_is_new(digest: DigestView, words: Words) -> list[Block]:
    beside = [*new_for_saved(digest.saved, words), *report_line(digest.report, words)]
    if not digest.news and not beside:
        return []
    rest = [note(line) for line in and_more(digest.more_news, words)]
    rows = [_row_of_what_is_new(line, words) for line in digest.news]
    return [_part_title(words.t("New")), *rows, *rest, *beside]


def _row_of_what_is_new(line: NewsLine, words: Words) -> Block:
    said = NEWS[line.kind](words, line.name)
    return section(f"{said} “{clip(line.text, TEXT)}”" if line.text else said.rstrip(":"))


def _what_comes(digest: DigestView, words: Words) -> list[Block]:
    if not digest.coming:
        return []
    return [
        _part_title(words.t("Coming")),
        *(section(_row_of_what_comes(line, words)) for line in digest.coming),
    ]


def _row_of_what_comes(line: ComingLine, words: Words) -> str:
    names = words.names(line.names)
    if line.kind is ComingKind.TALK and line.at is not None:
        return words.t("{moment}: your talk with {names}", moment=words.moment(line.at), names=names)
    ends = words.t("{day}: {name}'s try ends", day=words.day(line.day), name=names)
    return f"{ends}: “{clip(line.text, TEXT)}”"


def _part_title(text: str) -> Block:
    return rich(strong(text))
