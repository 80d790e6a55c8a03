"""Does everybody take along what they may see, and nothing else?"""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from bot.domain.checkins import CheckIn, CheckInSource, Energy
from bot.domain.experiments import Experiment
from bot.domain.goals import Goal
from bot.domain.indicators import Indicator
from bot.domain.insights import FIRST_EDITION, Insight, Visibility
from bot.domain.members import Member
from bot.domain.nudges import Occurrence, Ritual
from bot.domain.readings import Reading
from bot.domain.results import Adherence, Grade, Result
from bot.domain.things import THINGS
from bot.domain.working_life import DayOff
from bot.ports import Tx
from bot.usecases.repository.export import SOMEBODY, Exported, export
from bot.usecases.repository.insights_sharing import share
from tests.running import read_as
from tests.usecases.conftest import Setup

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
# Who is here and who is with whom, what was planned and sent, and what is made of other rows.
STAYS_HERE = {
    "workspace", "member", "cohort", "pair_member", "seen", "occurrence", "nudge", "agenda_item", "entry", "outgoing",
    "audit", "cohort_day_off", "digest", "digest_line", "feed", "goal_drift", "goal_round", "owed_reply", "toss",
    "insight_import", "objective", "competency", "match_run", "match_line", "reusable_try", "counted_try",
    "pulse_key", "pulse", "cohort_figure", "counted_share",
    "search_news", "cohort_question", "resource",
    "reuse_report", "reuse_report_telling", "cohort_channel", "win_post",
}  # fmt: skip


async def exported(setup: Setup, member: Member) -> Exported:
    return await read_as(setup.deps, setup.viewer(member), export, member)


def _loop(tx: Tx, setup: Setup, *, told: bool = True) -> Result:
    """Tom's goal, experiment with a number, and result."""
    membership = (setup.workspace.id, setup.pair.id)
    tom = setup.mentee.id
    goal = tx.goals.insert(Goal(*membership, tom, "lead by asking", NOW, NOW))
    experiment = tx.experiments.insert(
        Experiment(*membership, tom, "ask first", "in meetings", date(2026, 12, 1), NOW, goal_id=goal.id)
    )
    pause = tx.indicators.insert(Indicator(*membership, experiment.id, "Pause", "s", Decimal("0.50")))
    result = tx.results.insert(
        Result(*membership, experiment.id, tom, Adherence.DID, NOW, told_at=NOW if told else None)
    )
    tx.readings.insert(
        Reading(*membership, pause.id, tom, NOW.date(), NOW, Decimal("2.5"), result_id=result.id)
    )
    return result


async def test_both_partners_take_their_pairs_words_along_and_an_admin_does_not(setup: Setup) -> None:
    await setup.write(lambda r: _loop(r, setup))

    for member in (setup.mentor, setup.mentee):
        records = (await exported(setup, member)).records
        assert [goal["text"] for goal in records["goal"]] == ["lead by asking"]
        assert records["goal"][0]["member"] == "Tom (UTOM)"
        assert [reading["value"] for reading in records["reading"]] == ["2.5"]
    assert not any((await exported(setup, setup.admin)).records.values())


async def test_numbers_and_days_stay_exact_in_json(setup: Setup) -> None:
    await setup.write(lambda r: _loop(r, setup))

    records = json.loads(json.dumps((await exported(setup, setup.mentee)).records))

    assert records["indicator"][0]["baseline"] == "0.50"
    assert records["experiment"][0]["until"] == "2026-12-01"
    assert records["experiment"][0]["goal_id"] == records["goal"][0]["id"]


async def test_a_tap_stays_with_the_mentee_until_the_words_are_sent(setup: Setup) -> None:
    await setup.write(lambda r: _loop(r, setup, told=False))

    for member in (setup.mentor, setup.mentee):
        assert (await exported(setup, member)).records["result"] == []


async def test_what_nobody_but_the_member_sees_is_in_no_export(setup: Setup) -> None:
    def check_in(tx: Tx) -> None:
        membership = (setup.workspace.id, setup.pair.id)
        occurrence = tx.occurrences.insert(
            Occurrence(*membership, Ritual.CHECK_IN, 0, "2026-11-24", date(2026, 11, 24))
        )
        answered = tx.check_ins.insert(
            CheckIn(
                *membership,
                setup.mentee.id,
                occurrence.id,
                CheckInSource.FORM,
                NOW,
                NOW,
                went_well="a calm talk",
            )
        )
        tx.energies.insert(Energy(setup.workspace.id, setup.mentee.id, answered.id, 2, NOW))
        tx.days_off.insert(
            DayOff(setup.workspace.id, setup.mentee.id, NOW.date(), NOW.date(), NOW, "the clinic")
        )

    await setup.write(check_in)

    mine, theirs = await exported(setup, setup.mentee), await exported(setup, setup.mentor)
    for records in (mine.records, theirs.records):
        assert (records["energy"], records["day_off"]) == ([], [])
    assert [answer["went_well"] for answer in theirs.records["check_in"]] == ["a calm talk"]


async def test_an_insight_for_everyone_goes_without_its_writer(setup: Setup) -> None:
    def keep(tx: Tx) -> None:
        insight = Insight(
            setup.workspace.id, setup.pair.id, setup.cohort.id, setup.mentee.id,
            "in reviews", "naming one thing first", "people listen", NOW, NOW, grade=Grade.HUNCH,
        )  # fmt: skip
        kept = replace(insight, visibility=Visibility.WORKSPACE, agreed=FIRST_EDITION)
        share(tx, tx.insights.insert(kept))

    await setup.write(keep)

    (seen,) = (await exported(setup, setup.admin)).records["shared_insight"]
    (own,) = (await exported(setup, setup.mentor)).records["insight"]
    assert (await exported(setup, setup.admin)).records["insight"] == []
    assert seen["outcome"] == own["outcome"] == "people listen"
    assert (seen["member"], own["member"]) == (SOMEBODY, "Tom (UTOM)")
    assert {"pair_id", "cohort_id", "insight_id", "experiment_id", "wished"} & seen.keys() == set()


async def test_why_two_were_paired_goes_with_them_and_with_the_one_who_wrote_it(setup: Setup) -> None:
    lea = Member(setup.workspace.id, "ULEA", "Lea", "Europe/Berlin", "en-US", NOW, is_admin=True)
    lea = await setup.write(lambda r: r.members.insert(lea))
    await setup.write(lambda r: r.pairs.update(replace(setup.pair, reason="Both lead remote teams")))

    for member in (setup.mentor, setup.mentee, setup.admin):
        records = (await exported(setup, member)).records
        assert [pair["reason"] for pair in records["pair"]] == ["Both lead remote teams"]
    assert (await exported(setup, lea)).records["pair"] == []


async def test_all_that_people_write_is_there_even_if_it_is_empty(setup: Setup) -> None:
    taken = set((await exported(setup, setup.mentee)).records)

    stays = {stored.table for stored in THINGS.values()} - taken
    assert stays == STAYS_HERE, (
        "nobody takes these along, or somebody does all of a sudden: say `exported=True` where the thing is described"
        " in bot/domain, or list its table in STAYS_HERE (tests/usecases/repository/test_export.py): "
        + ", ".join(sorted(stays ^ STAYS_HERE))
    )


async def test_whoever_left_a_pair_takes_along_what_others_read_without_its_writer(setup: Setup) -> None:
    def keep(tx: Tx) -> None:
        insight = Insight(
            setup.workspace.id, setup.pair.id, setup.cohort.id, setup.mentee.id,
            "in reviews", "naming one thing first", "people listen", NOW, NOW, grade=Grade.HUNCH,
        )  # fmt: skip
        kept = replace(insight, visibility=Visibility.WORKSPACE, agreed=FIRST_EDITION)
        share(tx, tx.insights.insert(kept))
        (membership,) = tx.memberships.find(member_id=setup.mentor.id)
        tx.memberships.update(replace(membership, left_at=NOW))

    await setup.write(keep)

    records = (await exported(setup, setup.mentor)).records
    (seen,) = records["shared_insight"]
    assert (records["insight"], records["pair"]) == ([], [])
    assert (seen["member"], seen["outcome"]) == (SOMEBODY, "people listen")
    assert "pair_id" not in seen


async def test_a_pair_that_somebody_asked_without_a_word_is_not_theirs_to_take_along(setup: Setup) -> None:
    assert (await exported(setup, setup.admin)).records["pair"] == []
