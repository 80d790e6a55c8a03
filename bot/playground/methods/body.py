"""What does a message hold, and would Slack take it?"""

import json
from dataclasses import dataclass, field
from typing import Any

from bot.playground.blocks import blocks as block_kit
from bot.playground.blocks.kinds import kept_length
from bot.playground.errors import SlackError
from bot.playground.wire import Arguments, Json
from bot.playground.workspace.state import Settings

LONGEST_TEXT = 40_000
LONGEST_MARKDOWN = 12_000
MOST_ATTACHMENTS = 100
# Measured by others, not published: https://github.com/slackapi/bolt-js/issues/2509 and 2867.
LARGEST_BLOCKS = 13_200
# Slack publishes no number for metadata; this one is the playground's own.
LARGEST_METADATA = 16_000


@dataclass(frozen=True)
class Body:
    """Checked content: None where an argument was not given."""

    text: str
    blocks: list[Any] | None
    attachments: list[Any] | None
    metadata: Json | None
    warning: Json = field(default_factory=dict)

    def require_something(self) -> None:
        """Refuse a message that says nothing."""
        if not (self.text.strip() or self.blocks or self.attachments):
            raise SlackError("no_text")

    def require_blocks_of_fair_size(self) -> None:
        """Refuse blocks that are too much together although each is fine; only chat.postMessage minds."""
        written = json.dumps(self.blocks or [], ensure_ascii=False, separators=(",", ":"))
        if kept_length(written) > LARGEST_BLOCKS:
            raise SlackError("msg_blocks_too_long")


def read_body(args: Arguments, settings: Settings) -> Body:
    """Read and check text, markdown_text, blocks, attachments and metadata, as this workspace takes them."""
    text, warning = read_text(args)
    return Body(text, read_blocks(args, settings), read_attachments(args), read_metadata(args), warning)


def read_text(args: Arguments) -> tuple[str, Json]:
    """The text; beyond 40,000 characters it is cut, and the answer carries a warning."""
    if args.has("markdown_text"):
        if args.has("text") or args.has("blocks"):
            raise SlackError("markdown_text_conflict")
        if len(args.text("markdown_text")) > LONGEST_MARKDOWN:
            raise SlackError("msg_too_long")
        return args.text("markdown_text"), {}
    text = args.text("text")
    if len(text) <= LONGEST_TEXT:
        return text, {}
    warning = {"warning": "message_truncated", "response_metadata": {"warnings": ["message_truncated"]}}
    return text[:LONGEST_TEXT], warning


def read_blocks(args: Arguments, settings: Settings) -> list[Any] | None:
    """The blocks with ids filled in; refused as Slack refuses them."""
    blocks = args.parsed("blocks", "invalid_blocks_format")
    if blocks is None:
        return None
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    messages = block_kit.check_message_blocks(blocks, charts=settings.charts)
    if messages:
        raise SlackError("invalid_blocks", response_metadata={"messages": messages})
    assigned: list[Any] = block_kit.assign_ids(blocks)
    return assigned


def read_attachments(args: Arguments) -> list[Any] | None:
    """The attachments, a hundred at most."""
    attachments = args.parsed("attachments", "invalid_attachments")
    if attachments is None:
        return None
    if not isinstance(attachments, list):
        raise SlackError("invalid_attachments")
    if len(attachments) > MOST_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    return attachments


def read_metadata(args: Arguments) -> Json | None:
    """The metadata; an empty object stands for none."""
    metadata = args.parsed("metadata", "invalid_metadata_format")
    if metadata is None:
        return None
    if not isinstance(metadata, dict):
        raise SlackError("invalid_metadata_format")
    if not metadata:
        return {}
    well_formed = isinstance(metadata.get("event_type"), str) and isinstance(
        metadata.get("event_payload"), dict
    )
    if not well_formed or not metadata["event_type"]:
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(metadata).encode()) > LARGEST_METADATA:
        raise SlackError("metadata_too_large")
    return metadata
