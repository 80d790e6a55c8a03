"""Many pairs come from a file: the operator sees what would happen, then everybody is asked."""

from pathlib import Path

import pytest

from bot.cli.importing import import_file
from bot.settings import Settings, read_settings
from tests.town import Town


@pytest.fixture
def settings(town: Town, town_url: str) -> Settings:
    return read_settings(
        None, bot_token=town.playground.bot_token, api_url=town.playground.api_url, database_url=town_url
    )


def file_of(folder: Path, *lines: str) -> Path:
    path = folder / "pairs.csv"
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    return path


async def test_a_dry_run_shows_every_line_and_asks_nobody(
    town: Town, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await town.a_cohort()
    path = file_of(tmp_path, "Mentor;Mentee", f"{town.person('Mira').id};{town.person('Tom').id}")

    assert await import_file(settings, path, apply=False)

    assert "1 pair would be asked. Nothing was changed" in capsys.readouterr().out
    await town.posted()
    assert await town.person("Tom").texts() == []


async def test_with_apply_both_are_asked_by_the_bot(
    town: Town, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await town.a_cohort()
    path = file_of(tmp_path, "mentor,mentee,cohort,reason", "mira,tom,Spring,Both like birds")

    assert await import_file(settings, path, apply=True)
    await town.bot.run_due()

    assert "1 pair will be asked" in capsys.readouterr().out
    assert "Would you like Mira Lindner as your mentor?" in await town.person("Tom").read()
    assert "Both like birds" in await town.person("Tom").read()


async def test_one_wrong_line_stops_all_and_says_why(
    town: Town, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await town.a_cohort()
    path = file_of(tmp_path, "mentor,mentee", "mira,tom", "yuki,nobody", "")

    assert not await import_file(settings, path, apply=True)

    told = capsys.readouterr().out
    assert "nobody" in told
    assert "Nothing was changed. Correct 1 of the lines above" in told
    await town.posted()
    assert await town.person("Tom").texts() == []


async def test_without_a_cohort_the_operator_reads_the_first_step(
    town: Town, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file_of(tmp_path, "mentor,mentee", "mira,tom")

    assert not await import_file(settings, path, apply=False)

    assert "/loop cohort new" in " ".join(capsys.readouterr().out.split())
