"""People inside a sentence: mentions that we make, and nothing that somebody typed can become one."""

from datetime import UTC, datetime

from bot.domain.ids import WorkspaceId
from bot.domain.members import Member
from bot.slack.blocks import say
from bot.slack.people.mentions import around, mentions
from bot.words import Words

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
MIRA, TOM = (
    Member(WorkspaceId(1), user_id, name, "UTC", "en-US", refreshed_at=NOW)
    for user_id, name in (("UMIRA", "Mira {name}"), ("UTOM", "Tom"))
)


def test_a_sentence_holds_its_people_where_the_translation_puts_them() -> None:
    words = Words("de-DE")
    block = around(
        "In {cohort}: {people}.", cohort=[say("<@UADA> {people}")], people=mentions([MIRA, TOM], words)
    )
    (section,) = block.to_dict()["elements"]
    parts = [part.get("user_id") or part["text"] for part in section["elements"]]

    assert parts == ["In ", "<@UADA> {people}", ": ", "UMIRA", " und ", "UTOM", "."]
    assert [part["type"] for part in section["elements"]].count("user") == 2
