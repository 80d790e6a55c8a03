"""What can go wrong for a person, as a small tree; `bot.slack.errors` turns it into words.

Nothing here is a text for people: an error carries what the sentence needs to be told in the reader's language.
"""

from datetime import date, datetime


class PairloopError(Exception):
    """Anything that is told to the person who caused it. Nothing was saved when it is raised."""


class InvalidInput(PairloopError):
    """A field that cannot be taken as it stands.

    Args:
        field: the name of the field in the form (its block_id), or None where there is no form.
    """

    def __init__(self, *, field: str | None = None) -> None:
        super().__init__(field)
        self.field = field


class TextMissing(InvalidInput):
    """A text that is needed is empty or only white space."""


class TextTooLong(InvalidInput):
    """A text is longer than `limit` characters."""

    def __init__(self, limit: int, *, field: str | None = None) -> None:
        super().__init__(field=field)
        self.limit = limit


class TooManyTags(InvalidInput):
    """More than `limit` tags."""

    def __init__(self, limit: int, *, field: str | None = None) -> None:
        super().__init__(field=field)
        self.limit = limit


class ChoiceMissing(InvalidInput):
    """One of several choices is needed, and none or an unknown one came."""


class DateInPast(InvalidInput):
    """The day lies before `earliest`."""

    def __init__(self, earliest: date, *, field: str | None = None) -> None:
        super().__init__(field=field)
        self.earliest = earliest


class DateTooLate(InvalidInput):
    """The day does not lie before `limit`."""

    def __init__(self, limit: date, *, field: str | None = None) -> None:
        super().__init__(field=field)
        self.limit = limit


class DayTooFar(InvalidInput):
    """The day lies after `latest`, further ahead than a pause may reach."""

    def __init__(self, latest: date, *, field: str | None = None) -> None:
        super().__init__(field=field)
        self.latest = latest


class DayNotUnderstood(InvalidInput):
    """A day in plain words was needed, and `text` is none."""

    def __init__(self, text: str, *, field: str | None = None) -> None:
        super().__init__(field=field)
        self.text = text


class DayToCome(InvalidInput):
    """Something is told of a day that is still to come; `today` is the last one that can be."""

    def __init__(self, today: date, *, field: str | None = None) -> None:
        super().__init__(field=field)
        self.today = today


class DayTooEarly(DateInPast):
    """Something is told of a day that lies further back than `earliest`."""


class TimeInvalid(InvalidInput):
    """A time of day that could not be read."""


class NumberNotUnderstood(InvalidInput):
    """A number was needed, and `text` is none."""

    def __init__(self, text: str, *, field: str | None = None) -> None:
        super().__init__(field=field)
        self.text = text


class NumberOutside(InvalidInput):
    """A number of this kind is `low` at least and `high` at most."""

    def __init__(self, low: int, high: int, *, field: str | None = None) -> None:
        super().__init__(field=field)
        self.low = low
        self.high = high


class PreparingNeedsNumber(InvalidInput):
    """What is to be noted three times before it begins has no number."""


class TurnsNeedEvent(InvalidInput):
    """A coin is to decide each time, and nobody would say that it comes up."""


class TurnsNeedNumber(InvalidInput):
    """A coin is to decide each time, and there is no number to compare the times by."""


class TurnsBegan(InvalidInput):
    """A coin decided already how some of the occasions went, so it can be stopped and not begun anew."""


class LinkNotUnderstood(InvalidInput):
    """An address that a browser could open was needed, and `text` is none."""

    def __init__(self, text: str, *, field: str | None = None) -> None:
        super().__init__(field=field)
        self.text = text


class PersonUnfit(InvalidInput):
    """Somebody who cannot be a partner.

    Args:
        reason: one of "unknown", "bot", "guest", "deactivated", "yourself", "same" (twice the same), "foreign"; in an
            import also "ambiguous" (several people have this name) and "email" (addresses are not asked from Slack).
        name: the person's name as far as it is known.
    """

    def __init__(self, reason: str, name: str = "", *, field: str | None = None) -> None:
        super().__init__(field=field)
        self.reason = reason
        self.name = name


class CommandNotUnderstood(InvalidInput):
    """Words after a command that could not be read; `word` is the command's own."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self.word = word


class NotAllowed(PairloopError):
    """The person's role does not include this.

    Args:
        needed: one of "admin", "lead", "mentor", "mentee", "author", "partner".
    """

    def __init__(self, needed: str) -> None:
        super().__init__(needed)
        self.needed = needed


class NotFound(PairloopError):
    """No such thing, or none that this person may see: the two are the same on purpose."""


class NotOurs(NotFound):
    """A button or a form carries what Pairloop never writes, so there is nothing that it could stand for."""


class NotYourPartner(NotFound):
    """Something was meant for somebody who is no partner of this person, or learns nothing from them."""


class NotHere(PairloopError):
    """Somebody called who belongs to another organisation, or whom Slack does not know here."""


class PairOver(PairloopError):
    """The pair has ended to which the thing belongs with which somebody wants to go on."""


class NoPair(PairloopError):
    """The person is in no active pair, so there is nobody to share this with."""


class Conflict(PairloopError):
    """What the person wants clashes with what is there."""


class PairExists(Conflict):
    """The two are a pair already, or have been asked."""


class PairRepeated(PairExists):
    """The same two stand in an earlier `line` of the same file."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class NameTaken(Conflict, InvalidInput):
    """Another cohort has this name."""


class TooManyOpen(Conflict):
    """Two experiments are open; the limit is there so that each gets a chance."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class TooManySuggestions(Conflict):
    """So many wait for somebody's answer already; `behaviours` names them.

    Args:
        limit: how many may be open for one person in one pair.
    """

    def __init__(self, limit: int, behaviours: tuple[str, ...]) -> None:
        super().__init__(limit, behaviours)
        self.limit = limit
        self.behaviours = behaviours


class Stale(Conflict):
    """Somebody changed it in the meantime."""


class WordsChanged(Stale):
    """The answer was to older words than there are now; nobody agrees to what they have not read."""


class AlreadySettled(Conflict):
    """This was answered or closed before."""


class SuggestionExpired(AlreadySettled):
    """A suggestion that nobody answered; its three weeks are over."""


class ThreadFull(Conflict):
    """There are `limit` replies already: this is worth a talk."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class NoTurnLeft(Conflict):
    """All `occasions` for which the coin was tossed have come."""

    def __init__(self, occasions: int) -> None:
        super().__init__()
        self.occasions = occasions


class NotTakingTurns(Conflict):
    """No coin decides about this try any more."""


class Withdrawn(Conflict):
    """Whoever asked this has taken it back, so it waits for no answer."""


class TakenBack(Conflict):
    """Whoever wrote it has taken it back, so nothing is left to answer or to change."""


class TooLateToTakeBack(Conflict):
    """It was sent more than ten minutes ago."""


class NothingTried(Conflict):
    """It did not happen this time, so there is nothing to conclude from it."""


class RoundOver(Conflict):
    """The next check-in has begun, so the one before it is answered no more."""


class CohortNotRunning(Conflict):
    """The cohort is paused or has ended."""


class CohortUnknown(InvalidInput):
    """There is no cohort of this name."""

    def __init__(self, name: str, *, field: str | None = None) -> None:
        super().__init__(field=field)
        self.name = name


class CohortNeeded(InvalidInput):
    """Several cohorts come into question, and none was named."""


class NoCohort(Conflict):
    """There is no running cohort yet in which somebody could be paired."""


class LastAdmin(Conflict):
    """Somebody has to be left who may set things up."""


class CodeRefused(PairloopError):
    """A claim code that is wrong or was used."""


class ClaimPaused(PairloopError):
    """Several claim codes of this person did not fit; the next one is looked at from `until` on."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class ClaimClosed(PairloopError):
    """There is an admin already, so the code no longer opens anything."""


class SlackTrouble(PairloopError):
    """Slack did not do what was asked; `code` is its error."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SlackUnreachable(SlackTrouble):
    """Slack did not answer as it should; `address` is where it was looked for.

    `retry_after` is how many seconds Slack asks us to wait, 0 where it does not say.
    """

    def __init__(self, address: str, retry_after: float = 0.0) -> None:
        super().__init__("unreachable")
        self.address = address
        self.retry_after = retry_after


class TokenRefused(SlackTrouble):
    """Slack does not take a token; `setting` names it, `code` is Slack's reason."""

    def __init__(self, setting: str, code: str) -> None:
        super().__init__(code)
        self.setting = setting


class FormExpired(PairloopError):
    """The three seconds in which Slack lets a form open are over."""


class FormGone(PairloopError):
    """The window in which something was to be shown was closed, or shows something else by now."""


class StoreUnavailable(PairloopError):
    """The database cannot be used now.

    Args:
        reason: "locked", "unreachable", "full" (no room left), "wrong" (not a database, or a URL that names none),
            "driver" (not there), "missing" (no such file yet), "taken" (another process is at work on the file), "old"
            (the schema is behind the code), "new" (it is ahead) or "skew" (its clock and ours differ).
        detail: what the driver said, or which process it is; for the operator, not for members.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class SettingsWrong(PairloopError):
    """Settings that cannot be used; `problems` are sentences that name each and what was expected."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems
