"""Figures of a cohort, and each way to find somebody behind one that we could think of."""

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.domain.figures import (
    COUNTED_SHARES,
    REST,
    CohortFigure,
    CountedShare,
    Dimension,
    Extent,
    FigureName,
    Key,
    Parts,
    Share,
    newest,
    told_of,
)
from bot.domain.figures_parts import group_of, groups_told, parted, tell_of_enough
from bot.domain.figures_telling import told_anew
from bot.domain.ids import CohortId, MemberId, PairId, WorkspaceId
from bot.domain.privacy import FEWEST_PAIRS, FEWEST_PEOPLE
from bot.domain.stored import Erased

NOVEMBER, DECEMBER = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
HERE = (WorkspaceId(1), CohortId(1))
WHOLE = Key(FigureName.TOLD)


def share(who: int, yes: int = 1, of: int = 1, pair: int | None = None) -> Share:
    """Of somebody in a pair of their own, unless it is named."""
    return Share(MemberId(who), PairId(who if pair is None else pair), yes, of)


def shares(yes: Iterable[int], no: Iterable[int]) -> list[Share]:
    return [*(share(who) for who in yes), *(share(who, 0) for who in no)]


def test_a_part_is_told_where_it_and_what_remains_are_of_enough_people() -> None:
    told = told_of(FigureName.TOLD, shares(range(6), range(10, 16)))

    assert told is not None
    assert (told.extent, told.count, told.of, told.people, told.pairs) == (Extent.EXACT, 6, 12, 12, 12)


def test_too_few_people_or_pairs_are_not_told_of() -> None:
    four_pairs_of_two = [share(who, pair=who // 2) for who in range(8)]

    assert told_of(FigureName.TRIED, [share(who) for who in range(5)]) is None, "without any one it is four"
    assert told_of(FigureName.TRIED, four_pairs_of_two[:6]) is None
    assert told_of(FigureName.TRIED, four_pairs_of_two) is not None
    assert told_of(FigureName.TRIED, []) is None


def test_what_remains_is_not_told_by_subtraction() -> None:
    most, few = (told_of(FigureName.TOLD, shares(*sides)) for sides in ((range(12), [20]), ([20], range(12))))

    assert most is not None
    assert few is not None
    assert (most.extent, most.count, few.extent, few.count) == (Extent.MOST, 0, Extent.FEW, 0)


def test_none_and_all_are_told_as_few_and_most_are() -> None:
    """Else a figure would say of each of them what they did."""
    one, none = (told_of(FigureName.TOLD, shares(range(some), range(some, 12))) for some in (1, 0))
    all_but_one, all_of_them = (
        told_of(FigureName.TOLD, shares(range(some), range(some, 12))) for some in (11, 12)
    )

    assert one == none
    assert all_but_one == all_of_them


def test_pairs_are_counted_once_however_many_are_in_them() -> None:
    told = told_of(FigureName.STARTED, [share(who, pair=who // 2) for who in range(20)])

    assert told is not None
    assert (told.count, told.people, told.pairs) == (10, 20, 10)


def test_days_are_told_by_their_middle() -> None:
    told = told_of(
        FigureName.ANSWER_DAYS,
        [Share(MemberId(who), PairId(who), days=(f"{who}.5", "1.0")) for who in range(7)],
    )

    assert told is not None
    assert (told.middle, told.count, told.people) == (Decimal("1.0"), 14, 7)


def whole(*yes_and_no: Iterable[int]) -> Parts:
    return {REST: shares(*yes_and_no)}


def told_again(*months: Parts, key: Key = WHOLE) -> list[tuple[int, int]]:
    """The figure as it holds after each of these months, told one after another."""
    counted: list[CountedShare] = []
    figures: list[CohortFigure] = []
    holds = []
    for month, parts in enumerate(months, 1):
        anew = told_anew({key: parts}, counted, HERE, datetime(2026, month, 1, tzinfo=UTC))
        counted += anew.counted
        figures += anew.figures
        holds += [(one.count, one.of) for one in newest(figures)]
    return holds


def test_two_queries_a_month_apart_tell_nothing_of_one() -> None:
    first = whole(range(6), range(10, 20))
    changes = {
        "one joined": whole(range(6), range(10, 21)),
        "one joined who told something": whole(range(7), range(10, 20)),
        "one left": whole(range(6), range(10, 19)),
        "one took their yes back": whole(range(5), [5, *range(10, 20)]),
        "one told what came of it": whole([*range(6), 10], range(11, 20)),
        "nothing is new": first,
    }

    for what, change in changes.items():
        assert told_again(first, change) == [(6, 16), (6, 16)], what
    assert told_again(first, whole([*range(6), *range(10, 16)], range(16, 26))) == [(6, 16), (12, 22)]


def test_nobody_hides_among_others_by_whom_another_number_moves() -> None:
    """Six join who told nothing, and one of those who were there tells something: the count would be theirs alone."""
    first, second = whole(range(6), range(10, 20)), whole([*range(6), 10], [*range(11, 20), *range(30, 36)])

    assert told_again(first, second) == [(6, 16), (6, 16)]


def test_no_figure_comes_back_to_what_it_was_but_for_one() -> None:
    """Six fall silent, and five of them come back: the first and the third month would tell of the sixth."""
    first = whole(range(12), range(20, 32))
    second = whole(range(6), [*range(6, 12), *range(20, 32)])
    third = whole(range(11), [11, *range(20, 32)])

    assert told_again(first, second, third) == [(12, 24), (6, 24), (6, 24)]


def test_a_number_that_stands_in_two_figures_tells_of_nobody_either() -> None:
    """The tries are told in the first month, and those told of in the second, when one more has tried something."""
    tries = Key(FigureName.TRIED)
    first = told_anew({tries: {REST: [share(who) for who in range(16)]}}, [], HERE, NOVEMBER)
    one_more, many_more = (whole(range(6), range(6, most)) for most in (17, 24))

    assert told_anew({WHOLE: one_more}, first.counted, HERE, DECEMBER).figures == ()
    assert told_anew({WHOLE: many_more}, first.counted, HERE, DECEMBER).figures


def test_parts_told_later_do_not_add_up_to_one_more_than_the_whole() -> None:
    everybody = shares([*range(6), *range(20, 26)], [*range(6, 12), *range(26, 32)])
    more = [*everybody, share(50)]
    by_place = Key(FigureName.REACHED, Dimension.PLACE)
    reached = Key(FigureName.REACHED)
    first = told_anew({reached: {REST: everybody}}, [], HERE, NOVEMBER)
    parts = {"DE": more[:6] + more[12:18] + more[24:], "US": more[6:12] + more[18:24]}

    assert told_anew({reached: {REST: more}, by_place: parts}, first.counted, HERE, DECEMBER).figures == ()


def test_who_was_erased_is_not_found_in_the_next_figure() -> None:
    """What stands behind a figure stays when somebody goes; only so is the next one compared with what was told."""
    assert COUNTED_SHARES.erased is Erased.BLANKED, "the counts stay, a group in somebody's own word does not"
    assert told_again(whole(range(7), range(10, 20)), whole(range(1, 7), range(10, 20))) == [(7, 17), (7, 17)]


def test_a_cohort_made_of_four_whom_somebody_knows_and_one_more_has_no_figures() -> None:
    made = told_anew({WHOLE: whole(range(4), [4])}, [], HERE, NOVEMBER)

    assert made.figures == ()
    assert made.counted == ()


def place(who: Iterable[int], name: str) -> dict[MemberId, str]:
    return {MemberId(one): name for one in who}


def test_parts_are_told_where_each_and_what_remains_are_enough() -> None:
    everybody = shares([*range(6), *range(20, 26)], [*range(6, 12), *range(26, 32)])
    found = parted(FigureName.REACHED, everybody, place(range(12), "DE") | place(range(20, 32), "US"))

    assert {part: len(group) for part, group in found.items()} == {"DE": 12, "US": 12}


def test_a_small_part_is_not_found_by_taking_the_others_from_the_whole() -> None:
    """FR goes with the smaller of the others; where there is none besides, nothing is told by part."""
    germany, states = place(range(12), "DE"), place(range(20, 32), "US")
    france = [share(40), share(41, 0)]
    two = shares([*range(6), *range(20, 26)], [*range(6, 12), *range(26, 32)])
    parts = germany | states | place((40, 41), "FR")

    found = parted(FigureName.REACHED, [*two, *france], parts)
    alone = parted(FigureName.REACHED, [*two[:6], *two[12:18], *france], parts)

    assert {part: len(group) for part, group in found.items()} == {"US": 12, REST: 14}
    assert alone == {}


def test_groups_of_two_kinds_that_nearly_agree_tell_nothing_of_who_is_apart() -> None:
    """Of these, by place and by language, one person is apart: the two figures would differ by what they did."""
    everybody = shares([*range(8), *range(20, 28)], [*range(8, 16), *range(28, 36)])
    places = parted(FigureName.REACHED, everybody, place(range(16), "DE") | place(range(20, 36), "US"))
    one_apart = place(range(1, 16), "de") | place([0, *range(20, 36)], "en")
    the_same = place(range(16), "de") | place(range(20, 36), "en")
    known = [group_of(group) for group in places.values()]

    assert parted(FigureName.REACHED, everybody, one_apart), "by themselves they are enough"
    assert parted(FigureName.REACHED, everybody, one_apart, known) == {}
    assert parted(FigureName.REACHED, everybody, the_same, known)


def test_no_part_comes_back_to_what_it_was_but_for_one() -> None:
    """As for the whole: one of DE is of US in the third month, and the whole is as it was."""
    by_place = Key(FigureName.REACHED, Dimension.PLACE)
    people = shares(range(24), range(30, 54))
    first = {"DE": people[:12] + people[24:36], "US": people[12:24] + people[36:]}
    second = {
        "DE": people[:6] + people[12:18] + people[24:36],
        "US": people[6:12] + people[18:24] + people[36:],
    }
    third = {"DE": people[1:12] + people[24:36], "US": people[:1] + people[12:24] + people[36:]}
    counted: list[CountedShare] = []
    made = []
    for month, parts in enumerate((first, second, third), 1):
        anew = told_anew({by_place: parts}, counted, HERE, datetime(2026, month, 1, tzinfo=UTC))
        counted += anew.counted
        made.append(bool(anew.figures))

    assert made == [True, True, False]


def names_told(now: dict[FigureName, list[Share]], counted: Iterable[CountedShare] = ()) -> set[FigureName]:
    parts: dict[Key, Parts] = {Key(name): {REST: each} for name, each in now.items()}
    return {one.name for one in told_anew(parts, tuple(counted), HERE, DECEMBER).figures}


def test_who_never_answers_is_not_found_by_taking_those_who_did_from_those_who_should() -> None:
    days = [Share(MemberId(who), PairId(who), days=("1.0",)) for who in range(14)]
    for owing, told in ((0, True), (1, False), (6, True)):
        due = shares(range(7), range(7, 14 + owing))
        assert (
            FigureName.ANSWER_DAYS in names_told({FigureName.IN_TIME: due, FigureName.ANSWER_DAYS: days})
        ) is told, owing


def test_what_came_of_told_tries_does_not_say_how_many_were_told() -> None:
    """Eleven of twelve told something: "most", which the eleven that others are told of would undo."""
    insight, tested = FigureName.INSIGHT, FigureName.TESTED
    for told, also in ((11, False), (12, True)):
        each = shares(range(6), range(6, told))
        tries = shares(range(told), range(told, 12 if told == 11 else 18))
        found = names_told({FigureName.TOLD: tries, insight: each, tested: each})
        assert found == {FigureName.TOLD} | ({insight, tested} if also else set())


BY_PLACE, BY_LANGUAGE = Key(FigureName.REACHED, Dimension.PLACE), Key(FigureName.REACHED, Dimension.LANGUAGE)


def tables(people: Iterable[Share], *parts_of: dict[MemberId, str]) -> list[Parts]:
    return [
        {part: [one for one in people if of[one.member] == part] for part in sorted(set(of.values()))}
        for of in parts_of
    ]


def told_by(
    now: dict[Key, Parts], counted: Iterable[CountedShare] = (), at: datetime = NOVEMBER
) -> list[Key]:
    made = told_anew(now, tuple(counted), HERE, at)
    return sorted({Key(one.name, one.dimension) for one in made.figures})


def test_two_kinds_are_told_where_whoever_stands_where_they_cross_is_enough() -> None:
    """Germans and Austrians who speak German, and one of Germany who speaks English: de less DE less AT is that one."""
    people = shares(range(36), range(36, 72))
    where = place((one for one in range(72) if one % 2), "DE") | place(
        (one for one in range(72) if one % 2 == 0), "AT"
    )
    speaks = place(range(72), "de") | place((*range(12, 36), *range(48, 72)), "en")
    one_apart = place(range(72), "de") | place([*[one for one in range(72) if one % 2 == 0], 71], "en")

    by_place, by_language, nearly_the_same = tables(people, where, speaks, one_apart)
    assert told_by({BY_PLACE: by_place, BY_LANGUAGE: by_language}) == [BY_LANGUAGE, BY_PLACE]
    assert told_by({BY_LANGUAGE: nearly_the_same}) == [BY_LANGUAGE], "by itself it may be told"
    assert told_by({BY_PLACE: by_place, BY_LANGUAGE: nearly_the_same}) == [BY_PLACE]


def test_a_kind_that_was_told_once_is_crossed_for_good() -> None:
    """Place in one month, language in the next: whoever kept the first takes it from the second."""
    people = shares(range(36), range(36, 72))
    where = place((one for one in range(72) if one % 2), "DE") | place(
        (one for one in range(72) if one % 2 == 0), "AT"
    )
    one_apart = place(range(72), "de") | place([*[one for one in range(72) if one % 2 == 0], 71], "en")
    by_place, by_language = tables(people, where, one_apart)
    first = told_anew({BY_PLACE: by_place}, [], HERE, NOVEMBER)
    # Everybody is told anew by place in another way, in which nobody is alone.
    moved = (
        place(range(18), "DE")
        | place(range(18, 36), "AT")
        | place(range(36, 54), "DE")
        | place(range(54, 72), "AT")
    )
    (second_place,) = tables(people, moved)
    second = told_anew({BY_PLACE: second_place}, first.counted, HERE, DECEMBER)
    assert second.figures

    later = datetime(2027, 1, 1, tzinfo=UTC)
    assert told_by({BY_LANGUAGE: by_language}, [*first.counted, *second.counted], later) == []
    assert told_by({BY_LANGUAGE: by_language}, second.counted, later) == [BY_LANGUAGE]


def test_who_moved_between_two_kinds_is_not_alone_where_they_cross() -> None:
    """One told something between place, of November, and language, of December; the whole may not say it either."""
    people = shares(range(36), range(36, 72))
    speaks = (
        place(range(18), "de")
        | place(range(18, 36), "en")
        | place(range(36, 54), "de")
        | place(range(54, 72), "en")
    )
    where = place(range(72), "DE") | place((*range(9), *range(18, 27), *range(36, 45), *range(54, 63)), "AT")
    (by_place,) = tables(people, where)
    first = told_anew({BY_PLACE: by_place}, [], HERE, NOVEMBER)
    (same,) = tables(people, speaks)
    (by_language,) = tables(shares([*range(36), 36], range(37, 72)), speaks)

    assert told_by({BY_LANGUAGE: same}, first.counted, DECEMBER) == [BY_LANGUAGE]
    assert told_by({BY_LANGUAGE: by_language}, first.counted, DECEMBER) == []


def test_those_who_moved_in_a_cell_are_enough_by_themselves_however_many_moved_elsewhere() -> None:
    """Twelve told something between two tables: all of one cell, or three of each of four."""
    people = shares(range(48), range(48, 96))
    speaks = place((*range(24), *range(48, 72)), "de") | place((*range(24, 48), *range(72, 96)), "en")
    where = place((one for one in range(96) if one % 2), "DE") | place(
        (one for one in range(96) if one % 2 == 0), "AT"
    )
    (by_place,) = tables(people, where)
    in_one = [one for one in range(48, 72) if one % 2]
    in_each = [*range(48, 54), *range(72, 78)]
    for moved, may in ((in_one[:6], True), (in_each, False)):
        told = {*range(48), *moved}
        (by_language,) = tables(shares(told, {*range(96)} - told), speaks)
        assert tell_of_enough(FigureName.REACHED, [by_place, by_language]) is may


def test_what_was_told_holds_when_what_it_was_made_of_is_told_exactly_no_more() -> None:
    """Taking an insight back would say that those told of are now nearly all; its day stands beside it."""
    insight = Key(FigureName.INSIGHT)
    first = told_anew(
        {WHOLE: whole(range(12), range(12, 24)), insight: whole(range(6), range(6, 12))}, [], HERE, NOVEMBER
    )
    second = told_anew(
        {WHOLE: whole(range(24), ()), insight: whole(range(12), range(12, 24))}, first.counted, HERE, DECEMBER
    )

    assert [one.name for one in second.figures] == [FigureName.TOLD], "twelve more told of theirs, so all did"
    held = {one.name: (one.extent, one.count) for one in newest([*first.figures, *second.figures])}
    assert held == {FigureName.TOLD: (Extent.MOST, 0), FigureName.INSIGHT: (Extent.EXACT, 6)}


def test_replies_due_now_are_not_compared_with_those_that_came_before() -> None:
    """One reply more is due than came when days were told: that one would be all that is between the two."""
    due, days = Key(FigureName.IN_TIME), Key(FigureName.ANSWER_DAYS)
    came = {REST: [Share(MemberId(who), PairId(who), days=("1.0",)) for who in range(14)]}
    first = told_anew({due: whole(range(7), range(7, 14)), days: came}, [], HERE, NOVEMBER)
    alone = [one for one in first.counted if one.name is FigureName.ANSWER_DAYS]
    for more, told in ((1, False), (6, True)):
        assert (due in told_by({due: whole(range(7), range(7, 14 + more))}, alone, DECEMBER)) is told, more


def month_by_place(
    did: Iterable[int], where: dict[MemberId, str], counted: tuple[CountedShare, ...], at: datetime
) -> list[CountedShare]:
    """What is told by place in a month of as many people as there are places, and of those who say none."""
    told = {*did}
    everybody = [share(who, int(who in told)) for who in range(90)]
    now: dict[Key, Parts] = {WHOLE: {REST: everybody}}
    known = [*groups_told(counted, FigureName.TOLD), group_of(everybody)]
    if parts := parted(FigureName.TOLD, everybody, where, known):
        now[Key(FigureName.TOLD, Dimension.PLACE)] = parts
    return list(told_anew(now, counted, HERE, at).counted)


def by_place_told(counted: Iterable[CountedShare]) -> bool:
    return any(one.dimension is Dimension.PLACE for one in counted)


def test_a_part_that_is_called_otherwise_is_compared_with_what_it_was() -> None:
    """One of a group told something and six of the others did; most of the group spell it in another way by now."""
    before, many = [*range(10), *range(60, 70)], [*range(16), *range(60, 76)]
    one_more = [*range(11), *range(60, 76)]
    for then, now, told in ((before, one_more, False), (before, many, True)):
        first = month_by_place(then, place(range(45), "Alpha"), (), NOVEMBER)
        assert by_place_told(first)
        second = month_by_place(now, place(range(45), "alpha"), tuple(first), DECEMBER)
        assert by_place_told(second) is told


def test_a_part_that_is_put_with_the_rest_is_compared_with_what_both_were() -> None:
    """DE is told no more, as too few of it have not told; less the rest and DE of before, the rest says who moved."""
    where = place(range(40), "AT") | place(range(40, 60), "DE")
    then = [*range(10), *range(40, 54), *range(60, 75)]
    for more, told in (([54, 75, 76], False), ([54, *range(75, 81)], True)):
        first = month_by_place(then, where, (), NOVEMBER)
        assert {one.part for one in first if one.dimension is Dimension.PLACE} == {"AT", "DE", REST}
        second = month_by_place([*then, *range(10, 16), *more], where, tuple(first), DECEMBER)
        assert by_place_told(second) is told


def test_what_is_due_by_place_is_compared_with_what_came_of_all() -> None:
    """Seven owed a reply when days were told, and six of these are due no more: the parts add up to one too many."""
    due, days = FigureName.IN_TIME, Key(FigureName.ANSWER_DAYS)
    came = {REST: [Share(MemberId(who), PairId(who), days=("1.0",)) for who in range(60)]}
    where = place(range(30), "AT") | place(range(30, 60), "DE")

    def now(owing: Iterable[int]) -> dict[Key, Parts]:
        late = {*owing}
        each = [share(who, who % 2, 1 + (who in late)) for who in range(60)]
        return {Key(due): {REST: each}, Key(due, Dimension.PLACE): parted(due, each, where), days: came}

    first = told_anew(now(range(7)), [], HERE, NOVEMBER)
    assert len(told_by(now(range(7)))) == 3
    assert told_by(now([6]), first.counted, DECEMBER) == []
    assert told_by(now(()), first.counted, DECEMBER) == [Key(due), Key(due, Dimension.PLACE)]


def weeks_of(who: Iterable[int], competency: str, weeks: int = 10) -> tuple[Key, Parts]:
    key = Key(FigureName.TO_COMPETENCE, Dimension.COMPETENCY, competency)
    return key, {competency: [Share(MemberId(one), PairId(one), days=(str(7 * weeks),)) for one in who]}


def test_each_competency_waits_for_its_own_people_and_holds_back_no_other() -> None:
    """One more is confirmed in the first, and six in the second: only the second is told anew, and the first holds."""
    then = dict([weeks_of(range(8), "1"), weeks_of(range(8), "2"), weeks_of(range(5), "3")])
    first = told_anew(then, [], HERE, NOVEMBER)
    later = dict([weeks_of(range(9), "1"), weeks_of(range(14), "2"), weeks_of(range(6), "3")])
    second = told_anew(later, first.counted, HERE, DECEMBER)

    assert [(one.part, one.people) for one in first.figures] == [("1", 8), ("2", 8)]
    assert [(one.part, one.people) for one in second.figures] == [("2", 14), ("3", 6)]
    held = {one.part: (one.people, one.made_on) for one in newest([*first.figures, *second.figures])}
    assert held == {
        "1": (8, NOVEMBER.date()), "2": (14, DECEMBER.date()), "3": (6, DECEMBER.date())
    }  # fmt: skip


PERSON = st.tuples(st.booleans(), st.sampled_from(["", "DE", "DE", "US", "US", "FR"]), st.integers(0, 40))
PEOPLE = st.lists(PERSON, min_size=30, max_size=50)
SELDOM = settings(suppress_health_check=[HealthCheck.filter_too_much], max_examples=60)


def enough(group: Iterable[Share]) -> bool:
    """By itself, and not as the code counts it: five of three pairs, also without any one pair."""
    found = list(group)
    for out in {one.pair for one in found}:
        rest = [one for one in found if one.pair != out]
        if (
            len({one.member for one in rest}) < FEWEST_PEOPLE
            or len({one.pair for one in rest}) < FEWEST_PAIRS
        ):
            return False
    return bool(found)


@SELDOM
@given(PEOPLE)
def test_no_part_that_is_told_or_remains_is_of_too_few(people: list[tuple[bool, str, int]]) -> None:
    everybody = [share(who, int(yes), pair=pair) for who, (yes, _, pair) in enumerate(people)]
    found = parted(
        FigureName.REACHED, everybody, {MemberId(i): part for i, (_, part, _) in enumerate(people)}
    )
    assume(found)

    for group in found.values():
        others = [one for one in everybody if one not in group]
        for shown in (group, others):
            assert enough([one for one in shown if one.yes])
            assert enough([one for one in shown if one.rest])


@SELDOM
@given(st.lists(st.booleans(), min_size=24, max_size=36), st.sets(st.integers(0, 35)), st.integers(0, 8))
def test_whatever_changes_no_few_are_all_by_whom_a_figure_moves(
    before: list[bool], flipped: set[int], joined: int
) -> None:
    after = [yes ^ (who in flipped) for who, yes in enumerate(before)] + [True] * joined
    then, now = ([share(who, int(yes)) for who, yes in enumerate(one)] for one in (before, after))
    first = told_anew({WHOLE: {REST: then}}, [], HERE, NOVEMBER)
    second = told_anew({WHOLE: {REST: now}}, first.counted, HERE, DECEMBER)
    assume(first.figures and second.figures)

    for number in ("yes", "rest", "of"):
        counted = [{one.member for one in each if getattr(one, number)} for each in (then, now)]
        assert not 0 < len(counted[0] ^ counted[1]) <= FEWEST_PEOPLE, number


CROSSED = st.lists(
    st.tuples(st.booleans(), st.sampled_from(["DE", "DE", "DE", "AT"]), st.sampled_from(["de", "de", "en"])),
    min_size=60, max_size=110,
)  # fmt: skip


@SELDOM
@given(CROSSED)
def test_no_sum_of_parts_of_two_kinds_leads_to_one_person(people: list[tuple[bool, str, str]]) -> None:
    """All that is told, and the number of all, are sums over people: nobody's own number is any mixture of them."""
    everybody = [share(who, int(yes)) for who, (yes, _, _) in enumerate(people)]
    of: list[dict[MemberId, str]] = [
        {MemberId(who): lives for who, (_, lives, _) in enumerate(people)},
        {MemberId(who): speaks for who, (_, _, speaks) in enumerate(people)},
    ]
    now = {
        Key(FigureName.REACHED, kind): parted(FigureName.REACHED, everybody, part_of)
        for kind, part_of in zip((Dimension.PLACE, Dimension.LANGUAGE), of, strict=True)
    }
    made = told_anew({key: parts for key, parts in now.items() if parts}, [], HERE, NOVEMBER)
    told = {Key(one.name, one.dimension) for one in made.figures}
    assume(len(told) == 2)

    cells: dict[tuple[str, ...], list[Share]] = {}
    where = {
        key: {one.member: part for part, group in now[key].items() for one in group} for key in sorted(told)
    }
    for one in everybody:
        cells.setdefault(tuple(where[key][one.member] for key in sorted(told)), []).append(one)
    for cell in cells.values():
        assert enough([one for one in cell if one.yes])
        assert enough([one for one in cell if one.rest])
