"""The words that a German compound is made of ("Teambesprechungen": Team, Besprechung).

It is taken apart only where all of it is known: a wrong part finds what nobody looked for, a missing one is still found
as the whole word, and by `bot.domain.search_suggestions`. The known words are those of work, of teams and of learning.
The libraries that split any word bring 25 to 60 MB of lists, and none is kept up under a licence that suits.
"""

from collections.abc import Iterator

# What compounds of the field end with, and begin with; folded.
_NOUNS = """
    abgabe abgleich ablauf ablehnung absage abschluss absicht absprache abstimmung abteilung agenda aktion
    aktivitat alltag alternative analyse anderung anerkennung anforderung anfrage angebot angst anlass anleitung
    ansatz ansprache anspruch anstrengung antrag antwort anwendung arbeit archiv argument artikel assistenz
    atmosphare aufgabe auftrag aufwand ausbildung ausblick ausgabe auslastung ausnahme aussage austausch auswahl
    auswertung autor balance barriere baustein bedarf bedenken bedingung bedurfnis begleitung begriff begrundung
    behauptung beispiel beitrag belastung beobachtung berater beratung bereich bereitschaft bericht beruf
    beschluss beschreibung beschwerde besprechung bestatigung besuch beteiligung betrieb beurteilung bewegung
    beweis bewerber bewerbung bewertung beziehung bilanz bildung bindung blatt botschaft brief brucke buch
    budget buro chance charakter chef coach coaching code computer controlling dank dashboard datei daten dauer
    deadline debatte definition delegation design deutung diagramm dialog dienst dienstleistung diskussion
    distanz dokument dokumentation druck durchfuhrung dynamik ebene edition effekt ehrgeiz eigenschaft
    einarbeitung eindruck einfluss einfuhrung einheit einkauf einladung einsatz einschatzung einstellung
    einstieg einwand element eltern empfang empfehlung energie engagement entlastung entscheider entscheidung
    entwicklung entwurf erfahrung erfolg ergebnis erholung erinnerung erkenntnis erklarung erlebnis ernennung
    erwartung erzahlung experiment experte fahigkeit faktor fall familie feedback fehler feier feld fertigkeit
    filter finanzen finanzierung findung firma flache flexibilitat fokus folge forderung form format
    formulierung forschung fortschritt frage frist frust fuhrung funktion gedanke geduld gefuhl gehalt geist
    geld gelegenheit gemeinschaft generation gerat gericht geschaft geschichte gesellschaft gesetz gesprach
    gestaltung gesundheit gewinn gewohnheit grenze grund grundlage gruppe haltung hand handbuch handel handler
    handlung haus haushalt herausforderung hierarchie hilfe hindernis hinweis idee impuls information
    infrastruktur inhalt initiative innovation instrument integration interesse interview investition jahr
    journal kalender kampagne kanal kapazitat karriere kasse kennzahl kette klarheit klausur klima kollege
    kollegin kommentar kommunikation kompetenz konferenz konflikt kontakt kontext kontrolle konzept konzern
    kooperation koordination kopf kosten kraft krise kritik kultur kunde kundigung kunst kurs lager leben lehre
    lehrer leistung leiter leiterin leitfaden leitung lernen linie liste literatur logik losung lucke macht mail
    management manager managerin marke marketing markt maschine massnahme material meeting meinung meldung
    mensch mentor mentorin mentoring merkmal messung methode miete minute misserfolg mitarbeiter mitarbeiterin
    mitglied mittel mobilitat modell moderation moment monat moral motivation muster nachfolge nachfolger
    nachricht nachteil nachweis netzwerk neuling niveau norm notiz nutzen nutzer objekt offenheit onboarding
    option ordnung organisation partner partnerin partnerschaft patient pause pensum person personal perspektive
    pflege pflicht phase plan planung platz politik portfolio position post praktikant praktikum prasentation
    praxis preis prinzip priorisierung prioritat problem produkt produktion produktivitat profil programm
    projekt protokoll prozess prufung puffer punkt qualifikation qualifizierung qualitat quartal quelle raum
    reaktion recht rede reduktion reflexion reform regel region reihe reihenfolge reise release rentner report
    respekt ressort ressource retrospektive review rhythmus richtlinie richtung risiko rolle routine ruckblick
    ruckfrage ruckmeldung ruckschlag ruhe runde sache satz schicht schicksal schlaf schlagzeile schluss schmerz
    schritt schuld schule schuler schulung schutz schwache schwelle schwerpunkt schwierigkeit seite sekunde
    selbstvertrauen seminar service sicherheit sicht signal sinn sitzung skala skill software sorge spannung
    spiel spitze sprache sprecher sprint stadt stakeholder standard standort stark starke statistik stelle
    stellung steuer steuerung stil stille stimmung strategie stress struktur studie studium stunde suche support
    symptom synergie system tabelle tafel tagung tatigkeit team technik technologie teilnehmer telefon tempo
    tendenz termin test thema theorie therapie these tipp titel tool trainer training transfer transparenz
    treffen trend typ uberblick ubergabe ubergang uberlastung uberstunde uberzeugung ubung umfang umfeld umfrage
    umgang umgebung umsatz umsetzung umstellung umwelt unfall unsicherheit unterlage unternehmen unterricht
    unterschied unterstutzung urlaub ursache urteil veranderung veranstaltung verantwortung verband verbesserung
    verbindung verbot verein vereinbarung verfahren verfugung vergleich vergutung verhalten verhaltnis
    verhandlung verkauf verkaufer verlauf verlust vermeidung vermogen vermutung versammlung verschwendung
    version verstandnis versuch verteilung vertrag vertrauen vertreter vertretung vertrieb verwaltung video
    vielfalt vision vorbereitung vorbild vorgabe vorgehen vorgesetzte vorhaben vorlage vorschlag vorstand
    vorstellung vorteil vortrag wachstum wahl wahrnehmung wandel ware warnung wechsel welt werbung werkstatt
    werkzeug wert wertschatzung wettbewerb widerstand wirkung wirtschaft wissen wissenschaft woche wohnung
    workshop wort wunsch zahl zeichen zeile zeit ziel zimmer zufriedenheit zugang zukunft zusage zusammenarbeit
    zusammenfassung zustandigkeit zweck zweifel zwischenfall
"""
_HEADS_ONLY = "ort tag weg rat fahrer geber macher partei schreiben themen zentren"
# What stands before a noun and changes it, or takes another ending there; none of them is looked for by itself.
_BEFORE = """
    tages haupt neben gesamt einzel erst selbst zwischen fach fern gross klein neu jahres monats geschafts schul sprach
    ideen themen firmen seminar abend morgen mittag fruh spat lern lehr plan bau wohn kauf mess pruf schreib
"""
# What may stand between a noun and what follows it.
_LINKS = ("", "s", "es", "n", "en")
_LINKED_BY_ER = frozenset(("haus", "mitglied", "wort"))
_ENDINGS = ("", "e", "en", "n", "s", "es", "er", "ern", "nen")
SHORTEST = 7  # letters of a compound

_HEADS = {
    noun + ending: noun for ending in reversed(_ENDINGS) for noun in (*_NOUNS.split(), *_HEADS_ONLY.split())
}
_MODIFIERS = {
    **{noun + link: noun for noun in _NOUNS.split() for link in _LINKS},
    **{f"{noun}er": noun for noun in _LINKED_BY_ER},
    **dict.fromkeys(_BEFORE.split(), ""),
}


def compound_of(folded: str) -> tuple[str, ...]:
    """The parts of a folded word, folded and without endings, the last one the one that says what it is; () for none.

    The fewest parts are taken. What only changes another word ("Haupt" in "Hauptziel") is no part.
    """
    if len(folded) < SHORTEST or not folded.isascii() or folded in _HEADS:
        return ()
    found = min(_splits(folded), key=len, default=())
    return tuple(part for part in found if part)


def _splits(folded: str) -> Iterator[tuple[str, ...]]:
    """All ways of two or more known parts, "" for what is none by itself."""
    for at in range(3, len(folded) - 2):
        first, rest = _MODIFIERS.get(folded[:at]), folded[at:]
        if first is None:
            continue
        if rest in _HEADS:
            yield first, _HEADS[rest]
        else:
            yield from ((first, *others) for others in _splits(rest))
