"""The buttons below a list: only where a page is, and each leads to one."""

from hypothesis import given
from hypothesis import strategies as st

from bot.slack.paging import turning_buttons
from bot.words import Words

ENGLISH = Words()


def turns(count: int, start: int, size: int) -> dict[str | None, int]:
    made = turning_buttons(count, start, size, ("back", "on"), int, ENGLISH)
    return {one.action_id: int(one.value or 0) for one in made}


def test_a_list_of_one_page_turns_nowhere() -> None:
    assert turns(20, 0, 20) == turns(0, 0, 20) == {}


@given(st.integers(0, 200), st.integers(1, 40))
def test_every_page_is_reached_and_none_is_empty(count: int, size: int) -> None:
    pages = [0]
    while "on" in (found := turns(count, pages[-1], size)):
        pages.append(found["on"])
        assert turns(count, pages[-1], size)["back"] == pages[-2]

    assert pages == list(range(0, max(count, 1), size))


def test_a_page_that_begins_in_the_middle_leads_back_to_the_first() -> None:
    assert turns(50, 7, 20) == {"back": 0, "on": 27}
