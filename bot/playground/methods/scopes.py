"""Which scope does a call need?"""

from bot.playground.errors import SlackError
from bot.playground.services import Services
from bot.playground.wire import Arguments
from bot.playground.workspace.conversations import Channel, Kind

TYPE_OF_KIND: dict[Kind, str] = {
    "channel": "public_channel",
    "group": "private_channel",
    "im": "im",
    "mpim": "mpim",
}
READ_SCOPE = {
    "public_channel": "channels:read",
    "private_channel": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",
}


def require(services: Services, *any_of: str) -> None:
    """Refuse with `missing_scope` unless one of these scopes is granted."""
    granted = services.state.manifest.scopes
    if any_of and not any(scope in granted for scope in any_of):
        raise SlackError("missing_scope", needed=",".join(any_of), provided=",".join(granted))


def require_read(services: Services, channel: Channel) -> None:
    """Refuse unless the app may look at conversations of this kind."""
    require(services, READ_SCOPE[TYPE_OF_KIND[channel.kind]])


def wanted_types(services: Services, args: Arguments) -> set[str]:
    """The types of conversations that a list is to hold; each needs its scope."""
    types = set(args.names("types")) or {"public_channel"}
    if not types <= set(READ_SCOPE):
        raise SlackError("invalid_types")
    for kind in sorted(types):
        require(services, READ_SCOPE[kind])
    return types
