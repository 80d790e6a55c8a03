"""Many pairs come from a file: the operator sees what would happen, then everybody is asked."""

from pathlib import Path

import pytest

from bot.cli.importing import import_file
from bot.cli.importing_profiles import import_people
from bot.domain.profiles import ProfileState
from bot.settings import Settings, read_settings
from bot.slack.programme import profiles
from bot.usecases.programme.pairs_consent import CONSENT
from bot.usecases.programme.profiles_joining import INVITED
from tests.running_app import RunningApp


@pytest.fixture
def settings(app: RunningApp, app_url: str) -> Settings:
    return read_settings(
        None, bot_token=app.playground.bot_token, api_url=app.playground.api_url, database_url=app_url
    )


def file_of(folder: Path, *lines: str) -> Path:
    path = folder / "pairs.csv"
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    return path


async def test_a_dry_run_shows_every_line_and_asks_nobody(
    app: RunningApp, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await app.a_cohort()
    path = file_of(tmp_path, "Mentor;Mentee", f"{app.person('Mira').id};{app.person('Tom').id}")

    assert await import_file(settings, path, apply=False)

    assert "1 pair would be asked. Nothing was changed" in capsys.readouterr().out
    await app.posted()
    assert await app.person("Tom").texts() == []


async def test_with_apply_both_are_asked_by_the_bot(
    app: RunningApp, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await app.a_cohort()
    path = file_of(tmp_path, "mentor,mentee,cohort,reason", "mira,tom,Spring,Both like birds")

    assert await import_file(settings, path, apply=True)
    await app.bot.run_due()
    await app.at_work()

    assert "1 pair will be asked" in capsys.readouterr().out
    (asked,) = await app.person("Tom").texts(CONSENT)
    assert app.person("Mira").mention in asked
    assert "Both like birds" in asked


async def test_one_wrong_line_stops_all_and_says_why(
    app: RunningApp, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await app.a_cohort()
    path = file_of(tmp_path, "mentor,mentee", "mira,tom", "yuki,nobody", "")

    assert not await import_file(settings, path, apply=True)

    told = capsys.readouterr().out
    assert "nobody" in told
    assert "Nothing was changed. Correct 1 of the lines above" in told
    await app.posted()
    assert await app.person("Tom").texts() == []


async def test_without_a_cohort_the_operator_reads_the_first_step(
    app: RunningApp, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file_of(tmp_path, "mentor,mentee", "mira,tom")

    assert not await import_file(settings, path, apply=False)

    assert "/loop cohort new" in " ".join(capsys.readouterr().out.split())


async def test_people_are_asked_to_join_and_find_what_is_known_of_them_in_their_form(
    app: RunningApp, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await app.a_cohort()
    path = file_of(tmp_path, "person;learn;languages;place", "tom;Strategic thinking;de en;Graz")

    assert await import_people(settings, path, "Spring", apply=False)
    assert "1 person would be asked" in capsys.readouterr().out
    assert await import_people(settings, path, "Spring", apply=True)
    assert "1 person will be asked" in capsys.readouterr().out
    await app.bot.run_due()
    await app.at_work()

    tom = app.person("Tom")
    assert (await tom.click(profiles.JOIN, kind=INVITED)).form == profiles.SAVE
    sent = await tom.submit({})
    assert not sent.errors
    (profile,) = await app.stored(lambda tx: tx.profiles.find())
    assert (profile.state, profile.languages, profile.place) == (ProfileState.LISTED, ("de", "en"), "Graz")
    assert len(profile.wants) == 1


async def test_a_language_that_nobody_knows_stops_all_and_says_why(
    app: RunningApp, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await app.a_cohort()
    path = file_of(tmp_path, "person,languages,mentees", "tom,xx,1", "mira,en,nine")

    assert not await import_people(settings, path, "", apply=True)

    told = " ".join(capsys.readouterr().out.split())
    assert "“xx”" in told
    assert "from 0 to 5" in told
    assert await app.stored(lambda tx: tx.profiles.count()) == 0
