"""Who sees what: the one place where it is said, for the invitation, the forms, help and the guides.

It says what `storage/visibility.py` does, and what a cohort's lead and an admin are shown. The guides hold the same
sentences; a test compares them.
"""

from collections.abc import Iterable

from slack_sdk.models.blocks import OverflowMenuElement

from bot.domain.stored import EntryKind
from bot.slack.blocks import overflow
from bot.words import Words

PREVIEW = "preview.thing"


def preview_menu(kind: EntryKind, subject: int, words: Words) -> OverflowMenuElement:
    """On a card of one's own: what each who could look gets of it."""
    return overflow(PREVIEW, [(words.t("Preview as …"), f"{kind}:{subject}")])


def between_us(words: Words) -> str:
    """What the two of a pair can rely on."""
    return words.t("What you two write is read by the two of you only.")


def programme_sees(words: Words) -> str:
    """What everybody else of the programme sees, in full."""
    return words.t(
        "The programme, that is your cohort's lead and the admins, sees who is in a pair, how the pair stands "
        "(asked, “not now”, active, paused, quiet for long, ended), and whether the two have agreed on how they "
        "work. Beyond that it reads figures of the whole cohort, once a month and from five people in three pairs "
        "on: how many pairs talk, how many tries and suggestions came how far, replies in time, goals that moved, "
        "time to competence, and some of these by place, language and group. "
        "Of what you two write, it reads only the insights that you both chose to share, tries that you let others"
        " meet without names, and a closing word that you let it quote."
    )


def programme_in_short(words: Words) -> str:
    """The same at the end of a form."""
    return words.t("The programme sees that you take part, and none of these words.")


def seen_by_you_and(mentors: Iterable[str], words: Words) -> str:
    """The last line of a form that the mentors of the pair will read, if there are any."""
    if not (mentors := tuple(mentors)):
        return or_whom_you_show(words)
    seen_by = words.t("Seen by: you and {mentor}.", mentor=words.names(mentors))
    return f"{seen_by} {programme_in_short(words)}"


def only_you(words: Words) -> str:
    """Of what nobody else reads."""
    return words.t("Seen by: only you.")


def or_whom_you_show(words: Words) -> str:
    """Of what is for oneself, and hangs on a goal that can be shown."""
    return words.t("Seen by: only you, and a mentee to whom you show the goal.")


def rows(words: Words) -> list[tuple[str, str]]:
    """What there is, and who sees it."""
    return [
        (words.t("Your energy"), words.t("Only you. It never appears in a message.")),
        (
            words.t(
                "Goals, milestones, check-ins, looks back, tries, suggestions, results, responses, observations, "
                "talks, thanks"
            ),
            words.t("You and your partner. Nobody else, not the cohort's lead and no admin."),
        ),
        *_rows_of_wins(words),
        (
            words.t("Your own goals and tries, where you mentor and do not learn in a pair"),
            words.t(
                "Only you, and a mentee to whom you show a goal, until you take it back. No figure counts them."
            ),
        ),
        (words.t("What you kept as evidence"), words.t("You and your partner, never shown with an insight.")),
        (
            words.t("Two lines that you asked somebody for"),
            words.t("You, your partner and whoever wrote them, who reads nothing else of yours."),
        ),
        (
            words.t("Insights"),
            words.t(
                "You two, unless both agree to a wider circle. Either of you can narrow it again, alone."
            ),
        ),
        *_rows_of_wishes(words),
        (words.t("What keeps coming back"), words.t("Only you, until you keep it as an insight.")),
        (
            words.t("A try that others may meet"),
            words.t(
                "Nobody, unless you say so with its result. Then everybody here may read what you tried and, if you "
                "say so, what could get in the way, without names and days, among the words of at least five people "
                "of three pairs; never what happened."
            ),
        ),
        *_rows_of_pairs(words),
    ]


def _rows_of_wins(words: Words) -> list[tuple[str, str]]:
    return [
        (
            words.t("A small win that you share"),
            words.t("You and whoever mentors you, in the words that you chose, until you take it back."),
        ),
        (
            words.t("A small win for a channel"),
            words.t(
                "Whoever is named in it, in order to agree; then everybody in that channel, until one of you takes it "
                "back."
            ),
        ),
    ]


def _rows_of_wishes(words: Words) -> list[tuple[str, str]]:
    return [
        (
            words.t("Words of yours that somebody would like in a portfolio"),
            words.t("You and whoever asks; in the portfolio only with your yes."),
        ),
        (words.t("What you look for, and the searches that you saved"), words.t("Only you.")),
    ]


def _rows_of_pairs(words: Words) -> list[tuple[str, str]]:
    """What has to do with the pair itself."""
    return [
        (
            words.t("What you agreed on, and how you like feedback"),
            words.t(
                "You and whoever is in the pair with you. The programme sees only whether you have agreed."
            ),
        ),
        (
            words.t("What other mentees of your mentor write"),
            words.t(
                "They and the mentor. Each is a pair of their own: you read nothing of them, and they read nothing of "
                "you."
            ),
        ),
        (
            words.t("What you say when you join a list"),
            words.t(
                "You, the cohort's lead and the admins; whoever you are matched with reads two reasons. With whom you "
                "would rather not be matched, nobody reads but you; your location and your group only count in "
                "figures."
            ),
        ),
        (
            words.t("The line on why you two"),
            words.t("You two and whoever wrote it; your cohort's lead and the admins may see it too."),
        ),
        *_rows_around(words),
        (
            words.t("Which resource you were offered with a try"),
            words.t("Only you. Nobody here sees what you were offered or opened."),
        ),
        (words.t("The programme"), programme_sees(words)),
    ]


def _rows_around(words: Words) -> list[tuple[str, str]]:
    """What is not of the two's work itself."""
    return [
        (
            words.t("That you are away"),
            words.t("You and your partners, and the day only. The programme does not see it."),
        ),
        (
            words.t("What you wrote before a new mentor came"),
            words.t(
                "You, and of it your new mentor what you picked. Your mentor of that time sees nothing of it here any "
                "more."
            ),
        ),
        (
            words.t("A wish for help with your pair"),
            words.t("You and the person to whom it goes, whom the form names. Your partner does not see it."),
        ),
        (
            words.t("Whether you would like to go on after your first talk"),
            words.t(
                "Nobody: a yes is kept nowhere. Only where you send a wish for somebody else, the person reads it whom "
                "its form names."
            ),
        ),
        (
            words.t("What you tap once a quarter, the pulse"),
            words.t(
                "Nobody here. It is counted without your name; until the quarter is over, whoever runs the server "
                "could work out whose it is. Then only about how many agreed is kept."
            ),
        ),
        (
            words.t("What figures of your cohort were counted from"),
            words.t(
                "Nobody here. Your counts are kept by your member id, with the place, the language or the group by "
                "which they were told, and they stay when you leave: else the next figure would tell of you by what it "
                "lacks."
            ),
        ),
    ]


def limits(words: Words) -> str:
    """What no setting changes."""
    return words.t(
        "What no setting changes: whoever runs the server can technically read the database, and a company may export "
        "Slack messages. That is why the most private things never appear in messages. Whoever looks through your eyes "
        "with a command of Pairloop's leaves a trace, and you read of it."
    )
