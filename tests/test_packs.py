"""`pairloop packs`: a cohort's questions as a file, looked at line by line, and brought in whole or not at all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.domain.cohorts import Cohort, CohortState
from bot.domain.ids import CohortId
from bot.domain.members import Member, Workspace
from bot.domain.packs import AskedIn
from bot.domain.privacy import SYSTEM
from bot.domain.questions import MOST, CohortQuestion, QuestionState
from bot.packs import all_packs
from bot.ports import Policy, Tx
from bot.usecases.rhythm.questions_import import AUDITED
from storage.engine import open_engine
from storage.transactions import open_transaction

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
Change = Callable[[Callable[[Tx], object]], None]


@pytest.fixture
def change(migrated_sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Change:
    """Write something; Spring has two questions of its own, one of them off, and one of its pack is off."""
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
    ada = tx.members.insert(Member(workspace, "UADA", "Ada", "UTC", "en-US", NOW, is_admin=True)).id
    cohort = tx.cohorts.insert(Cohort(workspace, "Spring", 2, 3, time(10), date(2026, 11, 26), NOW))
    own = (workspace, cohort.id, ada, NOW)
    tx.cohort_questions.insert(CohortQuestion(*own, "No: what, “now”?\nAnd then?", place=5))
    off = CohortQuestion(*own, "yes", asked_in=AskedIn.BRIEF, state=QuestionState.OFF, place=2)
    tx.cohort_questions.insert(off)
    tx.cohort_questions.insert(CohortQuestion(*own, "", of_pack="classic.proud", state=QuestionState.OFF))


def packs(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["packs", *arguments])


def rows(change: Change) -> list[CohortQuestion]:
    found: list[CohortQuestion] = []
    change(lambda tx: found.extend(tx.cohort_questions.find(order="id")))
    return found


def exported() -> str:
    result = packs("export", "spring")
    assert result.exit_code == 0
    return result.stdout


def bring(text: str, *more: str) -> Result:
    Path("in.yml").write_text(text, encoding="utf-8")
    return packs("import", "in.yml", *(more or ("--cohort", "Spring")))


def test_the_packs_are_listed(change: Change) -> None:
    told = packs("list").stdout
    assert all(pack in told for pack in (*all_packs(), "mentors"))


def test_what_was_exported_changes_nothing_when_it_is_brought_in(change: Change) -> None:
    before, text = rows(change), exported()
    assert packs("export", "Spring", "--to", "out.yml").exit_code == 0
    assert Path("out.yml").read_text(encoding="utf-8") == text

    result = bring(text)

    assert result.exit_code == 0
    assert "Nothing was changed" in result.stdout
    assert rows(change) == before
    assert exported() == text


def test_a_file_in_another_order_or_with_another_word_makes_the_list_so(change: Change) -> None:
    text = exported().replace("pack: classic", "pack: classic", 1)
    first, second = [one for one in rows(change) if not one.of_pack]
    head, own = text.split("own:\n")
    pieces = own.split("- text:")[1:]
    turned = head + "own:\n" + "".join("- text:" + one for one in pieces[::-1]) + "- text: A third?\n"
    turned = turned.replace("  classic.surprise:\n", "  classic.surprise:\n    asked: no\n")

    assert bring(turned).exit_code == 0
    after = rows(change)
    assert [one.id for one in sorted(after, key=lambda one: one.place) if one.id in (first.id, second.id)] == [
        first.id, second.id,
    ]  # fmt: skip
    assert {one.of_pack for one in after if one.of_pack} == {"classic.proud", "classic.surprise"}
    assert [one.text for one in after if one.id > 3 and not one.of_pack] == ["A third?"]
    assert exported() != text


def test_what_the_file_has_no_more_is_dropped_and_its_row_stays_for_its_answers(change: Change) -> None:
    first = rows(change)[0]
    bring("pack: engineers\n")

    [kept] = [one for one in rows(change) if one.id == first.id]
    assert (kept.text, kept.state) == (first.text, QuestionState.DROPPED)
    cohorts: list[str] = []
    change(lambda tx: cohorts.append(tx.cohorts.get(CohortId(1)).pack))
    assert cohorts == ["engineers"]


def test_an_import_leaves_a_trace(change: Change) -> None:
    bring(exported())
    found: list[tuple[str, int]] = []
    change(lambda tx: found.extend((one.action, one.subject_id) for one in tx.audit.find()))
    assert found == [(AUDITED, 1)]


def test_a_check_changes_nothing_and_needs_no_cohort(change: Change) -> None:
    before = rows(change)
    result = bring("pack: classic\n", "--check")
    assert (result.exit_code, rows(change)) == (0, before)


def test_the_cohort_is_asked_for(change: Change) -> None:
    Path("in.yml").write_text("pack: classic\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["packs", "import", "in.yml"], input="Spring\n")
    assert result.exit_code == 0
    assert len([one for one in rows(change) if one.state is QuestionState.DROPPED]) == 2


CLASSIC = "".join(
    f"  classic.{en.id}:\n    en: {en.text!r}\n    de: {de.text!r}\n    asked: no\n"
    for en, de in zip(*(all_packs()["classic"].questions[language] for language in ("en", "de")), strict=True)
)


@pytest.mark.parametrize(
    ("text", "line", "named"),
    [
        ("pack: gone\n", 1, "pack"),
        ("pack: classic\nown:\n  - text: A?\n    language: fr\n", 4, "own.0.language"),
        ("pack: classic\nown:\n  - text: A?\n    ritual: retro\n", 4, "own.0.ritual"),
        ("pack: classic\nown:\n  - text: A?\n    role: boss\n", 4, "own.0.role"),
        ("pack: classic\nown:\n  - text: A?\n    stage: directing\n", 4, "own.0.stage"),
        ("pack: classic\nown:\n  - text: A?\n    asked: maybe\n", 4, "own.0.asked"),
        (f"pack: classic\nown:\n  - text: {'x' * 3000}\n", 3, "own.0.text"),
        ("pack: classic\nown:\n  - text: ' '\n", 3, "own.0.text"),
        ("pack: classic\nown:\n  - text: A?\n  - text: ' a? '\n", 4, "own.1.text"),
        ("pack: classic\nown:\n  - text: What surprised you?\n", 3, "own.0.text"),
        ("pack: classic\nquestions:\n  classic.gone:\n    en: A\n    de: B\n", 4, "questions.classic.gone"),
        ("pack: classic\nquestions:\n  classic.proud:\n    en: A\n    de: B\n", 4, "questions.classic.proud"),
        (f"pack: classic\nquestions:\n{CLASSIC}", 3, "questions: Fewer than 3"),
        ("pack: classic\npack: classic\n", 2, "pack"),
        ("pack: [classic\n", 2, "not YAML"),
        ("", 1, ""),
        (f"pack: classic\nown:\n{''.join(f'  - text: q{n}{chr(10)}' for n in range(MOST + 1))}", 3, "own"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("check", [True, False])
def test_what_is_wrong_is_told_by_line_and_nothing_is_changed(
    change: Change, text: str, line: int, named: str, *, check: bool
) -> None:
    before = rows(change)
    result = bring(text, *(["--check"] if check else []))

    assert result.exit_code == 1
    assert f"in.yml, line {line}" in result.stderr
    assert named in result.stderr
    assert rows(change) == before


def test_utf_16_is_read_and_what_is_no_text_is_refused(change: Change) -> None:
    Path("in.yml").write_text("pack: classic\n", encoding="utf-16")
    assert packs("import", "in.yml", "--check").exit_code == 0
    Path("in.yml").write_bytes(b"pack: \x00\x01")
    assert packs("import", "in.yml", "--check").exit_code == 2
    assert packs("import", "none.yml", "--check").exit_code == 2
    Path("in.yml").write_bytes(b"#" * 1_000_001)
    assert packs("import", "in.yml", "--check").exit_code == 2


def test_a_cohort_that_ended_or_is_unknown_is_told(change: Change) -> None:
    assert bring("pack: classic\n", "--cohort", "Autumn").exit_code == 1
    change(lambda tx: tx.cohorts.update(replace(tx.cohorts.get(CohortId(1)), state=CohortState.ENDED)))
    before = rows(change)
    assert bring("pack: classic\n").exit_code == 1
    assert rows(change) == before
