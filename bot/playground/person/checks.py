"""What does Slack's client refuse before a form is submitted at all?"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from bot.playground.blocks.elements import KEPT, Placed, State, is_empty, placed_elements
from bot.playground.wire import Json
from bot.playground.workspace.views import View

REQUIRED = "Please complete this required field."
LONGEST = 3_000
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
URL = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)


def client_errors(view: View, values: State) -> dict[str, str]:
    """The messages by block_id that keep a form from being submitted."""
    errors: dict[str, str] = {}
    for placed in placed_elements(view.content["blocks"]):
        if not placed.is_input or placed.kind not in KEPT:
            continue
        entry = values[placed.block_id][placed.action_id]
        message = next(faults_of(placed, entry), None)
        if message:
            errors[placed.block_id] = message
    return errors


def faults_of(placed: Placed, entry: Json) -> Iterator[str]:
    """What is wrong with one input."""
    if is_empty(entry):
        if not placed.block.get("optional"):
            yield REQUIRED
        return
    value = entry[KEPT[placed.kind][0]]
    if placed.kind == "number_input":
        yield from number_faults(placed.element, value)
    elif isinstance(value, list):
        most = placed.element.get("max_selected_items")
        if most and len(value) > most:
            yield f"Please choose no more than {most}."
    elif placed.kind.endswith("_input"):
        yield from text_faults(placed, value)


def text_faults(placed: Placed, value: str) -> Iterator[str]:
    """What is wrong with a typed text."""
    if placed.kind == "email_text_input" and not EMAIL.fullmatch(value):
        yield "Please enter a valid email address."
    if placed.kind == "url_text_input" and not URL.fullmatch(value):
        yield "Please enter a valid URL."
    least, most = placed.element.get("min_length", 0), placed.element.get("max_length", LONGEST)
    if not value.strip() and not placed.block.get("optional"):
        yield REQUIRED
    if len(value) < least:
        yield f"Please enter at least {least} characters."
    if len(value) > most:
        yield f"Please enter no more than {most} characters."


def number_faults(element: Json, value: str) -> Iterator[str]:
    """What is wrong with a typed number."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        yield "Please enter a valid number."
        return
    if not number.is_finite() or (not element.get("is_decimal_allowed") and number != int(number)):
        yield "Please enter a whole number."
        return
    if "min_value" in element and number < Decimal(element["min_value"]):
        yield f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and number > Decimal(element["max_value"]):
        yield f"Please enter a number of at most {element['max_value']}."
