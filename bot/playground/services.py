"""What do the Web API's methods and the control API work with?"""

from dataclasses import dataclass

from bot.playground.delivery import Courier
from bot.playground.events import Events
from bot.playground.followers import Followers
from bot.playground.redelivery import Redelivery
from bot.playground.sockets import Sockets
from bot.playground.state import State


@dataclass(frozen=True)
class Services:
    """The state and those who act on it."""

    state: State
    sockets: Sockets
    courier: Courier
    redelivery: Redelivery
    events: Events
    followers: Followers
