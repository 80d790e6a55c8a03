"""A response as its two readers have it: “you” is whoever reads."""

from dataclasses import replace

from bot.slack.loop.responses import response_sent
from bot.usecases.loop.responses import ResponseSent
from tests.messages import read
from tests.slack.loop.test_results import ENGLISH, LINE


def test_whoever_wrote_it_reads_what_the_other_one_did_and_was_asked() -> None:
    told = replace(LINE, behaviour="asked first", question="And now?")
    kept = read(response_sent(ResponseSent(told, "Tom", "ask", None), ENGLISH))

    assert "What they did" in kept
    assert "What you did" not in kept
    assert "for you" not in kept
