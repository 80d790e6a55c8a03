"""What everybody else reads of an insight whose words change, on a real database: in search, opened, and exported."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.entries import Filters
from bot.domain.errors import NotFound, WordsChanged
from bot.domain.experiments import Experiment
from bot.domain.ids import InsightId, PairId
from bot.domain.insights import Insight, SharedInsight, Visibility
from bot.domain.members import Member
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.results import Adherence, Grade, Result
from bot.domain.stored import EntryKind
from bot.ports import Tx
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.repository.export import export
from bot.usecases.repository.insight_cards import CARD, CONSENT, InsightWish, load_insight_card
from bot.usecases.repository.insights import KeepInsight, keep_insight, open_insight_form
from bot.usecases.repository.insights_sharing import answer_wish, change_visibility
from bot.usecases.repository.search import find, tags_to_choose
from bot.usecases.repository.search_things import open_thing
from tests.commands import showing
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup

PAIR, COHORT, EVERYONE = Visibility.PAIR, Visibility.COHORT, Visibility.WORKSPACE
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
OLD = {"situation": "oldwhen", "behaviour": "olddoing", "outcome": "oldoutcome", "tags": "oldtag"}
NEW = {"situation": "newwhen", "behaviour": "newdoing", "outcome": "newoutcome", "tags": "newtag"}
KEPT = KeepInsight(
    PairId(0), {"situation": "", "behaviour": "", "outcome": "", "tags": "", "visibility": COHORT}
)


async def keep(
    setup: Setup,
    words: dict[str, str],
    visibility: Visibility = COHORT,
    *,
    insight: InsightId | None = None,
    by: Member | None = None,
    **more: object,
) -> InsightId:
    me = by or setup.mentee
    fields = {"pair_id": setup.pair.id, **words, "visibility": visibility, "insight_id": insight, **more}
    command = showing(KEPT, **fields)
    key = f"{sorted(words.values())}:{visibility}:{len(await setup.read(lambda r: r.audit.find()))}"
    return await write_as(setup.deps, setup.viewer(me), keep_insight, command, key=key)


async def answer(
    setup: Setup, insight: InsightId, read: int, *, by: Member | None = None, agree: bool = True
) -> None:
    me = by or setup.mentor
    await write_as(
        setup.deps,
        setup.viewer(me),
        answer_wish,
        insight,
        COHORT,
        read,
        agree=agree,
        key=f"{me.id}:{read}:{agree}",
    )


async def choose(setup: Setup, member: Member, insight: InsightId, wanted: Visibility, read: int) -> None:
    key = f"choose:{member.id}:{wanted}:{read}"
    await write_as(setup.deps, setup.viewer(member), change_visibility, insight, wanted, read, key=key)


async def shared(setup: Setup) -> InsightId:
    """Both let the cohort read the old words."""
    insight = await keep(setup, OLD)
    await answer(setup, insight, 1)
    return insight


async def finds(setup: Setup, member: Member, words: str) -> list[str]:
    """What this member reads of each hit for just these words: title, snippet and tags."""
    found = await read_as(setup.deps, setup.viewer(member), find, f'"{words}"' if words else "")
    assert found.total == len(found.hits)
    return [
        " ".join(" ".join([*(text for text, _ in (*hit.title, *hit.snippet)), *hit.tags]).split())
        for hit in found.hits
        if hit.kind is EntryKind.INSIGHT
    ]


async def everything_read(setup: Setup, member: Member, insight: InsightId) -> str:
    """All that this member gets to read in every way there is, as one text."""
    viewer = setup.viewer(member)
    taken_along = (await read_as(setup.deps, viewer, export, member)).records
    tags = await read_as(setup.deps, viewer, tags_to_choose)
    near = [(await read_as(setup.deps, viewer, find, typed)).suggestion for typed in ("olddoign", "newdoign")]
    by_tag = [await read_as(setup.deps, viewer, find, "", Filters(tag=tag)) for tag in ("oldtag", "newtag")]
    read: list[object] = [
        taken_along,
        tags,
        near,
        [found.hits for found in by_tag],
        await finds(setup, member, ""),
    ]
    try:
        read.append(await read_as(setup.deps, viewer, open_thing, EntryKind.INSIGHT, insight))
    except NotFound:
        assert not any(found.total for found in by_tag)
    return str(read)


async def test_changed_words_stay_with_the_two_until_the_partner_agreed_to_them(setup: Setup) -> None:
    insight = await shared(setup)

    await keep(setup, NEW, insight=insight)

    assert await finds(setup, setup.admin, "newdoing") == []
    assert await finds(setup, setup.admin, "olddoing") == ["olddoing – oldwhen oldoutcome oldtag"]
    assert await read_as(setup.deps, setup.viewer(setup.admin), tags_to_choose) == ["oldtag"]
    outside = await everything_read(setup, setup.admin, insight)
    assert [word for word in NEW.values() if word in outside] == []
    assert [word for word in OLD.values() if word not in outside] == []
    for member in (setup.mentee, setup.mentor):
        assert await finds(setup, member, "newdoing") == ["newdoing – newwhen newoutcome newtag"]
        assert await finds(setup, member, "olddoing") == []
        assert await read_as(setup.deps, setup.viewer(member), tags_to_choose) == ["newtag"]


async def test_once_the_partner_agreed_everybody_reads_the_new_words_and_only_the_two_keep_the_old_ones(
    setup: Setup,
) -> None:
    insight = await shared(setup)
    await keep(setup, NEW, insight=insight)

    await answer(setup, insight, 2)

    for member in (setup.admin, setup.mentee, setup.mentor):
        assert await finds(setup, member, "newdoing") == ["newdoing – newwhen newoutcome newtag"]
        assert await finds(setup, member, "olddoing") == []
        read = await everything_read(setup, member, insight)
        kept = [] if member == setup.admin else list(OLD.values())  # as what it said before
        assert [word for word in OLD.values() if word in read] == kept


async def test_a_no_leaves_the_old_words_to_others(setup: Setup) -> None:
    insight = await shared(setup)
    await keep(setup, NEW, insight=insight)

    await answer(setup, insight, 2, agree=False)

    assert await finds(setup, setup.admin, "olddoing") == ["olddoing – oldwhen oldoutcome oldtag"]
    assert await finds(setup, setup.admin, "newdoing") == []


@pytest.mark.parametrize("changed", ["situation", "behaviour", "outcome", "tags"])
async def test_whatever_others_read_of_it_waits_for_a_yes(setup: Setup, changed: str) -> None:
    insight = await shared(setup)

    await keep(setup, {**OLD, changed: NEW[changed]}, insight=insight)

    assert NEW[changed] not in await everything_read(setup, setup.admin, insight)
    assert (await setup.told(setup.mentor)).count(CONSENT) == 2


async def test_how_sure_it_is_waits_for_a_yes_as_well(setup: Setup) -> None:
    result = await setup.write(lambda r: _a_result(r, setup, setup.pair))
    insight = await keep(setup, OLD, result_id=result.id)
    await answer(setup, insight, 1)
    await setup.write(lambda r: r.results.update(replace(r.results.get(result.id), grade=Grade.TESTED)))

    await keep(setup, OLD, insight=insight, result_id=result.id)

    thing = await read_as(setup.deps, setup.viewer(setup.admin), open_thing, EntryKind.INSIGHT, insight)
    assert isinstance(thing.subject, SharedInsight)
    assert thing.subject.grade is Grade.HUNCH
    card = await read_as(setup.deps, setup.viewer(setup.mentor), load_insight_card, insight)
    assert card.insight.grade is Grade.TESTED


async def test_words_that_are_saved_unchanged_ask_nobody(setup: Setup) -> None:
    insight = await shared(setup)

    await keep(setup, OLD, insight=insight)

    assert (await setup.told(setup.mentor)).count(CONSENT) == 1


async def test_a_yes_to_a_question_with_older_words_opens_nothing(setup: Setup) -> None:
    insight = await keep(setup, OLD)
    await keep(setup, NEW, insight=insight)

    with pytest.raises(WordsChanged):
        await answer(setup, insight, 1)

    assert await finds(setup, setup.admin, "") == []
    await answer(setup, insight, 2)
    assert await finds(setup, setup.admin, "newdoing") == ["newdoing – newwhen newoutcome newtag"]


async def test_a_question_that_waits_shows_the_newest_words_and_is_not_asked_twice(setup: Setup) -> None:
    insight = await keep(setup, OLD)
    await dispatch(setup.deps)

    await keep(setup, NEW, insight=insight)
    await dispatch(setup.deps)

    assert (await setup.told(setup.mentor)).count(CONSENT) == 1
    (shown,) = [post.content for post in setup.messenger.updates if isinstance(post.content, InsightWish)]
    assert (shown.card.insight.behaviour, shown.card.insight.edition) == ("newdoing", 2)


async def test_an_answered_question_is_not_asked_again_when_the_words_change(setup: Setup) -> None:
    insight = await keep(setup, OLD)
    await dispatch(setup.deps)
    await answer(setup, insight, 1)
    await dispatch(setup.deps)

    for words in (NEW, {**NEW, "tags": "thirdtag"}):
        await keep(setup, words, insight=insight)
        await dispatch(setup.deps)

    first, second = await setup.read(lambda r: r.outgoing.find(kind=CONSENT.name, updates=""))
    updated = await setup.read(lambda r: r.outgoing.find(kind=CONSENT.name, updates=first.dedupe_key))
    assert len(updated) == 1, "it was settled once, and says so"
    assert len(await setup.read(lambda r: r.outgoing.find(kind=CONSENT.name, updates=second.dedupe_key))) == 1


async def test_the_question_about_new_words_has_what_others_read_until_now(setup: Setup) -> None:
    insight = await shared(setup)
    await dispatch(setup.deps)
    setup.messenger.posts.clear()

    await keep(setup, NEW, insight=insight)
    await dispatch(setup.deps)

    (asked,) = [post.content for post in setup.messenger.posts if isinstance(post.content, InsightWish)]
    assert asked.card.shared is not None
    assert (asked.card.insight.behaviour, asked.card.shared.behaviour) == ("newdoing", "olddoing")


async def test_either_takes_it_back_at_once_while_new_words_wait(setup: Setup) -> None:
    for member in (setup.mentee, setup.mentor):
        insight = await shared(setup)
        await keep(setup, NEW, insight=insight)

        await choose(setup, member, insight, PAIR, read=1)

        read = await everything_read(setup, setup.admin, insight)
        assert [word for word in (*OLD.values(), *NEW.values()) if word in read] == []
        assert await setup.read(lambda r: r.entries.count(kind=EntryKind.SHARED)) == 0
        assert await setup.read(lambda r: r.shared_insights.count()) == 0


async def test_after_it_was_taken_back_it_needs_a_fresh_yes_to_the_words_as_they_are_then(
    setup: Setup,
) -> None:
    insight = await shared(setup)
    await choose(setup, setup.mentor, insight, PAIR, read=1)
    await keep(setup, NEW, COHORT, insight=insight)
    assert await finds(setup, setup.admin, "") == []

    await answer(setup, insight, 2)

    assert await finds(setup, setup.admin, "") == ["newdoing – newwhen newoutcome newtag"]


async def test_my_yes_to_my_partners_wish_opens_nothing_that_they_have_not_read(setup: Setup) -> None:
    insight = await keep(setup, OLD, PAIR)
    await choose(setup, setup.mentor, insight, COHORT, read=1)
    await keep(setup, NEW, PAIR, insight=insight)

    await answer(setup, insight, 2, by=setup.mentee)

    assert await finds(setup, setup.admin, "") == []
    assert (await setup.told(setup.mentor)).count(CONSENT) == 1
    await answer(setup, insight, 2, by=setup.mentor)
    assert await finds(setup, setup.admin, "") == ["newdoing – newwhen newoutcome newtag"]


async def test_choosing_a_circle_is_a_yes_to_the_words_that_the_form_showed_and_to_no_others(
    setup: Setup,
) -> None:
    insight = await keep(setup, OLD)
    form = await read_as(setup.deps, setup.viewer(setup.mentor), open_insight_form, insight_id=insight)
    await keep(setup, NEW, insight=insight)

    with pytest.raises(WordsChanged):
        await choose(setup, setup.mentor, insight, COHORT, read=form.edition)

    assert await finds(setup, setup.admin, "") == []


async def test_the_pair_finds_it_once_also_after_it_has_ended(setup: Setup) -> None:
    insight = await shared(setup)
    await setup.write(lambda r: r.pairs.update(replace(r.pairs.get(setup.pair.id), state=PairState.ENDED)))

    assert len(await finds(setup, setup.mentee, "olddoing")) == 1
    await choose(setup, setup.mentee, insight, PAIR, read=1)
    assert await finds(setup, setup.admin, "olddoing") == []


async def test_a_former_mentor_reads_what_others_read(setup: Setup) -> None:
    insight = await keep(setup, OLD, EVERYONE)
    key = "yes"
    await write_as(
        setup.deps, setup.viewer(setup.mentor), answer_wish, insight, EVERYONE, 1, agree=True, key=key
    )
    await keep(setup, NEW, EVERYONE, insight=insight)
    (membership,) = await setup.read(lambda r: r.memberships.find(member_id=setup.mentor.id))
    await setup.write(lambda r: r.memberships.update(replace(membership, left_at=NOW)))

    assert await finds(setup, setup.mentor, "") == ["olddoing – oldwhen oldoutcome oldtag"]
    read = await everything_read(setup, setup.mentor, insight)
    assert [word for word in NEW.values() if word in read] == []


async def test_the_two_take_along_both_what_they_wrote_and_what_others_read(setup: Setup) -> None:
    insight = await shared(setup)
    await keep(setup, NEW, insight=insight)

    records = (await read_as(setup.deps, setup.viewer(setup.mentor), export, setup.mentor)).records

    assert [record["behaviour"] for record in records["insight"]] == ["newdoing"]
    assert [record["behaviour"] for record in records["shared_insight"]] == ["olddoing"]


def _a_result(tx: Tx, setup: Setup, pair: Pair, *, told: bool = True) -> Result:
    membership = (setup.workspace.id, pair.id)
    experiment = tx.experiments.insert(
        Experiment(*membership, setup.mentee.id, "ask first", "in meetings", date(2026, 12, 1), NOW)
    )
    made = Result(
        *membership, experiment.id, setup.mentee.id, Adherence.DID, NOW, told_at=NOW if told else None
    )
    return tx.results.insert(replace(made, what_happened="secretresult"))


async def another_pair(setup: Setup) -> tuple[Pair, Member]:
    """Mira mentors Zoe as well."""

    def write(tx: Tx) -> tuple[Pair, Member]:
        zoe = tx.members.insert(Member(setup.workspace.id, "UZOE", "Zoe", "UTC", "en-US", NOW))
        pair = tx.pairs.insert(
            Pair(setup.workspace.id, setup.cohort.id, NOW, state=PairState.ACTIVE, active_since=NOW)
        )
        for person, role in ((setup.mentor, Role.MENTOR), (zoe, Role.MENTEE)):
            membership = Membership(setup.workspace.id, pair.id, person.id, role, Consent.YES)
            tx.memberships.insert(membership)
        return pair, zoe

    return await setup.write(write)


async def test_who_learns_elsewhere_may_try_it_in_the_words_that_were_agreed_to(setup: Setup) -> None:
    insight = await shared(setup)
    await keep(setup, NEW, insight=insight)
    pair, zoe = await another_pair(setup)

    thing = await read_as(setup.deps, setup.viewer(zoe), open_thing, EntryKind.INSIGHT, insight)

    assert isinstance(thing.subject, SharedInsight)
    assert (thing.try_in, thing.subject.behaviour) == (pair.id, "olddoing")


async def test_a_form_that_names_another_pair_of_mine_asks_the_partner_of_this_one(setup: Setup) -> None:
    pair, zoe = await another_pair(setup)
    insight = await keep(setup, OLD, PAIR, by=setup.mentor)

    await keep(setup, NEW, COHORT, insight=insight, by=setup.mentor, pair_id=pair.id)

    assert await setup.told(zoe) == []
    assert await setup.told(setup.mentee) == [CARD, CONSENT]


async def test_a_result_of_another_pair_of_mine_is_no_source_for_an_insight_of_this_one(setup: Setup) -> None:
    pair, _ = await another_pair(setup)
    result = await setup.write(lambda r: _a_result(r, setup, pair))

    with pytest.raises(NotFound):
        await keep(setup, OLD, by=setup.mentor, result_id=result.id)


async def test_a_result_that_was_not_told_yet_is_the_mentees_alone(setup: Setup) -> None:
    result = await setup.write(lambda r: _a_result(r, setup, setup.pair, told=False))
    viewer = setup.viewer(setup.mentor)

    with pytest.raises(NotFound):
        await read_as(setup.deps, viewer, open_insight_form, result_id=result.id)
    with pytest.raises(NotFound):
        await keep(setup, OLD, by=setup.mentor, result_id=result.id)


async def test_an_outsider_has_no_way_to_the_insight_itself(setup: Setup) -> None:
    insight = await shared(setup)
    await keep(setup, NEW, insight=insight)

    with pytest.raises(NotFound):
        await read_as(setup.deps, setup.viewer(setup.admin), load_insight_card, insight)
    assert await setup.read(lambda r: r.insights.find(), setup.admin) == []
    found: list[Insight | SharedInsight] = [
        *await setup.read(lambda r: r.shared_insights.find(), setup.admin)
    ]
    assert [one.behaviour for one in found] == ["olddoing"]
