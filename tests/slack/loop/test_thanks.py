"""The form of a line to thanks: it says who reads it, and where nobody does."""

from datetime import UTC, datetime

from bot.domain.ids import MemberId, PairId, WorkspaceId
from bot.domain.thanks import Thanks, ThanksFor
from bot.slack.loop.thanks import thanks_form
from bot.usecases.loop.thanks import ThanksForm
from bot.words import Words
from tests.forms import drawn

NOW = datetime(2026, 11, 23, tzinfo=UTC)
SAID = Thanks(WorkspaceId(1), PairId(1), MemberId(1), ThanksFor.RESPONSE, 7, NOW, "You waited")


def test_it_says_who_reads_the_line_and_that_nobody_does_once_they_have_gone() -> None:
    here, gone = (str(drawn(thanks_form(ThanksForm(SAID, names), Words()))) for names in (("Mira",), ()))

    assert "Seen by: you and Mira." in here
    assert "Only you see this." in gone
    assert "Seen by" not in gone
