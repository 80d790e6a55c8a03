"""A talk as calendars read it (RFC 5545), as a text to copy: Pairloop asks for no right to send files."""

from icalendar import Calendar, Event
from slack_sdk.models.blocks import RichTextBlock, RichTextElementParts, RichTextPreformattedElement

from bot.slack.blocks import Message, note, section
from bot.usecases.rhythm.talks import TalkCard
from bot.words import Words

PRODUCT = "-//Pairloop//Pairloop//EN"


def calendar_message(card: TalkCard, words: Words) -> Message:
    """The talk in a frame, and what to do with it."""
    how = words.t(
        "Copy the text below into a file whose name ends in .ics and open that: your calendar takes it from there."
    )
    text = RichTextElementParts.Text(text=calendar_text(card, words))
    framed = RichTextBlock(elements=[RichTextPreformattedElement(elements=[text])])
    seen = words.t("Only you see this. If the talk is moved, copy the new one.")
    return Message(how, [section(how), framed, note(seen)])


def calendar_text(card: TalkCard, words: Words) -> str:
    """One event in an iCalendar object; its words are the reader's."""
    names = words.names(partner.name for partner in card.partners)
    event = Event()
    event.add("uid", f"talk-{card.talk.id}@pairloop")
    event.add("dtstamp", card.talk.created_at)
    event.add("dtstart", card.talk.starts_at)
    event.add("dtend", card.talk.ends_at)
    event.add("summary", words.t("Talk with {names}", names=names))
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written.decode().replace("\r\n", "\n").strip()
