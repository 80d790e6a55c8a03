"""Help, commands and their near misses, what was typed, and errors in words."""

import inspect
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import errors
from bot.domain.errors import PairloopError
from bot.slack.errors import EXPLANATIONS, explain, explain_to_operator
from bot.slack.home.commands import SHORTCUTS, entries, entry_of, fitting, near, run_button
from bot.slack.home.help import help_message, privacy_message, topic_message, unknown_message
from bot.slack.typed import mentioned, readable
from bot.usecases.home.home import Beginning, RoleSummary
from bot.words import Words
from handlers.commands import SUBCOMMANDS
from tests.forms import action_ids
from tests.messages import LARGEST_MESSAGE, read, shown, size

ENGLISH, GERMAN = Words("en-US"), Words("de-DE")
MENTEE = RoleSummary(frozenset({"mentee"}), None, ("Ada",))
MARKUP = "`much` *too* <!here>"
NOBODY = RoleSummary(frozenset(), Beginning.WAITING, ("Ada", "Noor"))
EVERYTHING = RoleSummary(frozenset({"mentee", "mentor", "lead", "newcomer"}), None, ())


def every_error() -> list[type[PairloopError]]:
    found = [
        kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, PairloopError)
    ]
    return [kind for kind in found if kind not in (PairloopError, errors.InvalidInput, errors.Conflict)]


def example(kind: type[PairloopError]) -> PairloopError:
    """One of these errors, with what it must be given."""
    known: dict[str, object] = {
        "limit": date(2026, 11, 23) if kind is errors.DateTooLate else 3,
        "earliest": date(2026, 11, 23),
        "today": date(2026, 11, 23),
        "low": 1,
        "high": 5,
        "latest": date(2026, 11, 23),
        "until": datetime(2026, 11, 23, 9, 15, tzinfo=UTC),
        "text": MARKUP,
        "problems": ["x"],
        "word": "pair",
        "setting": "SLACK_BOT_TOKEN",
    }
    parameters = list(inspect.signature(kind.__init__).parameters.values())[1:]
    needed = [p for p in parameters if p.default is p.empty and p.kind is p.POSITIONAL_OR_KEYWORD]
    return kind(**{p.name: known.get(p.name, "Ada") for p in needed})


def test_every_word_that_works_is_in_help_and_the_other_way_round() -> None:
    assert {entry.word for entry in entries(ENGLISH)} == set(filter(None, SUBCOMMANDS))


def test_every_shortcut_has_its_command() -> None:
    assert set(SHORTCUTS.values()) <= set(SUBCOMMANDS)


@pytest.mark.parametrize("words", [ENGLISH, GERMAN])
@pytest.mark.parametrize("summary", [MENTEE, NOBODY, EVERYTHING])
def test_help_shows_six_that_fit_at_most(summary: RoleSummary, words: Words) -> None:
    message = help_message(summary, words)

    assert 1 <= read(message).count("'/loop ") <= 6
    topics = {
        "help_all",
        "help_how",
        "help_basics",
        "help_privacy",
        *(["help_start"] if "lead" in summary.roles else []),
    }
    topics |= {"help_me", "leave"} if summary.roles & {"mentee", "mentor"} else set()
    assert set(action_ids(shown(message))) == {f"command.run.{topic}" for topic in topics}


def test_all_commands_are_shown_to_everybody() -> None:
    text = read(help_message(NOBODY, ENGLISH, everything=True))

    assert all(entry.usage in text for entry in entries(ENGLISH))


def test_somebody_in_no_pair_reads_whom_to_ask() -> None:
    assert "Ada and Noor" in read(help_message(NOBODY, ENGLISH))


def test_one_command_is_explained_with_a_button_that_does_it() -> None:
    entry = entry_of("try", ENGLISH)
    assert entry is not None

    assert action_ids(shown(topic_message(entry, ENGLISH))) == ["command.run.try"]
    assert entry_of("tyr", ENGLISH) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fnid me", "find"),
        ("my goal", "goal"),
        ("chekin", "checkin"),
        ("xyzzy", None),
        ("banana", None),
        ("", None),
    ],
)
def test_a_near_miss_is_known(typed: str, meant: str | None) -> None:
    found = near(typed, MENTEE.roles, ENGLISH)
    assert (found.word if found else None) == meant


@given(st.text(max_size=3000))
def test_whatever_is_typed_gets_an_answer_that_slack_takes(typed: str) -> None:
    text = typed.strip()
    if text:
        assert size(unknown_message(text, MENTEE, ENGLISH)) < LARGEST_MESSAGE


def test_what_fits_a_role_begins_with_what_it_does_most() -> None:
    assert fitting(frozenset({"mentee"}), ENGLISH)[0].word == "try"
    assert fitting(frozenset({"mentor"}), ENGLISH)[0].word == "brief"


@given(st.text(min_size=1, max_size=3000))
def test_a_button_that_runs_a_command_keeps_to_slacks_limits(command: str) -> None:
    made = run_button("Go", command)
    assert made.action_id is not None
    assert len(made.action_id) <= 255
    assert len(made.value or "") <= 2000


def test_who_sees_what_is_one_page_and_says_what_no_setting_changes() -> None:
    message = privacy_message(ENGLISH)

    assert "whoever runs the server can technically read the database" in read(message)
    assert size(message) < LARGEST_MESSAGE


@pytest.mark.parametrize("words", [ENGLISH, GERMAN])
@pytest.mark.parametrize("kind", every_error())
def test_every_error_is_told_in_its_own_words_without_markup(kind: type[PairloopError], words: Words) -> None:
    error = example(kind)
    text = explain(error, words) if kind in EXPLANATIONS else explain_to_operator(error, words)

    own = text.replace(MARKUP, "")
    assert own
    assert not set("`*<>") & set(own)
    if kind is not errors.SettingsWrong:
        assert text != explain(KeyError(), words)


def test_what_nobody_foresaw_is_our_fault_and_says_nothing_of_its_insides() -> None:
    text = explain(KeyError("secret words"), ENGLISH)

    assert "Something went wrong on our side" in text
    assert "secret" not in text


@pytest.mark.parametrize(
    ("handed", "read_as"),
    [
        ("plain", "plain"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("a <b> c, 1 < 2 > 0", "a <b> c, 1 < 2 > 0"),
        ("<@U1|mira> and <@U2> and <@U3>", "@mira and @Tom and @U3"),
        ("<#C1|general> <#C2>", "#general #C2"),
        ("<!here> <!subteam^S1|@leads> <!subteam^S2>", "@here @leads @subteam"),
        ("<https://x.example|here> <https://x.example>", "here https://x.example"),
        ("<mailto:a@x.example|a@x.example> <mailto:b@x.example>", "a@x.example b@x.example"),
    ],
)
def test_what_slack_hands_us_is_turned_back_into_what_was_typed(handed: str, read_as: str) -> None:
    assert readable(handed, {"U2": "Tom"}) == read_as


def test_people_who_are_mentioned_are_found_once_each() -> None:
    assert mentioned("<@U1> <@U2|tom> <@U1> <#C1>") == ("U1", "U2")
