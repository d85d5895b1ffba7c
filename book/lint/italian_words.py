"""Lists of Italian words for the checks: frequent mistakes of spelling, elision, abbreviations.

The tables of mistakes hold words that Italian writes in one way only.
"""

from __future__ import annotations


def key(word: str) -> str:
    """``word`` in the form of the tables: lower case, straight apostrophe."""
    return word.lower().replace("’", "'")


def listed(words: str) -> frozenset[str]:
    """The words of a string that are parted by spaces."""
    return frozenset(words.split())


def _table(pairs: str) -> dict[str, str]:
    """A table from wrong to right form, out of ``wrong:right`` pairs."""
    return dict(pair.split(":") for pair in pairs.split())


WRONG_ACCENTS = _table(
    "nè:né sè:sé testè:testé cioé:cioè caffé:caffè ahimé:ahimè ohimé:ohimè é:è "
    "cosí:così sí:sì lí:lì giú:giù piú:più quí:qui virtú:virtù gioventú:gioventù tribú:tribù "
    "lunedí:lunedì martedí:martedì mercoledí:mercoledì giovedí:giovedì venerdí:venerdì"
)
MISSING_ACCENTS = _table(
    "perche:perché poiche:poiché benche:benché finche:finché affinche:affinché purche:purché "
    "nonche:nonché anziche:anziché giacche:giacché sicche:sicché piu:più puo:può cosi:così "
    "gia:già cioe:cioè percio:perciò citta:città societa:società universita:università "
    "attivita:attività comunita:comunità possibilita:possibilità opportunita:opportunità "
    "responsabilita:responsabilità modalita:modalità priorita:priorità qualita:qualità "
    "necessita:necessità difficolta:difficoltà realta:realtà capacita:capacità"
)
APOSTROPHES_FOR_ACCENTS = {f"{wrong}'": right for wrong, right in MISSING_ACCENTS.items()} | _table(
    "e':è c'e':c'è cos'e':cos'è dov'e':dov'è com'e':com'è pero':però sara':sarà potra':potrà "
    "dovra':dovrà avra':avrà fara':farà verra':verrà giu':giù lunedi':lunedì martedi':martedì "
    "mercoledi':mercoledì giovedi':giovedì venerdi':venerdì identita':identità dignita':dignità "
    "liberta':libertà novita':novità pubblicita':pubblicità"
)
NEEDLESS_ACCENTS = _table("pò:po' fà:fa stà:sta sò:so sà:sa quì:qui quà:qua và:va nò:no fù:fu")

MASCULINE = (
    "accordo|altro|ambito|amico|amministratore|anno|approccio|articolo|aspetto|assessore|atto|"
    "avviso|elemento|elenco|ente|esempio|evento|impatto|impegno|incontro|indicatore|insieme|"
    "intervento|obiettivo|oggetto|operatore|orario|organismo|ospite|ostacolo|ufficio|uomo"
)
"""Masculine words that begin with a vowel: «un» before them takes no apostrophe."""
FEMININE = (
    "altra|amministrazione|analisi|area|assemblea|associazione|attività|azienda|azione|esperienza|"
    "idea|impresa|indagine|iniziativa|intesa|occasione|opportunità|ora|organizzazione|unione|"
    "università|équipe"
)
"""Feminine words that begin with a vowel: «un» before them takes an apostrophe."""
ELIDED = "l|un|dell|all|nell|sull|dall|coll|quell|quest|bell|sant|anch|neanch|com|cos|dov|c|d|n|s|v"
"""Elided forms that an apostrophe joins to the next word: «dell'acqua»."""

ABBREVIATIONS = listed(
    "art artt n nn p pp cfr fig figg tab cap capp par parr vol voll sez lett all ss cost sent ecc "
    "es dott sig prof avv on ing arch geom dr mons tel sec ca cd d.lgs d.l l.r d.m l cons corr"
)
"""Abbreviations, without their final full stop, which does not end a sentence."""
