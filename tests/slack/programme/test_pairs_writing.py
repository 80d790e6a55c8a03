"""Writing to both of a pair, in words: they are read before they are sent."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.cohorts import Cohort
from bot.domain.ids import CohortId, PairId, WorkspaceId
from bot.domain.pairs import Pair, PairStanding, PairState
from bot.slack.programme import pairs
from bot.slack.programme.pairs import pair_list
from bot.slack.programme.pairs_writing import WRITE, write_button, written_message
from bot.usecases.programme.pairs_standing import PairList, PairRow
from bot.usecases.programme.pairs_writing import PairWritten
from bot.words import Words
from tests.forms import action_ids, drawn
from tests.messages import read, shown

NOW = datetime(2026, 12, 8, 15, tzinfo=UTC)
WORDS = [Words("en-US", now=NOW), Words("de-DE", now=NOW)]
PAIR = Pair(WorkspaceId(1), CohortId(3), NOW, state=PairState.ACTIVE, id=PairId(2))
COHORT = Cohort(WorkspaceId(1), "Spring", 2, 1, NOW.time(), NOW.date(), NOW, id=CohortId(3))
ROW = PairRow(PAIR, ("Mira",), ("Tom",), PairStanding.NEEDS_HELP, may_write=True)


@pytest.mark.parametrize("words", WORDS)
def test_what_both_will_read_is_read_before_it_is_sent(words: Words) -> None:
    asked = str(write_button(PAIR.id, "Mira and Tom", words).to_dict()["confirm"]["text"]["text"])
    sent = read(written_message(PairWritten("Ada", ("Mira",)), words))

    quoted = asked[asked.index("“" if "“" in asked[:30] else "„") + 1 : -1]
    assert quoted in sent
    assert "…" not in asked


def test_a_pair_that_could_use_a_hand_is_written_to_or_ended_and_once_written_to_it_says_when() -> None:
    view = pair_list(PairList(COHORT, (ROW,), 0), WORDS[0])
    assert [one for one in action_ids(drawn(view)) if one in (WRITE, pairs.END)] == [WRITE, pairs.END]

    written = replace(ROW, pair=replace(PAIR, written_at=NOW), may_write=False)
    view = pair_list(PairList(COHORT, (written,), 0), WORDS[0])
    assert WRITE not in action_ids(drawn(view))
    assert "Both were written to on" in str(drawn(view))


def test_both_read_who_wrote_and_find_ways_on() -> None:
    message = written_message(PairWritten("Ada", ("Mira",)), WORDS[0])

    assert "Ada writes to you two" in message.text
    assert len(action_ids(shown(message))) == 2
