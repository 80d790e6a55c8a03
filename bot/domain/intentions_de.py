"""German, for the rules of `bot.domain.intentions`; umlauts are two letters here, as some people type them."""

import re

from bot.domain.intentions_words import DIGIT, FEW_WORDS, Language, Said, fits_any, words

_SMALL = words(
    "der das ein eine einen einem einer ich mich mir mein meine meinen meinem meiner wenn und zu zum zur mit "
    "fuer ist "
    "nicht bevor nach sie er es wir im am auf bei von vor den dem des jemand jede jeder jeden kein keine werde "
    "wird als "
    "ob um sich noch immer mehr oefter nie beim vom ueber sein werden bin uns unser unsere auch"
)
_OPENING = re.compile(
    r"^(?:(?:und|dann) )?(?:(?:ich (?:werde|will|moechte|moecht|wuerde gern(?:e)?|muss|sollte|soll"
    r"|nehme mir vor,?|habe vor,?"
    r"|plane,?|versuche mal)|mein ziel ist(?: es)?,?|um)\b ?)*"
    r"(?:(?:immer|auch|einfach|bewusst|aktiv|endlich|wirklich|erstmal|wieder|bitte|mal|gezielt|generell"
    r"|konsequent)\b ?)*"
)
_CLAUSE = re.compile(
    r"[,;:(–—…]| - |\b(?:was|ob|dass|warum|weil|wieso|weshalb|wer|wem|wen|wie|wo|wohin|welche\w?|damit|sodass"
    r"|waehrend"
    r"|indem|statt|anstatt|sondern|stattdessen|falls|wenn)\b"
)
_COUNTED = words(
    "zwei drei vier fuenf sechs sieben acht neun zehn zwoelf fuenfzehn zwanzig dreissig einmal zweimal dreimal "
    "halbe halben "
    "minute minuten sekunden stunde stunden tag tage erste ersten letzte letzten"
)

_GENERAL = words(
    "ab aber all alle allem allen alles alltag allgemein allgemeinen als alltaeglichen am an andere anderen "
    "angebracht arbeit "
    "arbeite arbeiten arbeitsalltag arbeitsleben arbeitstag auch auf aufgaben aus bald bedarf bei beim beruf "
    "beruflich "
    "berufsalltag bestimmten bestimmte chance chef chefin da dann das dauernd dauerhaft dem den denke der des "
    "die diese "
    "diesem diesen dieser dort durch durchgehend ein eine einem einen einer einfach erforderlich ergibt es "
    "etwas fall fast "
    "firma fortan fuer gar geeignet gelegenheit gelegentlich generell genug gerade geht gern gerne gesamten "
    "gewissen "
    "grundsaetzlich gut haeufig haeufiger habe haben halt hin im immer in insgesamt irgendwann irgendwas "
    "irgendwie ist ja "
    "jahr jede jedem jeden jeder jederzeit jedes jemandem job kann kein keine koennen koennte kollege kollegen "
    "kollegin "
    "kolleginnen komme kommen kommt kontext kontinuierlich kuenftig kurz kurzem lage lang lange laengerem laufe "
    "laufend "
    "leben leute leuten mache machen macht mal man manchmal mehr mein meine meinem meinen meiner menschen mich "
    "mir mit "
    "mitarbeiter mitarbeitern mitarbeitende mitarbeitenden miteinander moeglich moeglichst moeglichkeit "
    "moeglichkeiten "
    "moment momenten monat monate monaten monats muss nach naechste naechsten naechster nicht nie noch noetig "
    "normalerweise "
    "notwendig nur ob oder oefter oefters oft ohne ort passen passend passt passende permanent person personen "
    "privat "
    "projekt projekten prinzipiell quartal quartals regelmaessig regelmaessiger rolle schon schwierig "
    "schwierige schwierigen "
    "sehr sein selbst sich sind sinn sinnvoll situation situationen situativ so sobald solche sollte staendig "
    "stets stressig "
    "stressige stressigen tag tage taeglich tagen tages team teams themen tue ueber ueberall ueblicherweise um "
    "umfeld und "
    "uns unser unsere unserem unseren unter viel viele vielen vielleicht von vor vorkommt waehrend was weiter "
    "weiterhin "
    "weniger wenn werde werden wichtig wichtige wichtigen wie wieder will wir wird wo woche wochen woechentlich "
    "woran "
    "zeit zeiten zu zukunft zukuenftig zum zur zusammen zusammenarbeit zwischendurch darf denn doch dabei "
    "dadurch daran "
    "dazu ergeben anbietet bietet bieten braucht brauche gebraucht spaeter demnaechst heute jetzt nun ueblich "
    "meist meistens "
    "meistenteils allgemeine keineahnung ahnung egal weiss lust wochenlang angemessen hilfreich herausfordernd "
    "herausfordernde herausfordernden verschiedenen verschiedene diverse diversen bereich bereichen bestenfalls "
    "idealerweise "
    "ganz ganze ganzen buero homeoffice unternehmen berufsleben tagtaeglich alltags"
) - words(
    "buero homeoffice heute sich komme kommen kommt geht da zusammen braucht brauche weiss weiter wird jemandem "
    "macht mache"
)
_IDIOM = re.compile(
    r"\b(?:(?:es|alles|die arbeit|die lage|die situation) (?:\w+ )?(?:schwierig|stressig|hektisch|eng|heikel"
    r"|anstrengend"
    r"|noetig|wichtig) (?:wird|ist)|(?:es )?(?:gerade |irgendwie )?geht|weiss (?:ich )?(?:noch )?nicht"
    r"|gebraucht wird"
    r"|viel los ist|was los ist|dazu komme|sich anbietet|sich ergibt|drauf ?ankommt|darauf ankommt)\b"
)

_BETTER = (
    r"(?:besser|mehr|weniger|oefters?|haeufiger|eher|lieber"
    r"|(?:klar|deutlich|offen|ruhig|mutig|gelassen|geduldig|streng|strategisch|effizient|effektiv|produktiv"
    r"|aktiv|proaktiv"
    r"|frueh|spaet|laeng|kuerz|schnell|langsam|laut|leis|freundlich|haert|genau|gruendlich|konkret"
    r"|selbstbewusst|sicher"
    r"|sichtbar|bewusst|strukturiert|organisiert|entspannt|regelmaessig|direkt|ehrlich|empathisch|positiv"
    r"|konsequent"
    r"|diplomatisch|praesent|souveraen|lock|klueg|staerk|gross|groess|verstaendlich|transparent|selbststaendig"
    r"|kreativ"
    r"|praegnant|wertschaetzend|fokussiert|motiviert|konzentriert|schoen|hoeh|tief|intensiv|einfach|sachlich"
    r"|gesuend|puenktlich"
    r"|zuverlaessig|authentisch|flexibl|kritisch|neugierig|verbindlich|respektvoll|hilfsbereit|optimistisch"
    r"|ernst|guenstig"
    r"|aufmerksam|achtsam|entschlossen|durchsetzungsfaehig|lebendig|sorgfaeltig|zielstrebig|selbstsicher)er"
    r"|bessere|groessere|kuerzere|laengere|klarere|staerkere|hoehere)(?:e?[nrms]?)"
)
_CALM = (
    r"ruhig|gelassen|cool|positiv|geduldig|sachlich|entspannt|fokussiert|konzentriert|freundlich|offen"
    r"|neugierig|dran"
    r"|motiviert|locker|souveraen|professionell|neutral|ball|optimistisch|hoeflich|stark|standhaft|authentisch"
    r"|flexibel"
    r"|aufmerksam|objektiv|besonnen|konsequent|treu|wach|praesent|fair|ehrlich|hart|aktiv|gesund"
)
_MANNER = (
    rf"{_BETTER}|klar|deutlich|offen|ruhig|aktiv|effektiv|effizient|souveraen|professionell|gut|richtig|ehrlich"
    rf"|sachlich"
    r"|selbstbewusst|sicher|strategisch|positiv|wertschaetzend|konstruktiv|aufmerksam|empathisch|regelmaessig"
    r"|gelassen"
    r"|freundlich|strukturiert|proaktiv|transparent|respektvoll|geduldig|mutig|bewusst|genau|intensiv|achtsam"
    r"|sorgfaeltig"
    r"|konsequent|authentisch|selbststaendig"
)
# Where a verb stands at the end: nothing follows but where, when, and with whom.
_END = r"(?= (?:im|in|bei|beim|mit|gegenueber|zu|zum|zur|fuer|als|auf|an|am|und|vor|von|unter|waehrend)\b|[.!?]*$)"
_WISHES = tuple(
    re.compile(pattern)
    for pattern in (
        (
            rf"(?<!der erste )(?<!die erste )(?<!still )(?<!leise )(?<!fertig )(?<!zurueck )(?<!dabei )(?<!vor ort )"
            rf"(?<!\bda )(?<!offline )\bsein{_END}"
        ),
        rf"^(?:ich )?bin\b|\bwerden{_END}|^werde \w+er\b",
        (
            rf"\b(?:{_CALM}) (?:zu )?bleiben?\b|^(?:ich )?bleibe (?:{_CALM})\b|\bbleibe? .*\b(?:ruhig|gelassen"
            rf"|sachlich)$"
        ),
        (
            r"\b(?:fuehlen|fuehle|wohlfuehlen|versuchen?|probiere|bemuehen?|anstrengen|anstrenge|(?:muehe"
            r"|bestes) (?:zu )?geben?"
            r"|(?:gebe|geb) .*(?:muehe|bestes))\b"
        ),
        (
            r"\b(?:mich|meine?\w?) .*\bentwickeln\b|\b(?:verbessern?|steigern?|staerken?|erhoehen?|optimieren?"
            r"|weiterentwickeln|wachsen|vertiefen|unterstuetzen"
            r"|foerdern?|entfalten|verinnerlichen|meistern|bewaeltigen|beherrschen|verwirklichen)\b"
        ),
        (
            r"(?<!kennen )\b(?:lernen|lerne|dazulernen|erlernen)\b|^(?:ich )?(?:hoffe|wuensche|moechte|will|glaube"
            r"|vertraue)\b"
        ),
        r"\ban (?:mir|mein\w*|der eigenen|dem eigenen)\b.*\barbeiten?\b|^(?:ich )?arbeite an (?:mir|mein)",
        (
            rf"\bmich\b.*\b(?:konzentrieren|fokussieren|besinnen|zusammenreissen|ueberwinden|einlassen|durchsetzen"
            rf"|behaupten"
            rf"|abgrenzen|organisieren|strukturieren|motivieren|engagieren|positionieren|entspannen|beeilen"
            rf"|zurechtfinden|trauen"
            rf"|oeffnen|einbringen|auseinandersetzen){_END}"
        ),
        (
            r"\b(?:vertrauen|glauben|hoffen|verstehen|kennen|wissen|akzeptieren|loslassen|netzwerken|kommunizieren"
            r"|priorisieren"
            r"|umgehen|mitdenken|ausruhen|zurechtkommen)$"
        ),
        r"\b(?:positiv|strategisch|anders|unternehmerisch|vernetzt|gross|langfristig|voraus)\w* (?:zu )?denken\b",
        (
            r"\b(?:mehr|besser|darauf|staerker|bewusster?) .*\bachten\b|^(?:ich )?achte (?:mehr|besser|darauf"
            r"|staerker)\b"
        ),
        (
            r"\bin den griff\b|\bunter kontrolle\b|\bkomfortzone\b|\binitiative (?:zu )?(?:ergreifen|zeigen)\b"
            r"|ueber mich hinaus"
            r"|\bverantwortung (?:zu )?(?:uebernehmen|tragen)\b|\bgrenzen (?:zu )?setzen\b|\beinsatz zeigen\b"
            r"|\bin (?:die )?balance\b"
        ),
        (
            r"\b(?:vertrauen|selbstvertrauen|beziehungen|selbstbewusstsein|netzwerk|bindung) .*?(?:aufbauen"
            r"|schaffen|pflegen"
            r"|gewinnen|ausstrahlen|herstellen|haben)\b"
        ),
        (
            r"\b(?:mehr|weniger|keine|spass|geduld|mut|selbstvertrauen|vertrauen|ueberblick|durchblick|ruhe|haltung"
            r"|distanz"
            r"|gelassenheit|verstaendnis|zeit) (?:\w+ )?(?:haben|zeigen|bewahren|behalten|aufbringen|ausstrahlen"
            r"|finden)\b"
        ),
        (
            r"\b(?:interesse|praesenz|empathie|staerke|flagge|wertschaetzung|respekt"
            r"|fuehrungsstaerke) (?:zu )?zeigen\b"
        ),
        (
            r"\bmit (?:empathie|herz|verstand|selbstvertrauen|selbstbewusstsein) \w+en$"
            r"|\berfahrung(?:en)?\b.*\bsammeln$"
        ),
    )
)
_BARE = (
    re.compile(rf"^(?:\w+ )?(?:{_MANNER}) \w+en{_END}(?! \w+ \w+ \w+)"),
    re.compile(
        rf"^(?:(?:{_MANNER}|mehr|aufgaben|arbeit|dinge|sachen|im|in|team|meetings|anderen|den|leuten|menschen"
        rf"|meinem|meinen"
        r"|meine|mein|das|die|der|kollegen|leute|mitarbeiter|mitarbeitern|wirklich|allen|mit|vor|zu|andere"
        r"|stress|konflikte"
        r"|konflikten|zeit|tag|woche|energie|arbeit|feedback|pausen) )*(?:zuhoeren|delegieren|fuehren|auftreten"
        r"|reagieren"
        r"|reden|denken|handeln|agieren|arbeiten|zusammenarbeiten|mitarbeiten|einteilen|abbauen|managen|leiten"
        r"|coachen"
        r"|entscheiden|praesentieren|sprechen|geben)$"
    ),
)
_COMPARED = re.compile(
    rf"(?<!\bdie )(?<!\bder )(?<!\bden )(?<!\bdas )(?<!\bdem )\b{_BETTER}(?:e[nrms]?)?\b(?! als\b)"
)
_ADDED = re.compile(
    r"\b(?:nicht|nie|nichts|keine?\w?|niemand\w*|was|noch|etwas|tage?|minuten?|stunden?|einmal|um) mehr\b"
)

_NOT = re.compile(
    r"\b(?:nicht|kein(?:e[nmrs]?)?|nie|niemals|nichts|nimmer|aufhoeren|aufhoere|vermeiden?|unterlassen"
    r"|unterlasse|verzichten"
    r"|verzichte|abgewoehnen|verkneifen|bleiben lassen|bleibenlassen|sein lassen|seinlassen|zurueckhalten"
    r"|ablegen|loswerden"
    r"|weglassen|verhindern|abstellen|einstellen mit)\b"
)
_LIMIT = re.compile(
    r"\bnicht (?:nur|laenger als|mehr als|spaeter als|vor|bevor)\b|\bkeine \w+ (?:laenger|mehr) als\b"
)
_RATHER = words("sondern stattdessen statt aber lieber anstatt")

_SEEN = (
    r"befoerdert|respektiert|anerkannt|ernst ?genommen|wahr ?genommen|gehoert|gesehen|gelobt|geschaetzt|gemocht"
    r"|geliebt"
    r"|bemerkt|akzeptiert|eingeladen|beruecksichtigt|gefragt|eingestellt|wertgeschaetzt|verstanden|gefoerdert"
    r"|bewundert"
    r"|einbezogen|eingebunden|beachtet|belohnt|bezahlt|ausgewaehlt|gewaehlt|unterstuetzt|angehoert|uebernommen"
    r"|angesehen"
    r"|beliebt|respektvoll behandelt|entlastet|erwaehnt|vorgeschlagen|informiert"
)
_GIVEN = (
    r"\w*anerkennung|\w*befoerderung|\w*gehalt\w*|lob|respekt|zusage|zuspruch|job|aufmerksamkeit|wertschaetzung"
    r"|unterstuetzung|zustimmung|verantwortung|position|vertrauen|auftrag|bonus|einfluss|titel|akzeptanz"
    r"|sichtbarkeit"
    r"|rueckhalt|gehoer|bewertung"
)
_OUTCOMES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:{_SEEN}) (?:zu )?(?:werden?|sein|fuehlen)\b|^(?:ich )?werde .*\b(?:{_SEEN})$",
        (
            rf"\b(?:{_GIVEN})\b.*\b(?:bekommen|kriegen|erhalten|gewinnen|verdienen|erlangen|ernten|verschaffen"
            rf"|erarbeiten)\b|^(?:ich )?(?:bekomme|kriege|erhalte|gewinne)\b"
        ),
        (
            r"\b(?:ueberzeugen|ueberzeuge|beeindrucken|beeindrucke|begeistern|begeistere|inspirieren|motivieren"
            r"|mitreissen"
            r"|zufriedenstellen|gluecklich machen|stolz machen)\b"
        ),
        r"\bdazu (?:zu )?(?:bringen|bewegen|kriegen|motivieren)\b|\bdafuer (?:zu )?sorgen\b|^(?:ich )?sorge dafuer",
        (
            r"^(?:mein(?:e|er)?|das|die|alle|andere|man|unser(?:e)?) (?:\w+ ){0,3}?(?:soll|sollen|wird|werden|muss"
            r"|muessen"
            r"|respektiert|respektieren|hoert|hoeren|versteht|verstehen|schaetzt|schaetzen|sieht|vertraut|vertrauen)\b"
        ),
        (
            r"^(?:dass )?(?:meine? \w+|man|alle|andere) .*\b(?:moegen|mag|angenommen|akzeptiert|gehoert|umgesetzt)\b"
            r"|\bdass (?:mein|sie|er|die|das|alle|man|andere|mir|mich)\b.*\b(?:respektier|versteh|hoer|seh|schaetz"
            r"|vertrau|ernst"
            r"|mag|moegen|anerkenn|zufrieden|mitmach|folg)\w*|\berfolg(?:reich)?\b.*\b(?:haben|sein)\b|\bgewinnen$"
        ),
    )
)

_ACTS = (
    r"stellen|fragen|schreiben|schicken|senden|anrufen|geben|vorbereiten|planen|lesen|zusammenfassen|buchen"
    r"|reden|sprechen"
    r"|teilen|delegieren|pruefen|aktualisieren|aufraeumen|machen|halten|einladen|praesentieren|lernen|ueben"
    r"|anbieten"
    r"|anfangen|beenden|blocken|erstellen|dokumentieren|informieren|sammeln|vorschlagen|organisieren|besprechen"
    r"|erklaeren"
    r"|zeigen|veroeffentlichen|zeichnen|definieren|ueberarbeiten|testen|bauen|berichten|besuchen|treffen"
    r"|nachverfolgen"
    r"|notieren|analysieren|recherchieren|vergleichen|entscheiden|verhandeln|coachen|moderieren|loeschen"
    r"|archivieren"
    r"|sortieren|bestellen|bezahlen|trainieren|laufen|meditieren|antworten|beantworten|ausmachen|vereinbaren"
    r"|absprechen"
    r"|abstimmen|verbessern|umsetzen|einfuehren|kuemmern|uebergeben|aufstehen|bekommen|treiben|kochen|schlafen"
    r"|essen|trinken"
    r"|einreichen|anmelden|bewerben|messen|berechnen|melden|weiterleiten|festhalten|protokollieren|aufsetzen"
    r"|erledigen"
    r"|abarbeiten|feiern|loben|danken|entschuldigen|mitteilen|ansprechen|klaeren|verteilen|anlegen|starten|fuehren"
)
_FIRST = (
    r"frage|schreibe|schicke|sende|gebe|plane|lese|buche|rede|spreche|teile|delegiere|pruefe|aktualisiere|mache"
    r"|lade"
    r"|praesentiere|lerne|uebe|biete|beende|blocke|erstelle|dokumentiere|informiere|sammle|schlage|organisiere"
    r"|bespreche"
    r"|erklaere|zeige|zeichne|ueberarbeite|teste|baue|berichte|besuche|treffe|notiere|analysiere|recherchiere"
    r"|loesche"
    r"|sortiere|bestelle|bezahle|antworte|vereinbare|messe|melde|leite|stelle|rufe|bereite|fasse|raeume"
)
_ACT_AT_END = re.compile(rf"\b\w*(?:{_ACTS})[.!?]*$")
_ACT_IN_FRONT = re.compile(rf"^(?:ich )?(?:{_FIRST})\b")
_AND = re.compile(r",? (?:und|sowie|dann|plus)(?: (?:dann|danach|auch|anschliessend|spaeter))? |, | \+ | & ")
_ASIDE = re.compile(
    r"^(?:was|wer|wen|wem|dass|ob|wie|wo|warum|wieso|bevor|nachdem|welche\w?|sobald|weil|damit|um|statt|anstatt"
    r"|ohne|wenn"
    r"|sondern|bis|falls|waehrend)\b"
)
# What belongs to the same act: asking for what others think, telling what came of it.
_ONE_ACT = words(
    "fragen frage nachfragen sagen sage zeigen zeige teilen teile schicken schicke senden anbieten danken lesen"
)

TWO = 2


def _after_opening(said: Said) -> Said:
    return said.without(_OPENING)


def _names_no_cue(said: Said) -> bool:
    if DIGIT.search(said.text) or said.quotes:
        return False
    return all(word in _GENERAL for word in said.of(_IDIOM.sub(" ", said.text)).words)


def _main(said: Said) -> Said:
    return said.cut(_CLAUSE)


def _is_wish(said: Said) -> bool:
    main = _main(said)
    if said.quotes or fits_any(said, _OUTCOMES[:2]) or _is_counted(said):
        return False
    if _NOT.search(main.text):
        return False
    return (
        fits_any(main, _WISHES)
        or fits_any(said, _BARE)
        or (len(said.words) <= FEW_WORDS and _is_only_more(main))
    )


def _is_only_more(main: Said) -> bool:
    """More or better of something, of which nothing says how much."""
    return bool(_COMPARED.search(_ADDED.sub(" ", main.text)))


def _is_counted(said: Said) -> bool:
    return said.has(_COUNTED) or bool(DIGIT.search(said.text))


def _is_negation(said: Said) -> bool:
    main = _LIMIT.sub(" ", _main(said).text)
    return bool(_NOT.search(main)) and not said.has(_RATHER)


def _is_outcome(said: Said) -> bool:
    return fits_any(said, _OUTCOMES)


def _is_several(said: Said) -> bool:
    """Two or more parts with an act of their own, beside what only goes with another."""
    parts = [part.strip() for part in _AND.split(said.text)]
    acts = [part for part in parts if not _ASIDE.match(part)]
    acts = [part for part in acts if _ACT_AT_END.search(part) or _ACT_IN_FRONT.search(part)]
    joined = [part for part in acts if not _ONE_ACT.intersection(part.split())]
    return len(acts) > TWO or (len(acts) == TWO and len(joined) > 1)


GERMAN = Language(_SMALL, _after_opening, _names_no_cue, _is_wish, _is_negation, _is_outcome, _is_several)
