"""A short piece: one line where it comes, a window to read it, and the list of all in help."""

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.domain.errors import NotFound, NotOurs
from bot.domain.pieces import Piece, PieceText, Reader
from bot.packs.pieces import piece_of
from bot.slack.blocks import Message, actions, button, divider, header, note, section
from bot.slack.forms import panel
from bot.usecases.rhythm.pieces import PieceList
from bot.words import Words

READ = "piece.read"
FIRST = "piece.first"
SECOND = "piece.second"
END = "piece.end"

WAYS = (FIRST, SECOND)


def piece_blocks(piece: Piece | None, words: Words) -> list[Block]:
    """Below a check-in; one line, and nothing in it has to be done."""
    if piece is None:
        return []
    line = words.t("For your start, a minute to read: {title}", title=piece.in_language(words.locale).title)
    return [section(line, _read_button(piece, words))]


def piece_view(piece: Piece, words: Words, *, coming: bool) -> View:
    """The piece, and a scene with two ways to act; where they come with check-ins, also how to end that."""
    text = piece.in_language(words.locale)
    ways = [button(way.said, id_, piece.id) for way, id_ in zip(text.ways, WAYS, strict=True)]
    asked = [section(words.t("What would you do?")), actions(ways[0]), actions(ways[1])]
    return _window([*_piece_read(text), *asked, *_ending(words, coming=coming)], words)


def chosen_view(piece: Piece, action_id: str, words: Words, *, coming: bool) -> View:
    """What tends to come of the way that was chosen, and of the other one. Raises NotOurs for neither."""
    if action_id not in WAYS:
        raise NotOurs("piece")
    text = piece.in_language(words.locale)
    chosen, other = text.ways if action_id == FIRST else reversed(text.ways)
    told = [
        section(words.t("You chose: {way}", way=chosen.said)),
        section(chosen.then),
        section(words.t("The other way: {way}", way=other.said)),
        section(other.then),
    ]
    private = note(words.t("Nobody reads what you chose, and it is kept nowhere."))
    return _window([*_piece_read(text), *told, private, *_ending(words, coming=coming)], words)


def ended_view(words: Words) -> View:
    text = words.t(
        "Fine, none comes with check-ins any more. “/loop help basics” shows them whenever you like."
    )
    return _window([section(text)], words)


def list_message(data: PieceList, words: Words) -> Message:
    """All of them, a line each."""
    title = words.t("The basics, a minute each")
    blocks: list[Block] = [header(title)]
    for reader, name in ((Reader.MENTOR, words.t("For mentors")), (Reader.MENTEE, words.t("For mentees"))):
        listed = [piece for piece in data.pieces if piece.reader is reader]
        if listed:
            blocks += [note(name), *(_piece_line(piece, words) for piece in listed)]
    return Message(title, [*blocks, note(words.t("Only you see this."))])


def parse_piece(value: str) -> Piece:
    """Raises NotFound for one that is there no more."""
    piece = piece_of(value)
    if piece is None:
        raise NotFound("piece")
    return piece


def _piece_line(piece: Piece, words: Words) -> Block:
    return section(piece.in_language(words.locale).title, _read_button(piece, words))


def _read_button(piece: Piece, words: Words) -> ButtonElement:
    return button(words.t("Read it"), READ, piece.id)


def _piece_read(text: PieceText) -> list[Block]:
    return [header(text.title), section(text.text), divider(), section(text.scene)]


def _ending(words: Words, *, coming: bool) -> list[Block]:
    if not coming:
        return []
    return [divider(), actions(button(words.t("No more of these with check-ins"), END))]


def _window(blocks: list[Block], words: Words) -> View:
    return panel(words.t("A minute"), blocks, close=words.t("Close"))
