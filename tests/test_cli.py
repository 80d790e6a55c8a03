"""Do the commands say clearly what they did, or what is wrong, and end with the right code?"""

import copy
import csv
import json
import logging
import sqlite3
import stat
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app, main
from bot.cli.doctor import look_at_clock, look_at_manifest, look_at_meaning, look_at_pdf, look_at_scopes
from bot.cli.manifest import read_manifest
from bot.cli.records import _cells, printable
from bot.domain.cohorts import Cohort
from bot.domain.errors import NotFound, StoreUnavailable
from bot.domain.goals import Goal
from bot.domain.members import Member, Workspace
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.privacy import SYSTEM
from bot.ports import Policy, Tx
from bot.slack.errors import explain_to_operator
from bot.usecases.entries import make_findable
from bot.usecases.repository.looks import LOOKED, Look
from bot.words import Words
from storage.engine import open_engine
from storage.files import one_process
from storage.migrations import newest
from storage.transactions import open_transaction

COMMANDS = (
    "run",
    "packs",
    "demo",
    "playground",
    "migrate",
    "restored",
    "import",
    "search",
    "calendar",
    "export",
    "doctor",
)
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def acme(migrated_sqlite_url: str) -> None:
    """A database in which Tom, who learns from Mira, has one goal; Yuki is in no pair."""
    engine = open_engine(migrated_sqlite_url)
    with engine.execution_options(pairloop_write=True).begin() as connection:
        _fill(open_transaction(connection, SYSTEM, now=NOW, real_now=NOW, policy=Policy(), key=""))
    engine.dispose()


def _fill(tx: Tx) -> None:
    workspace = tx.workspaces.insert(Workspace("T1", "Acme", "UBOT", NOW)).id
    mira, tom, _ = (
        tx.members.insert(Member(workspace, f"U{name.upper()}", name, "Europe/Berlin", "en-US", NOW))
        for name in ("Mira", "Tom", "Yuki")
    )
    cohort = tx.cohorts.insert(Cohort(workspace, "Spring", 1, 1, time(10), date(2026, 11, 24), NOW))
    pair = tx.pairs.insert(Pair(workspace, cohort.id, NOW, None, PairState.ACTIVE)).id
    for member, role in ((mira, Role.MENTOR), (tom, Role.MENTEE)):
        tx.memberships.insert(Membership(workspace, pair, member.id, role, Consent.YES))
    goal = tx.goals.insert(Goal(workspace, pair, tom.id, "=ask open questions", NOW, NOW))
    make_findable(tx, goal)


def pairloop(*arguments: str, env: Mapping[str, str] | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), env=env)


def sentence(error: Exception) -> str:
    """What whoever runs Pairloop reads of this error."""
    return explain_to_operator(error, Words())


def test_help_names_every_command_and_the_first_step() -> None:
    result = pairloop("--help")

    assert result.exit_code == 0
    assert "pairloop demo" in result.output
    assert [name for name in COMMANDS if f"\n  {name} " not in result.output] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_in_sentences(name: str) -> None:
    result = pairloop(name, "--help")

    assert result.exit_code == 0
    assert result.output.count(".") > 2


@pytest.mark.parametrize(
    "arguments",
    [("bogus",), ("demo", "--port", "many"), ("demo", "--port", "70000"), ("search", "word"), ("export", "--as", "U1"),
     ("playground", "--manifest", "nowhere.yml"), ("import", "nowhere.csv")],
    ids=" ".join,
)  # fmt: skip
def test_what_is_not_understood_ends_with_two(arguments: tuple[str, ...]) -> None:
    result = pairloop(*arguments)

    assert result.exit_code == 2
    assert "Error:" in result.output


def test_missing_tokens_are_named_with_the_place_where_they_are_found() -> None:
    result = pairloop("run")

    assert result.exit_code == 1
    assert "SLACK_BOT_TOKEN: missing" in result.output
    assert "SLACK_APP_TOKEN: missing" in result.output
    assert "https://api.slack.com/apps" in result.output


def test_a_wrong_setting_is_named_with_what_was_expected() -> None:
    result = pairloop("run", env={"SLACK_BOT_TOKEN": "secret", "PAIRLOOP_LOG_LEVEL": "loud"})

    assert result.exit_code == 1
    assert "SLACK_BOT_TOKEN: a bot token begins with xoxb-" in result.output
    assert "PAIRLOOP_LOG_LEVEL" in result.output
    assert "secret" not in result.output


def test_migrate_says_from_where_to_where_and_is_harmless_twice() -> None:
    first, second = pairloop("migrate"), pairloop("migrate")

    assert first.exit_code == second.exit_code == 0
    assert "from: nothing" in first.output
    assert f"to:   {newest()}" in first.output
    assert "up to date" in second.output


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite:///notes.txt", "no database that Pairloop can use"),
        ("mysql://user:hunter2@host/name", "no database that Pairloop can use"),
        ("not a url hunter2", "no database that Pairloop can use"),
        ("postgresql://user:hunter2@127.0.0.1:9/name", "cannot be reached"),
    ],
)
def test_a_wrong_database_is_told_in_a_sentence_without_the_password(url: str, told: str) -> None:
    Path("notes.txt").write_text("These are my notes, and they are no database at all.\n" * 9)

    result = pairloop("migrate", env={"DATABASE_URL": url})

    assert result.exit_code == 1
    assert told in result.output
    assert "hunter2" not in result.output


def test_a_locked_database_is_told_in_a_sentence(acme: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.engine.LOCK_WAIT_MS", 10)
    holder = sqlite3.connect("pairloop.sqlite3", isolation_level=None)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")

    result = pairloop("export", "--as", "UTOM", "--to", "-")
    holder.close()

    assert result.exit_code == 1
    assert sentence(StoreUnavailable("locked")) in result.output


@pytest.mark.parametrize("command", ["migrate", "search"])
def test_a_database_of_a_newer_pairloop_is_left_alone(acme: None, command: str) -> None:
    with sqlite3.connect("pairloop.sqlite3") as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'later'")
    connection.close()

    result = pairloop("migrate") if command == "migrate" else pairloop("search", "ask", "--as", "UTOM")

    assert result.exit_code == 1
    assert sentence(StoreUnavailable("new")) in result.output


def test_reading_commands_make_no_database() -> None:
    result = pairloop("search", "ask", "--as", "UTOM")

    assert result.exit_code == 1
    assert sentence(StoreUnavailable("missing", "pairloop.sqlite3")) in result.output
    assert not Path("pairloop.sqlite3").exists()


def test_a_partner_finds_what_was_written_and_others_do_not(acme: None) -> None:
    partner, stranger = (pairloop("search", "question", "--as", name) for name in ("UMIRA", "UYUKI"))

    assert partner.exit_code == stranger.exit_code == 0
    assert "ask open questions" in partner.output
    assert "1 shown of 1 found" in partner.output
    assert "Nothing was found" in stranger.output


def test_nobody_of_that_name_is_told(acme: None) -> None:
    result = pairloop("search", "question", "--as", "UNOBODY")

    assert result.exit_code == 1
    assert sentence(NotFound()) in result.output


def test_an_export_holds_what_the_member_may_see(acme: None) -> None:
    mine, foreign = (pairloop("export", "--as", name, "--to", "-") for name in ("UMIRA", "UYUKI"))

    (goal,) = json.loads(mine.stdout)["goal"]
    assert goal["text"] == "=ask open questions"
    assert goal["member"] == "Tom (UTOM)"
    assert json.loads(foreign.stdout)["goal"] == []


def test_a_csv_export_runs_no_formula_and_is_for_the_owner_only(acme: None) -> None:
    result = pairloop("export", "--as", "UTOM", "--format", "csv", "--to", "mine.csv")

    assert result.exit_code == 0
    assert "goal 1" in result.output
    rows = csv.DictReader(Path("mine.csv").read_text(encoding="utf-8").splitlines())
    (row,) = (row for row in rows if row["record"] == "goal")
    assert (row["record"], row["text"]) == ("goal", "'=ask open questions")
    assert stat.S_IMODE(Path("mine.csv").stat().st_mode) == 0o600


def test_whoever_is_looked_through_reads_of_it_once_a_day_and_each_time_leaves_a_trace(
    acme: None, migrated_sqlite_url: str
) -> None:
    for words in ("question", "answer"):
        pairloop("search", words, "--as", "UTOM")
    pairloop("search", "question", "--as", "UTOM", "--json")
    pairloop("export", "--as", "UTOM", "--to", "-")
    pairloop("search", "question", "--as", "UNOBODY")

    engine = open_engine(migrated_sqlite_url)
    with engine.connect() as connection:
        tx = open_transaction(connection, SYSTEM, now=NOW, real_now=NOW, policy=Policy(), key="")
        tom = tx.members.get(tx.members.find(user_id="UTOM")[0].id)
        traces = [(one.action, one.subject_id, one.member_id) for one in tx.audit.find()]
        told = [(one.kind, one.member_id) for one in tx.outgoing.find()]
    engine.dispose()
    assert traces == [*[(Look.SEARCH, tom.id, None)] * 3, (Look.EXPORT, tom.id, None)]
    assert told == [(LOOKED.name, tom.id)] * 2


@pytest.mark.parametrize("first", [*"=+-@\t\r\n", *"＝＋－＠"])  # noqa: RUF001 - the wide ones count, too
def test_whatever_a_spreadsheet_takes_for_a_formula_is_kept_from_being_one(first: str) -> None:
    assert _cells({"text": f"{first}1+1", "tags": ["a", "b"], "plain": "1+1"})["text"] == f"'{first}1+1"
    assert _cells({"plain": "1+1"}) == {"plain": "1+1"}


def test_what_is_shown_of_a_record_steers_no_terminal() -> None:
    assert printable("Mi\x1b[31mra\u202e") == "Mi [31mra "


def test_an_export_overwrites_nothing(acme: None) -> None:
    Path("mine.json").write_text("precious")

    result = pairloop("export", "--as", "UTOM", "--to", "mine.json")

    assert result.exit_code == 1
    assert "name another file" in result.output
    assert Path("mine.json").read_text() == "precious"


def test_an_import_needs_its_header() -> None:
    Path("pairs.csv").write_text("mira,tom\n")

    result = pairloop("import", "pairs.csv")

    assert result.exit_code == 2
    assert "mentor,mentee" in result.output


def test_the_doctor_names_each_thing_and_what_to_do() -> None:
    result = pairloop("doctor")

    assert result.exit_code == 1
    assert "wrong  SLACK_BOT_TOKEN  is missing" in result.output
    assert "→ Copy it from https://api.slack.com/apps" in result.output
    assert "look   database         there is none yet" in result.output
    assert "agrees with the code (1 command, " in result.output
    assert logging.getLogger("bot").isEnabledFor(logging.CRITICAL)  # it is quiet only while it looks


def test_the_doctor_puts_right_an_index_that_differs_and_says_what_it_was(
    acme: None, migrated_sqlite_url: str
) -> None:
    assert "agrees with everything" in pairloop("doctor", "--repair").output
    engine = open_engine(migrated_sqlite_url)
    with engine.execution_options(pairloop_write=True).begin() as connection:
        connection.exec_driver_sql("INSERT INTO entry_fts(entry_fts) VALUES ('delete-all')")
    assert "ask open" not in pairloop("search", "--as", "UTOM", '"questions"').output

    assert "was built anew" in pairloop("doctor", "--repair").output
    assert "ask open questions" in pairloop("search", "--as", "UTOM", '"questions"').output
    with engine.execution_options(pairloop_write=True).begin() as connection:
        connection.exec_driver_sql("DELETE FROM entry")
    engine.dispose()
    assert "search index: 1 could not be found, and can be now" in pairloop("doctor", "--repair").output
    assert "ask open questions" in pairloop("search", "--as", "UTOM", '"questions"').output


@pytest.mark.parametrize(
    ("seconds", "state"), [(0, "ok"), (25, "ok"), (-25, "ok"), (60, "wrong"), (-60, "wrong")]
)
def test_the_doctor_finds_a_clock_that_is_wrong_in_either_direction(seconds: int, state: str) -> None:
    date_of_slack = format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)

    assert look_at_clock(date_of_slack).state == state
    assert look_at_clock("").state == "look"


def test_the_doctor_says_whether_search_knows_meanings_and_how_it_could() -> None:
    assert look_at_meaning(True).state == "ok"
    without = look_at_meaning(False)
    assert (without.state, "pairloop[meaning]" in without.advice) == ("look", True)


def test_the_doctor_says_whether_a_portfolio_can_be_made_as_pdf_and_how_it_could() -> None:
    assert look_at_pdf(True).state == "ok"
    without = look_at_pdf(False)
    assert (without.state, "pairloop[pdf]" in without.advice) == ("look", True)


def test_the_doctor_compares_what_the_token_may_do_with_what_it_needs() -> None:
    manifest = {"oauth_config": {"scopes": {"bot": ["chat:write", "im:write"]}}}

    missing, more, enough = (
        look_at_scopes(granted, manifest)
        for granted in ("chat:write", "im:write, chat:write,files:read", "im:write,chat:write")
    )
    assert [finding.state for finding in (missing, more, enough)] == ["wrong", "look", "ok"]
    assert "missing: im:write" in missing.text
    assert "files:read" in more.text


@pytest.mark.parametrize("place", ["slash_commands", "shortcuts"])
def test_the_doctor_finds_what_the_manifest_or_the_code_has_alone(place: str) -> None:
    fewer, more = copy.deepcopy(read_manifest()), copy.deepcopy(read_manifest())
    fewer["features"][place].pop()
    more["features"][place].append({"command": "/strange", "callback_id": "strange"})

    assert [look_at_manifest(each).state for each in (fewer, more)] == ["wrong", "wrong"]
    assert "strange" in look_at_manifest(more).text


def test_the_doctor_finds_a_schema_that_is_behind_or_ahead(acme: None) -> None:
    for version in ("0001", "9999"):
        with sqlite3.connect("pairloop.sqlite3") as connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
        connection.close()
        assert "wrong  database" in pairloop("doctor").output


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
def test_what_nobody_foresaw_is_told_without_quoting_anybody(
    acme: None, level: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with sqlite3.connect("pairloop.sqlite3") as connection:
        connection.execute("UPDATE member SET tz = 'Zebra/Finch'")
    connection.close()
    monkeypatch.setattr("sys.argv", ["pairloop", "search", "question", "--as", "UTOM"])
    monkeypatch.setenv("PAIRLOOP_LOG_LEVEL", level)

    with pytest.raises(SystemExit) as ended:
        main()

    told = capsys.readouterr().err
    assert ended.value.code == 1
    assert "nobody foresaw: ZoneInfoNotFoundError" in told
    assert "Finch" not in told
    assert ("records.py" in told) == (level == "DEBUG")


def test_below_a_bot_at_work_nothing_is_migrated(acme: None, tmp_path: Path) -> None:
    with sqlite3.connect("pairloop.sqlite3") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.close()
    with one_process(tmp_path / "pairloop.sqlite3"):
        result = pairloop("migrate")

    assert result.exit_code == 1
    assert "Another Pairloop" in result.output


def test_beside_a_bot_at_work_one_may_search_and_take_along(acme: None, tmp_path: Path) -> None:
    with one_process(tmp_path / "pairloop.sqlite3"):
        found = pairloop("search", "question", "--as", "UMIRA")
        taken = pairloop("export", "--as", "UMIRA", "--to", "-")

    assert found.exit_code == taken.exit_code == 0


def test_the_doctor_names_a_file_that_others_may_open_and_leaves_it_so(acme: None) -> None:
    file = Path("pairloop.sqlite3")
    assert "ok     database" in pairloop("doctor").output
    file.chmod(0o644)

    told = pairloop("doctor").output

    assert "look   database" in told
    assert "others on this machine may open pairloop.sqlite3" in told
    assert stat.S_IMODE(file.stat().st_mode) == 0o644


def test_every_other_command_makes_an_open_file_private(acme: None) -> None:
    Path("pairloop.sqlite3").chmod(0o644)

    pairloop("search", "question", "--as", "UMIRA")

    assert stat.S_IMODE(Path("pairloop.sqlite3").stat().st_mode) == 0o600


def test_words_that_are_no_text_are_searched_for_without_a_fault(acme: None) -> None:
    result = pairloop("search", "ask\udcff\x00", "--as", "UMIRA")
    nobody = pairloop("export", "--as", "U\udcff", "--to", "-")

    assert (result.exit_code, nobody.exit_code) == (0, 1)
    assert "1 found" in result.output
    assert sentence(NotFound()) in nobody.output
