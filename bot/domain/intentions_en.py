"""English, for the rules of `bot.domain.intentions`."""

import re

from bot.domain.intentions_words import DIGIT, FEW_WORDS, Language, Said, fits_any, words

_SMALL = words(
    "the a my i i'll when and to of with for is are before after you he she it we they this that from at by his "
    "our "
    "their me do don't does who if or as be been someone somebody asks our us its has have"
)
_OPENING = re.compile(
    r"^(?:(?:and|so|then) )?(?:(?:i(?:'ll| will| shall| would like to|'d like to|'d love to| want to| need to| must"
    r"| have to| should| plan to| intend to|'m to| am going to|'m gonna| wanna)?|my goal is to|to)\b ?)*"
    r"(?:(?:always|also|really|just|simply|actually|consciously|deliberately|actively|finally|first|again"
    r"|please|try and"
    r"|start to|begin to|generally|usually|often)\b ?)*"
)
# Where what follows is no longer what is done: a clause about others, or about what is said.
_CLAUSE = re.compile(
    r"[,;:(–—…]| - |\b(?:what|whether|who|whom|which|why|where|how|because|since|until|unless|while|so that"
    r"|in order"
    r"|that|if|when|instead|rather)\b"
)
_COUNTED = words(
    "one two three four five six seven eight nine ten fifteen twenty thirty once twice half minute minutes "
    "seconds hour "
    "hours day"
)

# A situation of nothing but these names no moment.
_GENERAL = words(
    "a about adequate again all also always am an and any anyone anything anytime anywhere appropriate are "
    "around arise "
    "around as asap at available be being best better boss busy by can career cases case certain chance "
    "challenging circumstances colleague colleagues constantly context continuously could coworkers "
    "daily day days difficult different do doing during each enough environment ever every everybody everyday "
    "everyone "
    "everything everywhere feasible feel feels few fit fits forward for frequently from front future general "
    "generally "
    "go going good hard have having helpful i i'm ideally idk if important in into is it it's job just know "
    "least less life like long lot makes manager many may maybe me moment moments month months more "
    "most much my necessary need needed needs never new next not now occasion occasionally occasions of often "
    "ok okay on "
    "onwards opportunities opportunity or other others our out over people periodically permits possible private "
    "professional project projects quarter quite regular regularly relevant required role run school seems sense "
    "situation situations some somehow someday sometime sometimes soon sort starting starts stressful stuff "
    "such suitable "
    "suits team teammates term that the them then there these thing things this those through throughout time "
    "times to "
    "today's together tough tricky typically under unknown us useful usual usually various very want way we "
    "week weekly "
    "weeks well whatever whenever where wherever whole will with within work working workday works world would "
    "year "
    "years yet you dunno tbd na n/a sure don't dont everytime nowadays onward always"
)

# What comes up, and when it is hard, anybody may call so at any time.
_IDIOM = re.compile(
    r"\b(?:(?:it|things|work|life|times?) (?:gets?|becomes?|is|are|feels?) (?:too )?(?:difficult|hard|tough"
    r"|stressful|busy"
    r"|tricky|challenging|important)|(?:the |an? |it )?(?:opportunity|chance|occasion|need"
    r"|situation)?(?: to do (?:so|it))? ?"
    r"(?:comes? up|arises?|comes? along|presents itself)|going forward|starting (?:now|today|tomorrow)"
    r"|i get (?:a|the) chance)\b"
)
_STATE = (
    r"become|becoming|feel|try|attempt|strive|seek to|aim (?:to|for)|aspire|hope|want|wish|long for|dream"
    r"|improve|enhance"
    r"|increase|strengthen|develop (?:my|better|more|stronger|self|new|a (?:better|stronger|more|habit))|foster"
    r"|boost"
    r"|optimi[sz]e|maximi[sz]e|master|grow|cultivate|embrace|overcome|believe|trust|understand|know|appreciate"
    r"|accept (?:that|things|criticism|feedback|myself|mistakes|others|people)|care|enjoy|cope|live (?!demo)"
    r"|motivate"
    r"|inspire|empower|excel|thrive|endeavou?r|gain"
)
_CALM = (
    r"calm|cool|positive|focus+ed|motivated|patient|open|open-minded|relaxed|strong|composed|neutral|professional"
    r"|objective|polite|friendly|optimistic|confident|curious|humble|present|organi[sz]ed|on top|in control"
    r"|on track"
    r"|consistent|honest|authentic|firm|assertive|constructive|flexible|true|myself|true to myself|engaged|alert"
)
_MANNER = (
    r"clear(?:ly)?|effective(?:ly)?|confident(?:ly)?|calm(?:ly)?|active(?:ly)?|careful(?:ly)?|proper(?:ly)?"
    r"|professional(?:ly)?|open(?:ly)?|honest(?:ly)?|efficient(?:ly)?|proactive(?:ly)?|assertive(?:ly)?"
    r"|regular(?:ly)?|frequent(?:ly)?|consistent(?:ly)?|strategic(?:ally)?|positive(?:ly)?|respectful(?:ly)?"
    r"|mindful(?:ly)?|patient(?:ly)?|constructive(?:ly)?|transparent(?:ly)?|deep(?:ly)?|empathetic(?:ally)?|well"
    r"|wisely|right|good|great|smart|diplomatically|attentively|closely|intentionally|concise(?:ly)?"
)
_WISHES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?:{_STATE})\b",
        # What can be seen stays: "be the first to speak", "be silent for ten seconds", "be in the room at nine".
        (
            r"^(?:be|being|am)\b(?! (?:the (?:first|last|one)|on |at |in |there|back|here|ready (?:with|at|on)"
            r"|silent|quiet"
            r"|done|home|online|offline|available (?:from|at|on|between)))"
        ),
        (
            rf"^(?:stay|remain|keep|act|appear|seem|look|sound|come across|keep being|stop being) (?:as |more "
            rf"|less |very )?"
            rf"(?:{_CALM})\b"
        ),
        (
            r"^learn (?:to|how|more|better)\b|^get (?:better|good|used|comfortable|over|a grip|rid|myself|my act"
            r"|things|organi[sz]ed|along|stronger|braver|a better|on top)\b"
        ),
        (
            r"^(?:focus|concentrate) (?:on|harder|more)\b|^work (?:harder|hard|smarter|towards?|on (?:my|being"
            r"|myself|becoming|how|communication|the relationship))\b"
        ),
        (
            r"^think (?:about|more|less|big|bigger|differently|strategically|positive|positively|ahead|before|outside"
            r"|critically|like)\b"
        ),
        (
            r"^have (?:more|less|better|a better|confidence|patience|courage|fun|an open|faith|the courage|trust"
            r"|empathy"
            r"|a positive|a good|self)\b"
        ),
        (
            r"^(?:show|demonstrate|display|express|bring) (?:more |my |real |true |strong )?(?:confidence"
            r"|leadership|empathy"
            r"|interest|respect|initiative|appreciation|presence|courage|ownership|strength|value|vulnerability)\b"
        ),
        (
            r"^build (?:up )?(?:more |better |stronger |good |my |a (?:good|strong|better|great) )*(?:trust|rapport"
            r"|confidence"
            r"|relationships?|credibility|network|bridges|resilience|self|team spirit|connections?)\b"
        ),
        r"^make (?:an effort|progress|a difference|an impact|more|better|the most|time|myself|it)\b",
        r"^(?:do|give) (?:better|more|my (?:very )?best|well|good|great|everything|the right)\b",
        (
            r"^take (?:more|ownership|responsibility|initiative|things|it|better|care|charge|control|on more|life|risks"
            r"|a more|myself)\b(?! (?:to|out|off|down))"
        ),
        (
            r"^pay (?:more |better |closer |close )?attention\b|^(?:step|get|leave|go) (?:up$|out of|outside"
            r"|beyond) ?(?:my|the)?"
            r" ?(?:comfort zone)?$|comfort zone|^(?:speak|step|show|stand|open|loosen|toughen) up(?: for myself"
            r"| more)?$"
        ),
        (
            r"^let go\b|^set (?:better |clear |clearer |more |healthy |good )*(?:boundaries|priorities|goals|limits)$"
            r"|^own (?:it|my)\b|^hold myself\b|^put (?:more|in more) |^spend (?:more|less) |^go with the flow"
        ),
    )
)
_BARE = (
    re.compile(
        r"^(?:manage|handle|control|organi[sz]e|structure|balance|prioriti[sz]e|plan|deal with|communicate"
        r"|collaborate"
        r"|cooperate|delegate|listen|lead|network|perform|contribute|support|coach|work|engage|connect|focus"
        r"|relax|socialise)"
        rf"(?: (?:with|to|my|the|our|their|people|others|team|time|work|tasks?|workload|stress|emotions|energy"
        rf"|it|everyone"
        rf"|everybody|colleagues|meetings|very|as|more|conflicts?|priorities|empathy|confidence|purpose|heart|care"
        rf"|{_MANNER}))*$"
    ),
    re.compile(
        rf"^(?:speak|talk|present|decide|react|respond|act|write|ask|answer|think|give feedback)(?: (?:very|as"
        rf"|more|with)"
        rf"| (?:{_MANNER})| (?:confidence|care|empathy|purpose|respect))+$"
    ),
)
_COMPARED = re.compile(
    r"(?<!the )\b(?:more|less|better|harder|fewer|sooner|(?:short|long|clear|fast|slow|quick|loud|strong|deep"
    r"|smart|calm|kind|nic"
    r"|bold|brav|bigg|great|hard|tough|soft|quiet|wis|simpl|happi|health|earli)i?er)\b(?! than| about\b| of\b)"
)
_ADDED = re.compile(
    r"\b(?:any|no|for|what|something|somebody|some|anything|tell me|once|anyone|and) more\b|or less"
)

_NOT = re.compile(
    r"^(?:not\b|never\b|don't\b|do not\b|won't\b|will not\b|no longer\b|no more\b|stop (?:my |all |constantly "
    r"|always )?(?!meeting|evening|morning|briefing|training)\w+ing\b"
    r"|quit\b|avoid\b|refrain\b|cease\b|resist\b|abstain\b|hold back$|cut down\b|keep from\b|get rid\b"
    r"|put an end\b)"
    r"|\b(?:no longer|any longer|anymore|any more|never again)\b"
)
_RATHER = words("but instead rather")

_OUTCOMES = tuple(
    re.compile(pattern)
    for pattern in (
        (
            r"^(?:be|get|become|feel) (?:\w+ly |more |better |fully |finally )?(?:promoted|respected|recogni[sz]ed"
            r"|noticed|heard"
            r"|seen|liked|loved|trusted|valued|appreciated|accepted|invited|included|hired|praised|rewarded"
            r"|taken seriously"
            r"|understood|acknowledged|supported|admired|selected|chosen|picked|approved|asked|considered|perceived"
            r"|viewed"
            r"|known|paid|offered|given|elected|nominated|involved|listened|consulted|credited)\b"
        ),
        (
            r"^(?:get|receive|gain|earn|win|secure|obtain|achieve|attain|land)\b.*\b(?:promotion|raise|recognition"
            r"|respect|trust"
            r"|credit|job|approval|buy-in|support|acceptance|praise|attention|responsibility|bonus|rating|visibility"
            r"|appreciation|leadership role|vote|deal|contract)\b"
        ),
        r"^(?:convince|persuade|impress|win over|inspire|motivate|please|charm)\b",
        (
            r"^(?:make|get|have) (?:sure )?(?:that )?(?:them|him|her|people|others|everyone|everybody|colleagues|my \w+"
            r"|the (?:team|board|boss|manager|audience|customer|client|others|management"
            r"|new \w+)) (?:to )?(?:always |really )?"
            r"(?:like|listen|respect|understand|feel|accept|appreciate|trust|agree|notice|believe|reali[sz]e|love|value"
            r"|recogni[sz]e|support|change|cooperate|follow|care|want|approve|happy|proud|satisfied|better|happier"
            r"|successful"
            r"|heard|accepted|approved|noticed|valued|seen)\b|^have my \w+ (?:accepted|heard|approved|valued"
            r"|noticed|adopted)\b"
        ),
        (
            r"^(?:my|the|our|other|they|everyone|everybody|people|others|he|she)(?: \w+){0,3} (?:will|should|shall"
            r"|must|would"
            r"|to|has to|have to|respects?|likes?|trusts?|listens?|understands?|sees?)\b"
        ),
        (
            r"^(?:have|reach|ensure|achieve) (?:a |an |the |my |our |more )?(?:success|happy|good relationship"
            r"|good result"
            r"|harmony|target|targets|goal|goals|successful|great team)\b|^succeed\b"
        ),
    )
)

# What is done for its own sake; getting ready (breathe, wait, look up) and taking in (listen) go with another.
_ACTS = (
    r"ask|write|send|call|phone|give|say|tell|prepare|plan|read|summari[sz]e|schedule|book|talk|share|delegate"
    r"|review"
    r"|update|clean|make|hold|invite|present|learn|practi[sc]e|teach|offer|start|finish|block|create|document"
    r"|inform|train"
    r"|check|collect|propose|suggest|organi[sz]e|arrange|discuss|explain|show|publish|email|mail|post|draw"
    r"|set up|set"
    r"|define|draft|rewrite|rework|test|build|fix|report|present|visit|meet|follow up|track|record|analy[sz]e"
    r"|research"
    r"|compare|decide|negotiate|coach|mentor|facilitate|moderate|delete|archive|sort|order|buy|pay|exercise|run"
    r"|meditate"
    r"|speak|reply|answer|respond|get|go|do|improve|become|push|deploy|measure|calculate|interview|pitch"
    r"|introduce|celebrate|praise|thank|apologi[sz]e|volunteer|join|attend|submit|sign|apply|tidy|cook|drink"
    r"|eat|sleep"
)
_JOINED = re.compile(
    rf"(?:,? (?:and|then|plus|as well as)(?: then| also| afterwards| later| finally| to)?|[,;&+]) ?(?:i(?:'ll"
    rf"| will) )?"
    rf"(?:{_ACTS})\b(?! (?:for me|(?:\w+ )?(?:it|them|this|that))\b)"
)
_FIRST_ACT = re.compile(rf"^(?:{_ACTS})\b")
# The same act in two parts, and what belongs to it: "say what I saw and ask for their view", "write it and send it".
_ONE_ACT = re.compile(
    r"\b(?:and|then) (?:ask|say|tell|thank|send|share|check|read|go|offer|show|explain|set|start|speak|answer|reply"
    r"|respond)\b"
)


def _after_opening(said: Said) -> Said:
    return said.without(_OPENING)


def _names_no_cue(said: Said) -> bool:
    if DIGIT.search(said.text) or said.quotes:
        return False
    return all(word in _GENERAL for word in said.of(_IDIOM.sub(" ", said.text)).words)


def _is_wish(said: Said) -> bool:
    main = said.cut(_CLAUSE)
    if said.quotes or fits_any(main, _OUTCOMES[:1]) or said.has(_COUNTED) or DIGIT.search(said.text):
        return False
    return fits_any(main, _WISHES) or fits_any(said, _BARE) or _is_only_more(main, said)


def _is_only_more(main: Said, said: Said) -> bool:
    """More or better of something, of which nothing says how much."""
    return len(said.words) <= FEW_WORDS and bool(_COMPARED.search(_ADDED.sub(" ", main.text)))


def _is_negation(said: Said) -> bool:
    return bool(_NOT.search(said.cut(_CLAUSE).text)) and not said.has(_RATHER)


def _is_outcome(said: Said) -> bool:
    return fits_any(said, _OUTCOMES)


def _is_several(said: Said) -> bool:
    if not _FIRST_ACT.search(said.text):
        return False
    joined = len(_JOINED.findall(said.text))
    return joined > 1 or (joined == 1 and not _ONE_ACT.search(said.text))


ENGLISH = Language(_SMALL, _after_opening, _names_no_cue, _is_wish, _is_negation, _is_outcome, _is_several)
