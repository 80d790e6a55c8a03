"""What do the Web API's methods and the control API work with?"""

from dataclasses import dataclass

from bot.playground.app.delivery import Courier
from bot.playground.app.events import Events
from bot.playground.app.redelivery import Redelivery
from bot.playground.app.sockets import Sockets
from bot.playground.control.followers import Followers
from bot.playground.workspace.state import State


@dataclass(frozen=True)
class Services:
    """The state and those who act on it."""

    state: State
    sockets: Sockets
    courier: Courier
    redelivery: Redelivery
    events: Events
    followers: Followers
