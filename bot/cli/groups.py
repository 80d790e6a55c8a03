"""How groups of commands read what was typed, and tell what is wrong."""

from typing import Any

import typer
from typer.core import TyperGroup

from bot.domain.errors import PairloopError


class PlainErrors(TyperGroup):
    """Tells what is wrong in a sentence instead of a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except PairloopError as error:
            from bot.slack.errors import explain_to_operator  # noqa: PLC0415 - the catalogue takes time to read
            from bot.words import Words  # noqa: PLC0415 - the same

            typer.echo(explain_to_operator(error, Words()), err=True)
            raise typer.Exit(1) from error


class PairsUnlessNamed(PlainErrors):
    """`pairloop import FILE` brings pairs together, as it did when there was nothing else to import."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        named = next((each for each in args if not each.startswith("-")), "")
        if named and named not in self.commands:
            args = ["pairs", *args]
        return super().parse_args(ctx, args)
