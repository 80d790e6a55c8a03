"""A word of Pairloop's own: to somebody who writes to it as to a person, and to somebody who is back from a pause."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.outgoing import Priority
from bot.ports import Tx
from bot.usecases.home.home import Home, see_home
from bot.usecases.outgoing import Message, enqueue_post

PAUSE = timedelta(hours=1)


@dataclass(frozen=True)
class Greeting:
    """The answer to whatever was written: what waits for them, as in the panel of /loop."""

    home: Home


@dataclass(frozen=True)
class WelcomeBack:
    """One line to somebody whose pause is over, with what waits for them or comes next."""

    home: Home


def greet(tx: Tx) -> None:
    """Answer somebody who wrote, unless they were answered less than an hour ago. Raises NotFound."""
    tx.members.get(tx.me, lock=True)  # so that two messages at once get one answer
    last = tx.outgoing.first(member_id=tx.me, kind=HELLO.name, order="-id")
    if last is None or tx.now - last.created_at >= PAUSE:
        enqueue_post(tx, tx.me, HELLO, tx.me, key=f"{HELLO}:{tx.me}:{tx.key}")


def load_greeting(tx: Tx, _member: int) -> Greeting:
    return Greeting(see_home(tx))


def load_welcome_back(tx: Tx, _pause: int) -> WelcomeBack:
    return WelcomeBack(see_home(tx))


HELLO = Message("greeting.hello", Greeting, load_greeting, of_use=None, priority=Priority.ACT)
WELCOME_BACK = Message(
    "greeting.back", WelcomeBack, load_welcome_back, of_use=None, priority=Priority.CHECK_IN
)
