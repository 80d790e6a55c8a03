"""Sentences about the person rather than about what they did: a hint for the writer, never a gate."""

import re
from collections.abc import Mapping

from bot.domain.languages import language_of

# What is said of somebody for good ("you are careless", "you never listen"), in the languages that have rules. They
# would rather miss such a sentence than question a good one, so praise and what somebody did stay untouched.
_LABELS = {
    "en": re.compile(
        r"\byou(?:'re| are)(?: just| simply| really| so| too| such an?| an?)* "
        r"(?:always|never|lazy|careless|rude|weak|slow|sloppy|arrogant|shy|passive|aggressive|difficult|unreliable"
        r"|unprofessional|insecure|naive|stubborn|bad|poor|not the type|the type|incapable|disorganised|disorganized)\b"
        r"|\byou (?:always|never(?! know\b)|constantly)\b|\bas usual\b|\bthat(?:'s| is) (?:so |just )?typical\b",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\bdu bist(?: einfach| wirklich| so| zu| ein| eine)* "
        r"(?:immer|nie|niemals|faul|unsorgfältig|unhöflich|schwach|langsam|schlampig|arrogant|schüchtern|passiv|aggressiv"
        r"|schwierig|unzuverlässig|unprofessionell|unsicher|naiv|stur|schlecht|kein typ|unfähig|unordentlich)\b"
        r"|\bdu \w+ (?:immer|nie|niemals|ständig)\b|\bwie immer\b|\b(?:das ist )?typisch\b",
        re.IGNORECASE,
    ),
}
# The same words in praise: nobody needs a hint for "you always wait until everyone has spoken, and it works".
_PRAISE = re.compile(
    r"\b(?:well|great|good|better|helped|helps|works|worked|strong|thank|calm|clear|gut|super|stark|hilft|half"
    r"|danke|klar|ruhig|besser|toll)\b",
    re.IGNORECASE,
)


def about_the_person(texts: Mapping[str, object], locale: str) -> str:
    """The name of the first of these texts that is about the person; "" for none, and in languages without rules."""
    return next((name for name, text in texts.items() if is_about_the_person(str(text or ""), locale)), "")


def is_about_the_person(text: str, locale: str) -> bool:
    """Whether the sentence labels its reader or says "always" or "never" of them; False in languages without rules."""
    sentence = " ".join(text.replace("\u2019", "'").split())
    if language_of(locale) not in _LABELS or _PRAISE.search(sentence):
        return False
    return any(labels.search(sentence) for labels in _LABELS.values())
