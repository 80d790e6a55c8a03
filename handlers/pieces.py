"""The short pieces for the beginning, as Slack calls us."""

from bot.slack.rhythm.pieces import (
    END,
    FIRST,
    READ,
    SECOND,
    chosen_view,
    ended_view,
    list_message,
    parse_piece,
    piece_view,
)
from bot.usecases.rhythm.pieces import do_pieces_come, end_pieces, list_pieces
from handlers.calls import Call


async def show_pieces(call: Call) -> None:
    await call.reply(list_message(await call.read(list_pieces), call.words))


async def press_read(call: Call) -> None:
    coming = await call.read(do_pieces_come)
    await call.turn_to(piece_view(parse_piece(call.value), call.words, coming=coming))


async def press_way(call: Call) -> None:
    """What was chosen is shown and kept nowhere."""
    coming, chosen = await call.read(do_pieces_come), str(call.action["action_id"])
    await call.turn_to(chosen_view(parse_piece(call.value), chosen, call.words, coming=coming))


async def press_end(call: Call) -> None:
    await call.write(end_pieces)
    await call.turn_to(ended_view(call.words))


PRESSES = {READ: press_read, FIRST: press_way, SECOND: press_way, END: press_end}
