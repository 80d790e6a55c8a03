"""Who is there for the pairs of a cohort: its line in the form."""

from slack_sdk.models.blocks import Block

from bot.slack.forms import field, person_picker
from bot.words import Words


def contact_field(contact: str, words: Words) -> Block:
    """Whoever is chosen, by Slack user id; "" for nobody."""
    return field(
        "contact",
        words.t("Who is there when a pair needs help?"),
        person_picker(contact or None),
        hint=words.t("Somebody outside the pairs. Empty: whoever leads it, or else an admin."),
    )
