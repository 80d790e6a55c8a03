"""Numbers of before there were series: what a file of the revision before held is there as readings."""

from datetime import date

from sqlalchemy import Engine

from tests.storage.old_rows import Rows, fill_new, move, read_rows, revision_called, revisions, run, walk_up

READINGS = revision_called("readings_over_time")
BEFORE = revisions()[revisions().index(READINGS) - 1]
# Tom tries 2, tells of it, and tries 3 in another way; what he typed as "Today" of 3 is where 2 had started, or is not.
EXPERIMENT = (
    "INSERT INTO experiment (id, version, workspace_id, pair_id, member_id, behaviour, situation, until, created_at,"
    " sign, steps, parent_id, ask_when, state) VALUES ({id}, 1, 2, 2, 2, 'b', 's', '2026-12-01', {at}, '', '',"
    " {parent}, 'end', 'done')"
)
INDICATOR = (
    "INSERT INTO indicator (id, version, workspace_id, pair_id, experiment_id, name, unit, baseline, target)"
    " VALUES ({id}, 1, 2, 2, {experiment}, '{name}', '', {baseline}, {target})"
)
RESULT = (
    "INSERT INTO result (id, version, workspace_id, pair_id, experiment_id, member_id, adherence, created_at, told_at,"
    " what_happened, why, other_changes, grade) VALUES ({id}, 1, 2, 2, {experiment}, 2, 'did', {at}, {at}, '', '',"
    " '[]', 'hunch')"
)
READING = (
    "INSERT INTO reading (id, version, workspace_id, pair_id, result_id, indicator_id, value)"
    " VALUES ({id}, 1, 2, 2, {result}, {indicator}, '{value}')"
)
NOVEMBER_21, NOVEMBER_27 = 1_795_255_200_000_000, 1_795_773_600_000_000  # at 10:00 in UTC


def filled_before(engine: Engine) -> None:
    """A file of the version before, with rows in every table."""
    for before, step in walk_up(engine):
        if step == BEFORE:
            fill_new(engine, before)
            return


def a_thread(engine: Engine) -> None:
    run(
        engine,
        EXPERIMENT.format(id=12, at=NOVEMBER_21, parent="NULL"),
        EXPERIMENT.format(id=13, at=NOVEMBER_27, parent=12),
        INDICATOR.format(id=12, experiment=12, name="Pause", baseline="'1'", target="'3'"),
        INDICATOR.format(id=13, experiment=12, name="Voices", baseline="'5'", target="'2.5'"),
        INDICATOR.format(id=14, experiment=13, name="pause", baseline="'1'", target="'1'"),
        INDICATOR.format(id=15, experiment=13, name="Voices", baseline="'4'", target="NULL"),
        RESULT.format(id=12, experiment=12, at=NOVEMBER_27),
        READING.format(id=12, result=12, indicator=12, value="2.50"),
    )


def of_the_thread(engine: Engine) -> list[tuple[object, ...]]:
    names = ("indicator_id", "value", "day", "phase", "source", "result_id", "member_id", "arm", "note")
    kept = [{**row, "day": date.fromisoformat(str(row["day"]))} for row in read_rows(engine)["reading"]]
    found = [row for row in kept if row["indicator_id"] > 2]
    return sorted(tuple(row[name] for name in names) for row in found)


def test_where_numbers_started_and_what_was_told_are_readings_on_their_days(engine: Engine) -> None:
    filled_before(engine)
    a_thread(engine)

    move(engine, READINGS)

    began, told = date(2026, 11, 21), date(2026, 11, 27)
    assert of_the_thread(engine) == [
        (12, "1", began, "before", "start", None, 2, "none", ""),
        (12, "2.50", told, "during", "result", 12, 2, "none", ""),
        (13, "5", began, "before", "start", None, 2, "none", ""),
        (15, "4", told, "during", "start", None, 2, "none", ""),
    ]


def test_a_try_that_went_on_from_another_one_goes_on_with_its_numbers(engine: Engine) -> None:
    filled_before(engine)
    a_thread(engine)

    move(engine, READINGS)

    found = {row["id"]: (row["direction"], row["series_id"]) for row in read_rows(engine)["indicator"]}
    assert {id_: found[id_] for id_ in (12, 13, 14, 15)} == {
        12: ("up", None), 13: ("down", None), 14: (None, 12), 15: (None, 13),
    }  # fmt: skip


def test_a_day_is_that_of_whoever_told_it(engine: Engine) -> None:
    filled_before(engine)
    late = NOVEMBER_21 + 13 * 3_600_000_000  # 23:00 in UTC
    run(
        engine,
        "UPDATE member SET tz = 'Asia/Tokyo' WHERE id = 2",
        EXPERIMENT.format(id=12, at=late, parent="NULL"),
        INDICATOR.format(id=12, experiment=12, name="Pause", baseline="'1'", target="NULL"),
        "UPDATE member SET tz = 'nowhere' WHERE id = 1",
    )

    move(engine, READINGS)

    assert [row[2] for row in of_the_thread(engine)] == [date(2026, 11, 22)]


def test_no_number_and_no_reading_is_lost_on_the_way(engine: Engine) -> None:
    filled_before(engine)
    a_thread(engine)
    before: Rows = read_rows(engine)

    move(engine, READINGS)
    there = {row["id"]: row for row in read_rows(engine)["reading"]}
    for row in before["reading"]:
        assert {name: there[row["id"]][name] for name in row} == row
    move(engine, BEFORE)

    assert read_rows(engine) == before


def test_the_number_of_a_goal_is_an_indicator_that_starts_on_the_day_of_the_goal(engine: Engine) -> None:
    move_to = revision_called("goal_numbers")
    for _, step in walk_up(engine):
        if int(step) == int(move_to) - 1:
            break
    run(
        engine, "UPDATE goal SET number_name = 'Voices', number_now = '2', number_target = '6.5' WHERE id = 2"
    )
    before = read_rows(engine)

    move(engine, move_to)

    number = read_rows(engine)["indicator"][-1]
    assert (number["goal_id"], number["experiment_id"], number["name"]) == (2, None, "Voices")
    assert (number["baseline"], number["target"], number["direction"]) == ("2", "6.5", "up")
    start = read_rows(engine)["reading"][-1]
    assert (start["indicator_id"], start["value"], start["phase"], start["source"]) == (
        number["id"], "2", "before", "start",
    )  # fmt: skip
    assert (start["member_id"], start["at"]) == (2, before["goal"][1]["created_at"])

    move(engine, f"{int(move_to) - 1:04}")
    assert read_rows(engine) == before
