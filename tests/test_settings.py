"""Are settings read under the names that people know, and is a wrong one named with what was expected?"""

from pathlib import Path

import pytest

from bot.domain.errors import SettingsWrong
from bot.settings import read_settings

MISSING = Path("nowhere") / ".env"


def test_a_file_is_read_and_the_environment_goes_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_text("SLACK_BOT_TOKEN=xoxb-file\nDATABASE_URL=sqlite:///file.sqlite3\n")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///environment.sqlite3")

    settings = read_settings(file)

    assert settings.bot_token.get_secret_value() == "xoxb-file"
    assert settings.database_url == "sqlite:///environment.sqlite3"


def test_an_empty_value_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("PAIRLOOP_OPEN", "")

    settings = read_settings(MISSING)

    assert settings.database_url == "sqlite:///pairloop.sqlite3"
    assert not settings.open_pairing


def test_admins_are_listed_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAIRLOOP_ADMINS", "U1, W2 ,")

    assert read_settings(MISSING).admins == {"U1", "W2"}


def test_another_base_address_ends_in_a_slash_whether_it_was_typed_or_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SLACK_API_URL", "https://slack-gov.com/api")

    assert read_settings(MISSING).api_url == "https://slack-gov.com/api/"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("SLACK_BOT_TOKEN", "xapp-1", "begins with xoxb-"),
        ("SLACK_APP_TOKEN", "xoxb-1", "begins with xapp-"),
        ("SLACK_API_URL", "slack.com", "begins with https://"),
        ("PAIRLOOP_ADMINS", "@ada", "begin with U or W"),
        ("PAIRLOOP_OPEN", "perhaps", "valid boolean"),
        ("PAIRLOOP_LOG_LEVEL", "loud", "'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ("PAIRLOOP_CLOCK_URL", "http://example.com", "on this machine"),
    ],
)
def test_a_wrong_value_is_named_with_what_was_expected(
    name: str, value: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsWrong) as wrong:
        read_settings(MISSING)

    (problem,) = wrong.value.problems
    assert problem.startswith(f"{name}: ")
    assert expected in problem


@pytest.mark.parametrize("level", ["DEBUG", "debug", "Debug"])
def test_a_level_is_understood_however_it_is_typed(level: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAIRLOOP_LOG_LEVEL", level)

    assert read_settings(MISSING).log_level == "DEBUG"


def test_each_token_that_is_missing_is_named_and_none_that_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    with pytest.raises(SettingsWrong) as wrong:
        read_settings(MISSING).need_tokens()
    (problem,) = wrong.value.problems
    assert problem.startswith("SLACK_APP_TOKEN: missing")

    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    read_settings(MISSING).need_tokens()


def test_nothing_secret_is_shown_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-secret")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "signing-secret")
    monkeypatch.setenv("DATABASE_URL", "postgresql://pairloop:db-secret@db/pairloop")

    assert "secret" not in repr(read_settings(MISSING)).replace("signing_secret", "")
