"""What a member reads when somebody at the command line looked through their eyes."""

from bot.slack.blocks import Message, note, section
from bot.usecases.repository.looks import Look, LookedThrough
from bot.words import Words


def look_told(view: LookedThrough, words: Words) -> Message:
    done = {
        Look.SEARCH: words.t("searched what you can find here"),
        Look.EXPORT: words.t("exported what you may see here"),
    }[view.look]
    what = words.t(
        "On {moment}, whoever runs Pairloop's server {done}, as you.", moment=words.moment(view.at), done=done
    )
    why = words.t("You need not do anything. If you did not ask for it, do ask them what it was for.")
    closed = words.t("Your energy and what only you see stay closed to it. It is told once a day at most.")
    return Message(what, [section(f"{what}\n{why}"), note(closed)])
