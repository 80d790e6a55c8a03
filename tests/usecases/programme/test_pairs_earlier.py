"""What a new mentor sees of the time before: what the mentee picked of it, and nothing else, wherever they look."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.entries import Filters, Scope
from bot.domain.evidence import Evidence
from bot.domain.goals import Goal
from bot.domain.ids import GoalId
from bot.domain.indicators import Indicator
from bot.domain.insights import Insight, Visibility
from bot.domain.members import Member
from bot.domain.nudges import Nudge, Occurrence, OccurrenceState, Ritual
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.pairs_replacing import EarlierKind
from bot.domain.privacy import pair_token
from bot.domain.readings import Reading
from bot.domain.replies import Reply
from bot.domain.sessions import AgendaItem, AgendaSource
from bot.domain.stored import Earlier
from bot.domain.thanks import Thanks, ThanksFor
from bot.domain.things import THINGS
from bot.ports import Tx
from bot.usecases.entries import make_findable
from bot.usecases.programme.pairs_earlier import COUNTED, earlier_kinds, hand_over
from bot.usecases.repository.export import export
from bot.usecases.repository.insights_sharing import share
from tests.planting import NOW, SECRET, WORDS, plant_everywhere
from tests.running import read_as
from tests.usecases.conftest import Setup

# As what a row of Tom's, of his pair with Mira, may be shown to whoever mentors him next, by the name of the store;
# what hangs on one of several things is looked at below. A new store has to say it here, too.
SHOWN_AS: dict[str, Earlier | None] = {
    **dict.fromkeys(
        ("workspaces", "members", "cohorts", "feeds", "days_off", "cohort_days_off", "objectives"), None
    ),
    **dict.fromkeys(("charters", "feedback_wishes"), None),  # a new mentor agrees anew
    **dict.fromkeys(("reviews", "retro_items"), None),  # what they are drafted from is picked by its kind
    **dict.fromkeys(
        (
            "resources",
            "competencies",
            "cohort_questions",
            "profiles",
            "not_with",
            "match_runs",
            "match_lines",
        ),
        None,
    ),
    **dict.fromkeys(("reusable_tries", "counted_tries"), None),
    **dict.fromkeys(("pulse_keys", "pulses", "cohort_figures", "counted_shares"), None),
    **dict.fromkeys(("pairs", "memberships", "pauses", "rhythm_proposals", "closings", "portfolios"), None),
    **dict.fromkeys(("goals", "ladders", "ladder_rounds", "ladder_scores", "milestones"), Earlier.GOALS),
    **dict.fromkeys(("experiments", "indicators", "readings", "hints", "tosses", "turns"), Earlier.TRIES),
    **dict.fromkeys(("results", "responses", "seen", "setbacks", "suggestions"), Earlier.TRIES),
    **dict.fromkeys(("occurrences", "nudges"), Earlier.TRIES),  # made up for *Keep it*
    "observations": Earlier.OBSERVATIONS,
    "thanks": None,  # made up with a line; without one they go with what they are for
    "entries": Earlier.TRIES,  # made up for a suggestion
    **dict.fromkeys(("check_ins", "commitments"), Earlier.CHECK_INS),
    **dict.fromkeys(("sessions", "talks"), Earlier.TALKS),
    **dict.fromkeys(("asks", "answers", "replies"), Earlier.ASKS),
    **dict.fromkeys(("cohort_channels", "win_posts", "channel_wins", "win_consents"), None),
    "shared_wins": None,  # with whoever mentored then
    "agenda": None,  # made up for a beginning
    "evidence": Earlier.MESSAGES,
    **dict.fromkeys(("stakeholder_asks", "two_lines"), None),  # who wrote them was told who reads them
    **dict.fromkeys(("insights", "insight_editions", "shared_insights"), Earlier.INSIGHTS),
    **dict.fromkeys(
        ("energies", "drifts", "offers", "patterns", "help_requests", "ledger_lines", "owed_replies"), None
    ),
    **dict.fromkeys(("digests", "digest_lines", "outgoing", "audit", "insight_imports"), None),
    **dict.fromkeys(
        ("saved_searches", "search_news", "quotes", "reuse_reports", "reuse_report_tellings"), None
    ),
}
UNSEEN = ("tosses", "results", "ladder_scores")  # by a mentor: the coin, and what is not told yet


async def yuki_mentors(setup: Setup) -> tuple[Member, Pair]:
    """Tom learns from Yuki now; Mira has left."""

    def write(tx: Tx) -> tuple[Member, Pair]:
        yuki = tx.members.insert(Member(setup.workspace.id, "UYUKI", "Yuki", "Asia/Tokyo", "en-US", NOW))
        pair = tx.pairs.insert(
            Pair(setup.workspace.id, setup.cohort.id, NOW, state=PairState.ACTIVE, active_since=NOW)
        )
        for person, role in ((yuki, Role.MENTOR), (setup.mentee, Role.MENTEE)):
            tx.memberships.insert(Membership(setup.workspace.id, pair.id, person.id, role, Consent.YES))
        [mira] = tx.memberships.find(pair_id=setup.pair.id, member_id=setup.mentor.id)
        tx.memberships.update(replace(mira, left_at=NOW))
        return yuki, pair

    return await setup.write(write)


async def planted(setup: Setup) -> dict[str, int]:
    """A row of Tom's in each store, all with the same private words."""
    known: dict[str, Any] = {
        "workspace_id": setup.workspace.id, "member_id": setup.mentee.id, "pair_id": setup.pair.id,
        "cohort_id": setup.cohort.id, "visibility": Visibility.PAIR, "access": pair_token(setup.pair.id),
    }  # fmt: skip
    kept = ("workspaces", "members", "cohorts", "pairs", "memberships")
    return await setup.write(lambda tx: plant_everywhere(tx, known, but=kept))


async def seen_by(setup: Setup, member: Member, rows: dict[str, int]) -> set[str]:
    """The stores in which this member finds the row that was planted there."""

    def look(tx: Tx) -> set[str]:
        return {store for store, id_ in rows.items() if getattr(tx, store).count(id=id_)}

    return await setup.read(look, member)


def test_every_store_says_as_what_it_is_shown_to_a_new_mentor() -> None:
    assert SHOWN_AS.keys() == THINGS.keys(), (
        "say in SHOWN_AS (tests/usecases/programme/test_pairs_earlier.py) as what a new mentor may see these: "
        + ", ".join(sorted(SHOWN_AS.keys() ^ THINGS.keys()))
    )
    assert COUNTED.keys() == set(Earlier)


@pytest.mark.parametrize("kinds", [(), *((kind,) for kind in Earlier), tuple(Earlier)])
async def test_a_new_mentor_sees_what_was_picked_and_nothing_else(
    setup: Setup, kinds: tuple[Earlier, ...]
) -> None:
    rows = await planted(setup)
    yuki, pair = await yuki_mentors(setup)
    before = await seen_by(setup, setup.mentee, rows)

    await setup.write(lambda tx: hand_over(tx, setup.pair.id, pair.id, kinds))

    picked = {store for store, kind in SHOWN_AS.items() if kind in kinds and store not in UNSEEN}
    everybodys = {
        "cohort_channels",
        "cohort_days_off",
        "pauses",
        "objectives",
        "resources",
        "competencies",
        "cohort_questions",
        "reusable_tries",
        "cohort_figures",
        "reuse_reports",
    }  # days, that Tom is away, the cohort's aims, and what is nobody's
    assert await seen_by(setup, yuki, rows) - everybodys == picked
    assert await seen_by(setup, setup.mentor, rows) - everybodys == set()
    assert await seen_by(setup, setup.mentee, rows) == before


@pytest.mark.parametrize("kinds", [(), *((kind,) for kind in Earlier)])
async def test_whoever_takes_everything_along_takes_only_what_was_picked(
    setup: Setup, kinds: tuple[Earlier, ...]
) -> None:
    await planted(setup)
    yuki, pair = await yuki_mentors(setup)

    await setup.write(lambda tx: hand_over(tx, setup.pair.id, pair.id, kinds))

    taken = (await read_as(setup.deps, setup.viewer(yuki), export, yuki)).records
    secret = {table for table, records in taken.items() if SECRET in str(records)} - {"pause"}
    tables = {
        THINGS[store].table
        for store, kind in SHOWN_AS.items()
        if kind in kinds and store not in UNSEEN and THINGS[store].exported
    }
    assert secret <= tables
    assert secret or not kinds


def of_one(tx: Tx, setup: Setup, rows: dict[str, int], kind: Earlier) -> dict[str, int]:
    """More rows of things that hang on something of this kind, where the planted ones hang on something else."""
    whose = (setup.workspace.id, setup.pair.id, setup.mentee.id)
    match kind:
        case Earlier.GOALS:
            goal = GoalId(rows["goals"])
            number: Any = tx.indicators.insert(Indicator(whose[0], whose[1], None, "loudness", goal_id=goal))
            reading = tx.readings.insert(
                Reading(whose[0], whose[1], number.id, whose[2], NOW.date(), NOW, Decimal(1))
            )
            return {"indicators": number.id, "readings": reading.id}
        case Earlier.TRIES:
            kept: Any = tx.evidence.get(rows["evidence"])
            message: Evidence = replace(kept, id=0, experiment_id=rows["experiments"])
            reply: Any = Reply(*whose, WORDS, NOW, response_id=rows["responses"])  # type: ignore[arg-type]  # its id
            item = AgendaItem(*whose, AgendaSource.RESULT, rows["results"], NOW)
            thanks = Thanks(*whose, ThanksFor.RESPONSE, rows["responses"], NOW)
            return {
                "evidence": tx.evidence.insert(message).id, "replies": tx.replies.insert(reply).id,
                "agenda": tx.agenda.insert(item).id, "thanks": tx.thanks.insert(thanks).id,
            }  # fmt: skip
        case Earlier.CHECK_INS:
            day = date(2026, 11, 17)
            round_ = tx.occurrences.insert(
                Occurrence(*whose[:2], Ritual.CHECK_IN, 0, day.isoformat(), day, OccurrenceState.SKIPPED)
            )
            nudge = tx.nudges.insert(Nudge(*whose[:2], round_.id, whose[2], 0, NOW, NOW, reason=WORDS))
            return {"occurrences": round_.id, "nudges": nudge.id}
        case Earlier.ASKS:
            item = AgendaItem(*whose, AgendaSource.ASK, rows["asks"], NOW)
            thanks = Thanks(*whose, ThanksFor.ANSWER, rows["answers"], NOW)
            return {"agenda": tx.agenda.insert(item).id, "thanks": tx.thanks.insert(thanks).id}
        case Earlier.TALKS:
            thanks = Thanks(*whose, ThanksFor.SESSION, rows["sessions"], NOW)
            return {"thanks": tx.thanks.insert(thanks).id}
        case _:
            return {}


@pytest.mark.parametrize("kind", Earlier)
async def test_what_hangs_on_one_of_several_things_goes_with_that(setup: Setup, kind: Earlier) -> None:
    planted_rows = await planted(setup)
    more = await setup.write(lambda tx: {each: of_one(tx, setup, planted_rows, each) for each in Earlier})
    yuki, pair = await yuki_mentors(setup)

    await setup.write(lambda tx: hand_over(tx, setup.pair.id, pair.id, [kind]))

    for each, rows in more.items():
        assert await seen_by(setup, yuki, rows) == (set(rows) if each is kind else set())


async def test_what_was_picked_is_found_and_nothing_else(setup: Setup) -> None:
    def write(tx: Tx) -> tuple[Goal, Insight]:
        whose = (setup.workspace.id, setup.pair.id, setup.mentee.id)
        goal = tx.goals.insert(Goal(*whose, "ask the zebrafinch", NOW, NOW))
        insight = tx.insights.insert(
            Insight(*whose[:2], setup.cohort.id, whose[2], "", "wait for the zebrafinch", WORDS, NOW, NOW)
        )
        make_findable(tx, goal)
        share(tx, insight)
        return goal, insight

    goal, _ = await setup.write(write)
    yuki, pair = await yuki_mentors(setup)

    async def found(member: Member) -> set[int]:
        filters = Filters(Scope.WORKSPACE)
        return await setup.read(lambda tx: {one.id for one in tx.search.candidates([], filters, 100)}, member)

    everything = await found(setup.mentee)
    assert (len(everything), await found(yuki), await found(setup.mentor)) == (2, set(), set())
    await setup.write(lambda tx: hand_over(tx, setup.pair.id, pair.id, [Earlier.GOALS]))
    [entry] = await setup.read(lambda tx: tx.entries.find(subject_id=goal.id, kind="goal"))
    assert (await found(yuki), await found(setup.mentor)) == ({entry.id}, set())
    assert await found(setup.mentee) == everything


async def test_what_a_cohort_was_allowed_to_read_a_new_mentor_reads_like_everybody_in_it(
    setup: Setup,
) -> None:
    def write(tx: Tx) -> None:
        whose = (setup.workspace.id, setup.pair.id, setup.cohort.id, setup.mentee.id)
        insight = Insight(*whose, "", "wait", "calm", NOW, NOW, visibility=Visibility.COHORT, agreed=1)
        share(tx, tx.insights.insert(insight))

    await setup.write(write)
    yuki, pair = await yuki_mentors(setup)

    async def reads() -> tuple[int, int, int]:
        return await setup.read(
            lambda tx: (
                tx.insights.count(),
                tx.shared_insights.count(),
                len(tx.search.candidates([], Filters(), 9)),
            ),
            yuki,
        )

    assert await reads() == (0, 1, 1)
    await setup.write(lambda tx: hand_over(tx, setup.pair.id, pair.id, [Earlier.INSIGHTS]))
    assert await reads() == (1, 1, 1)


async def test_kinds_are_counted_and_any_change_of_their_words_is_another_edition(setup: Setup) -> None:
    async def kinds() -> list[EarlierKind]:
        return await setup.read(lambda tx: earlier_kinds(tx, setup.pair.id))

    assert await kinds() == []
    whose = (setup.workspace.id, setup.pair.id, setup.mentee.id)
    goal = await setup.write(lambda tx: tx.goals.insert(Goal(*whose, "speak up", NOW, NOW)))
    [first] = await kinds()
    assert (first.kind, first.count) == (Earlier.GOALS, 1)
    assert await kinds() == [first]

    await setup.write(lambda tx: tx.goals.update(replace(goal, text="speak up in reviews")))
    [changed] = await kinds()
    await setup.write(lambda tx: tx.goals.insert(Goal(*whose, "write less", NOW, NOW)))
    [more] = await kinds()

    assert len({first.edition, changed.edition, more.edition}) == 3
    assert more.count == 2


async def test_of_two_rounds_on_one_day_both_are_kept(setup: Setup) -> None:
    yuki, pair = await yuki_mentors(setup)
    day = date(2026, 11, 24)

    def write(tx: Tx) -> None:
        for each, state in ((setup.pair.id, OccurrenceState.ANSWERED), (pair.id, OccurrenceState.OPEN)):
            tx.occurrences.insert(
                Occurrence(setup.workspace.id, each, Ritual.CHECK_IN, 0, day.isoformat(), day, state)
            )

    await setup.write(write)

    await setup.write(lambda tx: hand_over(tx, setup.pair.id, pair.id, [Earlier.CHECK_INS]))

    assert await setup.read(lambda tx: tx.occurrences.count(day=day), yuki) == 2
