"""What is asked before the day of a try: its day is not spoken of as if it were there."""

from dataclasses import replace
from datetime import date

from bot.slack.loop.results import result_question
from bot.usecases.loop.results import ResultQuestion
from tests.messages import read
from tests.slack.loop.test_results import ENGLISH, EXPERIMENT, NOW


def test_the_day_of_a_promise_is_spoken_of_from_that_day_on() -> None:
    def said(until: date) -> str:
        return read(result_question(ResultQuestion(replace(EXPERIMENT, until=until), None), ENGLISH))

    assert "You set this day" in said(NOW.date())
    assert "You set this day" not in said(date(2026, 11, 24))
    assert "is an answer too" in said(date(2026, 11, 24))
