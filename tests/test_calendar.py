"""`pairloop calendar`: the coming dates of a cohort on the terminal, and as a file that calendars read."""

import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.domain.cadence import CadenceKind, Nth
from bot.domain.cohorts import Cohort, CohortState
from bot.domain.errors import CohortUnknown
from bot.domain.ids import CohortId
from bot.domain.members import Member, Workspace
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.privacy import SYSTEM
from bot.domain.working_life import CohortDayOff, DayOff
from bot.ports import Policy, Tx
from bot.slack.errors import explain_to_operator
from bot.words import Words
from storage.engine import open_engine
from storage.transactions import open_transaction

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
OFF = date(2026, 12, 10)
Change = Callable[[Callable[[Tx], object]], None]


@pytest.fixture
def change(migrated_sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Change:
    """Write something; Spring, every second Thursday, has a pair in Berlin and New York that keeps two regions."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("bot.clock.SystemClock.now", lambda _self: NOW)
    engine = open_engine(migrated_sqlite_url)

    def write(work: Callable[[Tx], object]) -> None:
        with engine.execution_options(pairloop_write=True).begin() as connection:
            work(open_transaction(connection, SYSTEM, now=NOW, real_now=NOW, policy=Policy(), key=""))

    write(_begin)
    return write


def _begin(tx: Tx) -> None:
    workspace = tx.workspaces.insert(Workspace("T1", "Acme", "UBOT", NOW)).id
    cohort = tx.cohorts.insert(Cohort(workspace, "Spring", 2, 3, time(10), date(2026, 11, 26), NOW))
    pair = tx.pairs.insert(Pair(workspace, cohort.id, NOW, state=PairState.ACTIVE, active_since=NOW))
    for name, tz, region, role in (
        ("Mira", "Europe/Berlin", "DE-BE", Role.MENTOR),
        ("Tom", "America/New_York", "US", Role.MENTEE),
    ):
        member = tx.members.insert(
            Member(workspace, f"U{name.upper()}", name, tz, "en-US", NOW, region=region)
        )
        tx.memberships.insert(Membership(workspace, pair.id, member.id, role, Consent.YES))
        tx.days_off.insert(DayOff(workspace, member.id, date(2027, 1, 7), date(2027, 1, 7), NOW, "a secret"))
    tx.cohort_days_off.insert(CohortDayOff(workspace, cohort.id, OFF, OFF, NOW, "Summer party"))


def calendar(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["calendar", *arguments])


def events(file: Path) -> dict[str, datetime]:
    """When each event begins, by its id."""
    read = Calendar.from_ical(file.read_text(encoding="utf-8"))
    return {str(event["uid"]): event.decoded("dtstart") for event in read.walk("vevent")}


def test_each_date_has_a_line_with_the_time_in_every_zone_and_what_moves_it_below(change: Change) -> None:
    result = calendar("spring")

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Spring: every second Thursday at 10:00 AM",
        "Thu 2026-11-26  10:00 America/New_York (UTC-05:00) · 10:00 Europe/Berlin (UTC+01:00)",
        "  Fri 2026-11-27 instead: Thanksgiving Day in United States",
        "Thu 2026-12-10  10:00 America/New_York (UTC-05:00) · 10:00 Europe/Berlin (UTC+01:00)",
        "  Fri 2026-12-11 instead: a day off of the cohort: Summer party",
        "Thu 2026-12-24  10:00 America/New_York (UTC-05:00) · 10:00 Europe/Berlin (UTC+01:00)",
        "Thu 2027-01-07  10:00 America/New_York (UTC-05:00) · 10:00 Europe/Berlin (UTC+01:00)",
        "Thu 2027-01-21  10:00 America/New_York (UTC-05:00) · 10:00 Europe/Berlin (UTC+01:00)",
        "Thu 2027-02-04  10:00 America/New_York (UTC-05:00) · 10:00 Europe/Berlin (UTC+01:00)",
        "Thu 2027-02-18  10:00 America/New_York (UTC-05:00) · 10:00 Europe/Berlin (UTC+01:00)",
    ]


def test_a_pair_with_a_rhythm_of_its_own_is_named_and_the_next_quarters_date_is_there(change: Change) -> None:
    def quarterly(tx: Tx) -> None:
        own = replace(
            tx.pairs.get(1),
            cadence_kind=CadenceKind.WEEKS,
            cadence_every_weeks=1,
            cadence_nth=Nth.FIRST,
            cadence_weekday=2,
            cadence_at=time(9),
            cadence_anchor=date(2026, 11, 25),
        )
        tx.pairs.update(own)
        kept = tx.cohorts.get(1)
        tx.cohorts.update(replace(kept, cadence_kind=CadenceKind.QUARTER_END, anchor=date(2026, 11, 30)))

    change(quarterly)
    lines = calendar("Spring").stdout.splitlines()

    assert [line[:14] for line in lines if line.startswith(("Mon", "Fri"))] == ["Mon 2026-11-30"]
    assert lines[-2:] == [
        "By a rhythm of their own: 1",
        "  Mira and Tom: every Wednesday at 9:00 AM",
    ]


def test_the_file_holds_floating_times_under_ids_that_stay_and_nothing_private(
    change: Change, tmp_path: Path
) -> None:
    first, again = tmp_path / "first.ics", tmp_path / "again.ics"
    assert calendar("Spring", "--ics", str(first)).exit_code == 0
    change(lambda tx: tx.cohorts.update(replace(tx.cohorts.get(1), at=time(15))))
    assert calendar("Spring", "--ics", str(again)).exit_code == 0

    begun = events(first)
    assert len(begun) == 7
    assert begun["cohort-1-2026-11-26@pairloop"] == datetime(2026, 11, 26, 10)  # noqa: DTZ001 - it floats
    assert begun["cohort-1-2026-12-10@pairloop"] == datetime(2026, 12, 11, 10)  # noqa: DTZ001 - the same
    assert {uid: moment + timedelta(hours=5) for uid, moment in begun.items()} == events(again)
    text = first.read_text(encoding="utf-8")
    assert "Check-in: Spring" in text
    for private in ("Mira", "Tom", "secret", "party", "Thanksgiving", "DE-BE"):
        assert private not in text
    assert stat.S_IMODE(first.stat().st_mode) == 0o600


def test_a_file_that_is_there_stays_as_it_is(change: Change, tmp_path: Path) -> None:
    file = tmp_path / "mine.ics"
    file.write_text("mine", encoding="utf-8")

    result = calendar("Spring", "--ics", str(file))

    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
    assert file.read_text(encoding="utf-8") == "mine"


def test_what_no_cohort_or_several_are_called_is_told(change: Change) -> None:
    nobody = calendar("Winter")
    assert (nobody.exit_code, nobody.stderr.strip()) == (
        1,
        explain_to_operator(CohortUnknown("Winter"), Words()),
    )

    def elsewhere(tx: Tx) -> None:
        other = tx.workspaces.insert(Workspace("T2", "Other", "UBOT", NOW)).id
        tx.cohorts.insert(replace(tx.cohorts.get(1), id=CohortId(0), version=1, workspace_id=other))

    change(elsewhere)
    assert calendar("Spring").exit_code == 2
    change(lambda tx: tx.cohorts.update(replace(tx.cohorts.get(2), state=CohortState.ENDED)))
    assert calendar("Spring").exit_code == 0


def test_a_cohort_without_pairs_has_its_dates_all_the_same(change: Change) -> None:
    change(lambda tx: tx.pairs.update(replace(tx.pairs.get(1), state=PairState.ENDED)))

    assert calendar("Spring").stdout.splitlines()[1] == "Thu 2026-11-26"
