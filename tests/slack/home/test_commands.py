"""The words after /loop, in English everywhere and in the reader's own language."""

import re
from collections import Counter

import pytest

from bot.domain.languages import LANGUAGES
from bot.slack.home.commands import entries, entry_of, near, phrases, understood, usage_of
from bot.slack.home.help import help_message, topic_message, unknown_message
from bot.usecases.home.home import RoleSummary
from bot.words import Words, catalogue
from tests.forms import action_ids
from tests.messages import read, shown

ENGLISH, GERMAN, FRENCH = Words("en-US"), Words("de-DE"), Words("fr-FR")
MENTEE = RoleSummary(frozenset({"mentee"}), None, ())
COMMAND = re.compile(r"/loop (\w+)(?: (\w+))?")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ziel", ("goal", "")),
        ("ZIEL neu", ("goal", "new")),
        ("ziel Besser zuhören", ("goal", "Besser zuhören")),
        ("goal new", ("goal", "new")),
        ("u\u0308berblick @tom", ("brief", "@tom")),
        ("Gespräch", ("talked", "")),
        ("hilfe alles", ("help", "all")),
        ("help datenschutz", ("help", "privacy")),
        ("gruppe Neu", ("cohort", "new")),
        ("gruppe Neue Leute", ("cohort", "Neue Leute")),
        ("suche alles", ("find", "alles")),
        ("quatsch", ("quatsch", "")),
        ("", ("", "")),
    ],
)
def test_a_german_reader_may_type_german_and_english(typed: str, meant: tuple[str, str]) -> None:
    assert understood(typed, GERMAN) == meant


@pytest.mark.parametrize("words", [ENGLISH, GERMAN, FRENCH])
def test_the_english_words_are_understood_everywhere(words: Words) -> None:
    assert [understood(entry.word, words) for entry in entries(words)] == [
        (entry.word, "") for entry in entries(ENGLISH)
    ]
    for command, option in phrases(words):
        assert understood(f"{command} {option}", words) == (command, option)


def test_what_another_language_calls_a_command_is_not_known_here() -> None:
    assert understood("ziel", ENGLISH) == ("ziel", "")
    assert entry_of("ziel", FRENCH) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_means_two_commands(language: str) -> None:
    means = Counter(
        word for entry in entries(Words(language)) for word in {entry.word, entry.spoken.casefold()}
    )

    assert [word for word, count in means.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_second_word_means_two_things(language: str) -> None:
    said = [(command, phrase.casefold()) for (command, _), phrase in phrases(Words(language)).items()]

    assert len(set(said)) == len(said)
    for (command, option), phrase in phrases(Words(language)).items():
        others = {other for known, other in phrases(Words(language)) if known == command} - {option}
        assert phrase.split()[2].casefold() not in others


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_command_is_shown_as_it_is_understood(language: str) -> None:
    words = Words(language)

    for entry in entries(words):
        assert entry.usage.startswith("/loop ")
        assert understood(entry.usage.removeprefix("/loop "), words)[0] == entry.word
    for meant, phrase in phrases(words).items():
        assert understood(phrase.removeprefix("/loop "), words) == meant


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_every_command_that_a_text_names_is_understood_by_its_reader(language: str) -> None:
    words = Words(language)
    strings = [
        string
        for message in catalogue(language)
        for string in ([message.string] if isinstance(message.string, str) else message.string or ())
    ]
    named = {found[1] for string in strings for found in COMMAND.finditer(str(string or ""))}

    assert named
    assert [word for word in named if entry_of(word, words) is None] == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("zeil", "goal"), ("verssuch", "try"), ("mein ziel", "goal"), ("gaol", "goal"), ("gespraech", "talked")],
)
def test_a_near_miss_is_guessed_in_both_languages(typed: str, meant: str) -> None:
    found = near(typed, MENTEE.roles, GERMAN)

    assert found is not None
    assert found.word == meant


def test_a_guess_is_told_in_the_readers_words_and_its_button_does_it() -> None:
    message = unknown_message("zeil Besser zuhören", MENTEE, GERMAN)

    assert "Meintest du /loop ziel?" in read(message)
    assert action_ids(shown(message))[0] == "command.run.goal_Besser_zuhören"


def test_help_shows_the_readers_words() -> None:
    assert "/loop versuch" in read(help_message(MENTEE, GERMAN))
    entry = entry_of("ziel", GERMAN)
    assert entry is not None
    assert topic_message(entry, GERMAN).text.startswith("/loop ziel: ")
    assert usage_of("claim", GERMAN) == "/loop freischalten CODE"


def test_everything_that_is_told_once_can_be_found_again() -> None:
    lead = RoleSummary(frozenset({"lead"}), None, ())

    offered = action_ids(shown(help_message(lead, ENGLISH)))
    assert {"command.run.help_start", "command.run.help_how", "command.run.help_privacy"} <= set(offered)
    assert "command.run.help_start" not in action_ids(shown(help_message(MENTEE, ENGLISH)))
