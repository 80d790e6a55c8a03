"""The form of an experiment: Slack takes it, and what it shows is what comes back."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.domain.errors import ChoiceMissing, NumberNotUnderstood
from bot.domain.experiments import LINE_LIMIT, STEPS_LIMIT, AskWhen, Experiment
from bot.domain.goals import Goal
from bot.domain.ids import ExperimentId, GoalId, MemberId, PairId, WorkspaceId
from bot.slack.forms import Values
from bot.slack.loop import experiment_room as room
from bot.slack.loop import experiments as forms
from bot.slack.loop.experiments import experiment_form, parse_experiment
from bot.slack.privacy import seen_by_you_and
from bot.usecases.loop.experiments import Commit, ExperimentForm
from bot.usecases.loop.indicators import Measure
from bot.usecases.people.memberships import PairChoice
from bot.words import Words
from tests.forms import action_ids, drawn, field_ids, last_text, required, sent

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TODAY, TUESDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 27)
ENGLISH, GERMAN = Words("en-US", now=NOW), Words("de-DE", now=NOW)
GOAL = Goal(WorkspaceId(1), PairId(1), MemberId(3), "Lead a review", NOW, NOW, id=GoalId(7))
EMPTY = ExperimentForm(PairId(1), (PairChoice(PairId(1), ("Mira",)),), (GOAL,), TODAY, TUESDAY, ())


def an_experiment(number: int = 1, **more: object) -> Experiment:
    experiment = Experiment(
        WorkspaceId(1),
        PairId(1),
        MemberId(3),
        f"ask {number}",
        "I lead",
        FRIDAY,
        NOW,
        id=ExperimentId(number),
    )
    return replace(experiment, **more)  # type: ignore[arg-type]  # fields by name


ONE, TWO = an_experiment(1), an_experiment(2)
CHANGED = replace(EMPTY, experiment=ONE, open_now=(ONE, TWO), changes=True)


def typed_in(values: Values, data: ExperimentForm, **more: bool) -> Values:
    """The same form drawn again from what stood in it."""
    return sent(experiment_form(data, ENGLISH, forms.read_draft(values), **more))


def test_three_fields_are_required_and_the_day_is_preset() -> None:
    form = experiment_form(EMPTY, ENGLISH)

    assert required(form) == ["behaviour", "situation", "until"]
    assert sent(form).day("until") == TUESDAY


def test_the_form_says_who_will_see_it_and_how_many_are_open() -> None:
    text = last_text(experiment_form(replace(EMPTY, open_now=(TWO,)), ENGLISH))

    assert text.startswith(seen_by_you_and(("Mira",), ENGLISH))
    assert text.endswith("1 open.")


def test_the_short_form_reads_back_as_it_was_filled_in() -> None:
    values = sent(
        experiment_form(EMPTY, ENGLISH), behaviour="ask", situation="I lead", until="2026-11-27", sign="calm"
    )

    shown = {"behaviour": "ask", "situation": "I lead", "until": FRIDAY, "sign": "calm"}
    assert parse_experiment(values, "en-US") == Commit(shown, None, PairId(1))


def test_words_after_the_command_stand_in_the_form() -> None:
    draft = forms.first_draft(EMPTY, ENGLISH, behaviour="listen first")

    assert sent(experiment_form(EMPTY, ENGLISH, draft)).text("behaviour") == "listen first"


def test_a_command_with_more_words_than_fit_still_opens_the_form_of_an_experiment() -> None:
    drawn(experiment_form(EMPTY, ENGLISH, forms.first_draft(EMPTY, ENGLISH, behaviour="w" * 900)))


def test_more_keeps_what_was_typed_and_presets_the_goal() -> None:
    short = sent(experiment_form(EMPTY, ENGLISH), behaviour="ask", until="2026-11-27")

    more = sent(experiment_form(EMPTY, ENGLISH, forms.with_more(forms.read_draft(short))))

    assert (more.text("behaviour"), more.day("until")) == ("ask", FRIDAY)
    assert more.option("goal_1") == "7"
    assert more.option("ask_when") == AskWhen.END


def test_up_to_three_numbers_fit_and_decimal_commas_are_read() -> None:
    values = sent(experiment_form(EMPTY, ENGLISH, forms.with_more(forms.Draft())))
    for _ in range(3):
        values = sent(experiment_form(EMPTY, ENGLISH, forms.with_another_number(forms.read_draft(values))))
    form = experiment_form(EMPTY, ENGLISH, forms.read_draft(values))
    assert forms.NUMBER not in action_ids(drawn(form))

    filled = sent(form, name_1="Pause", unit_1="s", today_1="0,5", hoped_1="3", name_3="Voices")

    assert parse_experiment(filled, "de-DE").measures == (
        Measure("Pause", "s", Decimal("0.5"), Decimal(3), row=1),
        Measure("Voices", row=3),
    )


def test_a_signs_number_in_words_is_told_at_its_field() -> None:
    values = sent(experiment_form(EMPTY, ENGLISH, forms.with_more(forms.Draft())), today_1="a few")

    with pytest.raises(NumberNotUnderstood) as caught:
        parse_experiment(values, "en-US")
    assert caught.value.field == "today_1"


def test_no_goal_in_particular_is_a_choice() -> None:
    form = experiment_form(EMPTY, ENGLISH, forms.with_more(forms.Draft()))

    assert parse_experiment(sent(form, goal_1=forms.NO_GOAL), "en-US").shown["goal_id"] is None


def test_a_moment_that_is_none_is_refused() -> None:
    values = sent(experiment_form(EMPTY, ENGLISH, forms.with_more(forms.Draft())))
    values.view["state"]["values"]["ask_when"]["value"]["selected_option"]["value"] = "never"

    with pytest.raises(ChoiceMissing):
        parse_experiment(values, "en-US")


def test_only_something_new_can_be_noted_three_times_first() -> None:
    more = forms.Draft(rows=(forms.Row(),))

    assert "starts" in field_ids(drawn(experiment_form(EMPTY, ENGLISH, more)))
    assert "starts" not in field_ids(drawn(experiment_form(CHANGED, ENGLISH, more)))


def test_a_change_shows_the_experiment_with_everything_that_was_told() -> None:
    told = an_experiment(
        1,
        sign="calm",
        steps="One, then two",
        ask_when=AskWhen.MIDWAY,
        goal_id=GoalId(8),
        until=date(2026, 12, 4),
    )
    measures = (Measure("Pause", "s", Decimal("0.5"), Decimal(3)),)
    goals = (GOAL, replace(GOAL, id=GoalId(8)))
    data = replace(CHANGED, experiment=told, open_now=(told,), measures=measures, goals=goals)

    back = parse_experiment(sent(experiment_form(data, GERMAN)), "de-DE")

    assert back == Commit(
        {one.name: getattr(told, one.name) for one in forms.FORM.fields if one.name != "starts"}
        | {"goal_id": GoalId(8)},
        measures,
        PairId(1),
        ExperimentId(1),
    )


@pytest.mark.parametrize("told", [{"steps": "One"}, {"ask_when": AskWhen.EVENT}])
def test_what_stands_in_the_further_fields_of_an_experiment_is_never_hidden(told: dict[str, object]) -> None:
    data = replace(CHANGED, experiment=an_experiment(1, **told))

    shown = parse_experiment(sent(experiment_form(data, ENGLISH)), "en-US").shown
    assert {name: shown[name] for name in told} == told


def test_a_button_says_whether_something_begins_or_changes() -> None:
    submits = [drawn(experiment_form(data, ENGLISH))["submit"]["text"] for data in (EMPTY, CHANGED)]

    assert submits == ["Try it", "Save"]


def test_one_that_was_let_go_is_not_let_go_again() -> None:
    taken_up = replace(CHANGED, open_now=(TWO,))

    assert forms.DROP not in action_ids(drawn(experiment_form(taken_up, ENGLISH)))


def test_a_number_without_a_name_is_not_lost() -> None:
    form = experiment_form(EMPTY, ENGLISH, forms.with_more(forms.Draft()))

    for typed in ({"today_1": "4"}, {"hoped_1": "4"}, {"unit_1": "min"}):
        assert len(parse_experiment(sent(form, **typed), "en-US").measures or ()) == 1


def test_no_fourth_number_is_ever_asked_for() -> None:
    three = forms.Draft(rows=(forms.Row(),) * 3)

    assert len(forms.with_another_number(three).rows) == 3
    assert len(forms.with_another_number(forms.Draft(rows=(forms.Row("Pause"),))).rows) == 2


def test_a_change_can_let_it_go_inside_the_form() -> None:
    assert forms.DROP in action_ids(drawn(experiment_form(CHANGED, ENGLISH)))
    assert forms.DROP not in action_ids(drawn(experiment_form(EMPTY, ENGLISH)))


def test_a_change_of_one_of_two_is_no_third() -> None:
    assert room.SWAP not in action_ids(drawn(experiment_form(CHANGED, ENGLISH)))


def test_a_day_that_has_passed_is_preset_to_the_next_check_in() -> None:
    passed = an_experiment(1, until=date(2026, 11, 20))
    data = replace(CHANGED, experiment=passed, open_now=(passed,))

    assert sent(experiment_form(data, ENGLISH)).day("until") == TUESDAY


def test_shrinking_begins_at_the_behaviour() -> None:
    form = drawn(experiment_form(CHANGED, ENGLISH, shrink=True))

    (focused,) = [b for b in form["blocks"] if b.get("element", {}).get("focus_on_load")]
    assert focused["block_id"] == "behaviour"


def test_another_way_begins_with_the_one_before_and_names_it_as_parent() -> None:
    values = sent(experiment_form(replace(EMPTY, experiment=ONE), ENGLISH))

    back = parse_experiment(values, "en-US")
    assert (back.parent_id, back.experiment_id, back.shown["behaviour"]) == (ExperimentId(1), None, "ask 1")


def test_a_third_lists_what_is_open_and_keeps_what_was_typed() -> None:
    full = replace(EMPTY, open_now=(ONE, TWO))
    typed = sent(experiment_form(EMPTY, ENGLISH), behaviour="count", situation="I wait", until="2026-11-27")

    refused = typed_in(typed, full)

    assert (refused.text("behaviour"), refused.text("situation"), refused.day("until")) == (
        "count",
        "I wait",
        FRIDAY,
    )
    assert action_ids(dict(refused.view)).count(room.SWAP) == 2
    assert action_ids(dict(refused.view)).count(room.MAKE_ROOM) == 2


def test_a_swap_is_noted_in_the_form_and_sent_with_it() -> None:
    full = replace(EMPTY, open_now=(ONE, TWO))
    typed = sent(experiment_form(full, ENGLISH), behaviour="count")

    again = sent(experiment_form(full, ENGLISH, replace(forms.read_draft(typed), swap=ONE.id)))

    assert again.text("behaviour") == "count"
    assert room.SWAP not in action_ids(dict(again.view))
    assert "“ask 1” is let go when you send this one, and not before." in str(again.view)
    assert parse_experiment(again, "en-US").swap_id == ONE.id
    assert forms.read_draft(again).swap == ONE.id
    back = sent(experiment_form(full, ENGLISH, replace(forms.read_draft(again), swap=None)))
    assert action_ids(dict(back.view)).count(room.SWAP) == 2
    assert parse_experiment(back, "en-US").swap_id is None


@pytest.mark.parametrize("open_now", [(), (TWO,)])
def test_a_swap_that_is_over_is_forgotten(open_now: tuple[Experiment, ...]) -> None:
    values = sent(
        experiment_form(
            replace(EMPTY, open_now=open_now), ENGLISH, forms.Draft({"behaviour": "count"}, swap=ONE.id)
        )
    )

    assert parse_experiment(values, "en-US").swap_id is None
    assert room.UNSWAP not in action_ids(dict(values.view))


def test_after_a_drop_the_other_one_can_go_too() -> None:
    typed = sent(experiment_form(replace(EMPTY, open_now=(ONE, TWO)), ENGLISH), behaviour="count")

    again = typed_in(typed, replace(EMPTY, open_now=(TWO,)), clearing=True)

    assert action_ids(dict(again.view)).count(room.MAKE_ROOM) == 1
    assert again.text("behaviour") == "count"


def test_an_experiment_asks_for_the_pair_only_where_there_are_several() -> None:
    several = replace(EMPTY, pairs=(*EMPTY.pairs, PairChoice(PairId(2), ("Ada", "Yuki"))))

    values = sent(experiment_form(several, ENGLISH), pair="2")

    assert parse_experiment(values, "en-US").pair_id == PairId(2)
    assert forms.PAIR in action_ids(drawn(experiment_form(several, ENGLISH)))
    assert forms.PAIR not in action_ids(drawn(experiment_form(EMPTY, ENGLISH)))


def test_the_longest_texts_fit_into_the_form() -> None:
    longest = an_experiment(
        1,
        behaviour="b" * LINE_LIMIT,
        situation="s" * LINE_LIMIT,
        sign="z" * LINE_LIMIT,
        steps="x" * STEPS_LIMIT,
    )
    goals = tuple(replace(GOAL, id=GoalId(n), text="g" * 300) for n in range(1, 130))
    data = replace(CHANGED, experiment=longest, open_now=(longest, longest), goals=goals)

    drawn(experiment_form(data, GERMAN, shrink=True))
    drawn(experiment_form(replace(data, changes=False), GERMAN))
    drawn(forms.move_form(data, GERMAN))


def test_moving_asks_for_the_day_and_nothing_else() -> None:
    form = forms.move_form(CHANGED, ENGLISH)

    assert required(form) == ["until"]
    assert sent(form).day("until") == FRIDAY
    passed = replace(CHANGED, experiment=an_experiment(1, until=date(2026, 11, 20)))
    assert sent(forms.move_form(passed, ENGLISH)).day("until") == TODAY
    assert last_text(form).startswith(seen_by_you_and(("Mira",), ENGLISH))
    drawn(room.dropped_panel(ENGLISH))
