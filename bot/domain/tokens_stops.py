"""Words that stand nearly everywhere, by language: which of them are left out, and which count less than others.

English and German ones are left out wherever they stand. A French, Spanish or Portuguese one may be a word of its own
in English or German ("son", "todo", "AI"): that is left out only where more of its language stands beside it than of
these two.
"""

from collections.abc import Collection

_ENGLISH = """
    a about after again all also am an and any are as at be because been before being but by can could d did
    do does doing don down during each few for from further had has have having he her here hers him his how i
    if in into is it its just ll m me more most my no nor not now o of off on once only or other our ours out
    over own re s same she should so some such t than that the their theirs them then there these they this
    those through to too under until up ve very was we were what when where which while who whom why will with
    would you your yours
"""
_GERMAN = """
    ab aber alle allem allen aller alles als also am an ander andere anderen auch auf aus bei bin bis bist da
    damit dann das dass dein deine dem den denn der des dich die dies diese diesem diesen dieser dieses dir
    doch dort du durch ein eine einem einen einer eines er es etwas euch euer fur gegen habe haben hast hat
    hatte hatten hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja jede jedem jeden jeder
    jedes jener jetzt kann kein keine keinem keinen keiner man mein meine meinem meinen meiner mich mir mit
    nach nicht noch nun nur ob oder ohne sehr sein seine seinem seinen seiner selbst sich sie sind so solche
    soll sondern sonst uber um und uns unser unsere unter viel vom von vor war waren warum was weil welche
    welchem welchen welcher wenn wer werde werden wie wieder will wir wird wirst wo wurde wurden zu zum zur
    zwar zwischen
"""
_FRENCH = """
    a ai aie aient ait as au aura aurait aux avaient avais avait avec avez avons ayant c car ce ceci cela celle
    celles celui ces cet cette ceux chez comme comment d dans de des donc dont du elle elles en entre es est et
    etaient etais etait etant ete etes etions etre eu eux fut ici il ils j je l la le les leur leurs lui m ma
    mais me meme memes mes moi mon n ne ni nos notre nous on ont ou par pas plus pour pourquoi qu quand que
    quel quelle quelles quels qui quoi s sa sans se sera serait ses si soit sommes son sont sous suis sur t ta
    te tes toi ton tous tout toute toutes tres tu un une vos votre vous y
"""
_SPANISH = """
    a al algo ante antes aunque cada como con contra cual cuando de del desde donde durante e el ella ellas
    ellos en entre era eran eras es esa esas ese eso esos esta estaba estaban estamos estan estar estas este
    esto estos estoy fue fueron ha habia han has hasta hay he la las le les lo los mas me mi mis mucho muy nada
    ni no nos nosotros o os otra otras otro otros para pero poco por porque pues que quien quienes se sea ser
    si sido sin sobre somos son soy su sus suya tambien tanto te tenia tengo ti tiene tienen todo todos tu tus
    un una uno unos vosotros y ya yo
"""
_PORTUGUESE = """
    a ao aos aquela aquelas aquele aqueles aquilo as ate cada com como da das de dela delas dele deles depois
    do dos e ela elas ele eles em entre era eram essa essas esse esses esta estao estas estava estavam este
    estes estou eu foi foram ha isso isto ja la lhe lhes mais mas me mesmo meu meus minha minhas muito na nada
    nao nas nem no nos nossa nossas nosso nossos num numa o os ou para pela pelas pelo pelos por porque qual
    quando que quem sao se seja sem ser seu seus si so sob sobre sua suas tambem te tem tenho ter teu teus ti
    tinha tu tua tuas um uma voce voces vos
"""
# Words that say little of what a text is about; they are found, but count less than others.
_LIGHT_ENGLISH = """
    able always another anybody anyone anything become better best bring come could done else ever every everybody
    everyone everything find gave get getting give given giving go goes going gone good got happen help helped
    helpful helping helps instead keep kept know let like look lot made make makes making many may maybe might much
    must need needed never nobody often one others put quite rather really said say seem shall show since somebody
    someone something sometimes still stop take taken takes taking tell thing things think thought told took tried
    tries try trying use used useful using usually want wanted way ways well went without work worked working works
    yet
"""
_LIGHT_GERMAN = """
    anders bekommen besser beste bleiben brauche brauchen bringen darf denken ding dinge durfen eher finden
    funktioniert gab ganz geben gegeben gehen geholfen geht gekommen gemacht genommen gerade gibt ging gut gute helfen
    helft hilft immer jemand jemandem jemanden kam kommen kommt konnen konnte konnten lassen leute liess machen mache
    macht machte mal manchmal mehr mochte muss mussen musste nehmen nie niemand nimmt oft richtig sache sachen sage
    sagen sagt schon sehen sollen sollte sollten statt tun viele vielleicht weiss wirklich wissen wollen wollte wurden
"""
# None of these is a word of English or German, and they are compared as they stand, not by their stems.
_LIGHT_ELSEWHERE = """
    alguem alguien alguma algun alguna beaucoup bem choses coisa coisas cosa cosas decir dicho diz dizer
    donner doy estoy faire faz fazer faut feito fiz hace hacen hacer hago hecho hizo jamais melhor mejor mettre mieux
    nunca parfois peut peuvent peux poder pode podemos podia posso pouvoir prendre puede pueden puedo quelque quelques
    quer querer quero quiere quiero siempre sempre souvent toujours veux vouloir
"""
# Of the stop words of the three: what means something in English or German, or is an abbreviation there.
_WORDS_ELSEWHERE = """
    ai ante ate aura car chez com comment con contra dos el em era est eu fut han hay las los ma mais mas meme na nas
    nos os ou par pas plus por pour pues qual sans sea sem ser sera si sin sob son ta tem ter ton tout todo tu um un
"""

ALWAYS = {"en": frozenset(_ENGLISH.split()), "de": frozenset(_GERMAN.split())}
ROMANCE = {
    "fr": frozenset(_FRENCH.split()),
    "es": frozenset(_SPANISH.split()),
    "pt": frozenset(_PORTUGUESE.split()),
}
LIGHT = {"en": frozenset(_LIGHT_ENGLISH.split()), "de": frozenset(_LIGHT_GERMAN.split())}
LIGHT_AS_TYPED = frozenset(_LIGHT_ELSEWHERE.split())

_EVER = frozenset[str]().union(*ALWAYS.values())
_SURE = {language: words - _EVER - frozenset(_WORDS_ELSEWHERE.split()) for language, words in ROMANCE.items()}
_SOMEWHERE = _EVER.union(*_SURE.values())


def stopped_somewhere(folded: str) -> bool:
    """Whether a folded word is a stop word of English or German ("die"), or of the others and no word of these two."""
    return folded in _SOMEWHERE


def stopped_everywhere(folded: str) -> bool:
    """Whether a folded word is a stop word in English and in German ("so", "was")."""
    return all(folded in words for words in ALWAYS.values())


def stop_words_among(folded: Collection[str]) -> frozenset[str]:
    """Those of the words of a text that are stop words as they stand there together ("son", beside "équipe" and "est").

    Args:
        folded: all words of the text.
    """
    reads_as = [language for language in ROMANCE if _reads_as(language, folded)]
    return _SOMEWHERE.union(*(ROMANCE[language] for language in reads_as))


def stop_words_of(language: str, folded: Collection[str]) -> frozenset[str]:
    """What of a text in this language is left out.

    A French, Spanish or Portuguese member may well write English, so their words have to read like it.

    Args:
        language: like "en"; folded: all words of the text.
    """
    if language not in ROMANCE:
        return ALWAYS.get(language, frozenset())
    return ROMANCE[language] if _reads_as(language, folded) else _SURE[language]


def _reads_as(language: str, folded: Collection[str]) -> bool:
    """Whether more of the language stands there for certain than of English and German."""
    sure = sum(word in _SURE[language] for word in folded)
    return sure > sum(word in _EVER and word not in ROMANCE[language] for word in folded)
