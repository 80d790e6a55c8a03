"""What people send, in short."""

from dataclasses import fields, replace
from typing import Any, TypeVar

Command = TypeVar("Command")


def showing(command: Command, **values: Any) -> Command:
    """The command with these values: its own, or what else its form showed."""
    own = {field.name for field in fields(command)}  # type: ignore[arg-type]  # commands are dataclasses
    shown = {name: value for name, value in values.items() if name not in own}
    kept = {name: value for name, value in values.items() if name in own}
    return replace(command, **kept, shown={**command.shown, **shown})  # type: ignore[type-var, attr-defined]  # as above
