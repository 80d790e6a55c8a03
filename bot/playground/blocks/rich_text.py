"""What may stand in a rich_text block?

The parts are those of https://docs.slack.dev/reference/block-kit/blocks/rich-text-block. An empty list of parts is
fine (https://github.com/slackapi/python-slack-sdk/pull/1576), an empty text in it is not.
"""

from collections.abc import Mapping
from typing import Final

from bot.playground.blocks.kinds import Flag, Items, Kind, Shape, Str, Tagged, Whole, typed

STYLES: Final = (
    "bold",
    "italic",
    "strike",
    "underline",
    "code",
    "highlight",
    "client_highlight",
    "unlink",
)
STYLED: Final[Mapping[str, Kind]] = {"style": Shape({name: Flag() for name in STYLES})}
BORDERED: Final[Mapping[str, Kind]] = {"border": Whole(0, 1)}

PARTS: Final = Tagged(
    {
        "text": typed({**STYLED, "text": Str()}, "text"),
        "link": typed({**STYLED, "url": Str(), "text": Str(), "unsafe": Flag()}, "url"),
        "user": typed({**STYLED, "user_id": Str()}, "user_id"),
        "usergroup": typed({**STYLED, "usergroup_id": Str()}, "usergroup_id"),
        "channel": typed({**STYLED, "channel_id": Str()}, "channel_id"),
        "team": typed({**STYLED, "team_id": Str()}, "team_id"),
        "broadcast": typed({**STYLED, "range": Str(choices=("here", "channel", "everyone"))}, "range"),
        "emoji": typed({**STYLED, "name": Str(), "skin_tone": Whole(1, 6), "unicode": Str()}, "name"),
        "color": typed({**STYLED, "value": Str()}, "value"),
        "date": typed(
            {**STYLED, "timestamp": Whole(), "format": Str(), "url": Str(), "fallback": Str()},
            "timestamp",
            "format",
        ),
    }
)
SECTION: Final = typed({"elements": Items(PARTS, least=0)}, "elements")
LIST: Final[Mapping[str, Kind]] = {
    **BORDERED,
    "elements": Items(Tagged({"rich_text_section": SECTION})),
    "style": Str(choices=("bullet", "ordered")),
    "indent": Whole(),
    "offset": Whole(),
}
RICH_TEXT: Final = Tagged(
    {
        "rich_text_section": SECTION,
        "rich_text_list": typed(LIST, "elements", "style"),
        "rich_text_preformatted": typed(
            {**BORDERED, "elements": Items(PARTS, least=0), "language": Str()}, "elements"
        ),
        "rich_text_quote": typed({**BORDERED, "elements": Items(PARTS, least=0)}, "elements"),
    }
)
