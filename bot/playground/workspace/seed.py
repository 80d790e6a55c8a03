"""Who is in a fresh workspace?"""

import random

from bot.playground.workspace.ids import Ids
from bot.playground.workspace.users import Member

# name, real name, time zone, locale, title, and what is special about them
CAST: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("ada", "Ada Okafor", "Europe/London", "en-GB", "People lead", "admin"),
    ("mira", "Mira Lindner", "Europe/Berlin", "de-DE", "Staff engineer", ""),
    ("tom", "Tom Alvarez", "America/New_York", "en-US", "Product designer", ""),
    ("yuki", "Yuki Tanaka", "Asia/Tokyo", "en-US", "Engineering manager", ""),
    ("priya", "Priya Raman", "Asia/Kolkata", "en-GB", "Data analyst", ""),
    ("luca", "Luca Moreau", "Europe/Paris", "fr-FR", "Customer success", ""),
    ("noor", "Noor Haddad", "America/Los_Angeles", "en-US", "Guest facilitator", "guest"),
    ("otto", "Otto Brandt", "Europe/Berlin", "de-DE", "Left last year", "gone"),
)
FIRST = [
    "Alma",
    "Ben",
    "Cleo",
    "Dario",
    "Esra",
    "Finn",
    "Gita",
    "Hugo",
    "Ines",
    "Jonas",
    "Kaya",
    "Lars",
    "Maya",
    "Nils",
    "Olga",
    "Pia",
    "Quinn",
    "Rosa",
    "Sami",
    "Tara",
]
LAST = [
    "Abel",
    "Brun",
    "Costa",
    "Diaz",
    "Ekman",
    "Fox",
    "Gupta",
    "Hart",
    "Ito",
    "Jansen",
    "Kim",
    "Lopez",
    "Meier",
    "Novak",
    "Oduya",
    "Patel",
    "Rossi",
    "Sato",
]
PLACES = (
    ("Europe/London", "en-GB"),
    ("Europe/Berlin", "de-DE"),
    ("America/New_York", "en-US"),
    ("America/Sao_Paulo", "pt-BR"),
    ("Asia/Kolkata", "en-GB"),
    ("Asia/Tokyo", "ja-JP"),
    ("Australia/Sydney", "en-AU"),
)


def the_cast(ids: Ids, updated: int) -> list[Member]:
    """Eight people with their differences, and a bot that is not ours."""
    people = [
        Member(
            ids.make("U"),
            name,
            real_name,
            tz,
            locale,
            email_of(name),
            title,
            updated=updated,
            is_admin=special == "admin",
            is_restricted=special == "guest",
            deleted=special == "gone",
        )
        for name, real_name, tz, locale, title, special in CAST
    ]
    return [*people, the_other_bot(ids, updated)]


def the_other_bot(ids: Ids, updated: int) -> Member:
    """A bot of another app: nobody can be paired with it."""
    return Member(
        ids.make("U"),
        "lunchbot",
        "Lunchbot",
        is_bot=True,
        bot_id=ids.make("B"),
        app_id=ids.make("A"),
        updated=updated,
    )


def a_crowd(ids: Ids, size: int, seed: int, updated: int) -> list[Member]:
    """So many made-up people, the same ones for the same seed; the first is an admin."""
    dice = random.Random(seed)  # noqa: S311 (names of made-up people)
    return [a_stranger(ids, number, dice, updated) for number in range(size)]


def a_stranger(ids: Ids, number: int, dice: random.Random, updated: int) -> Member:
    """One made-up person."""
    first, last = dice.choice(FIRST), dice.choice(LAST)
    tz, locale = dice.choice(PLACES)
    name = f"{first}{number}".lower()
    real_name = f"{first} {last}"
    return Member(
        ids.make("U"), name, real_name, tz, locale, email_of(name), is_admin=number == 0, updated=updated
    )


def email_of(name: str) -> str:
    """An address in a domain that cannot exist."""
    return f"{name}@playground.example"
