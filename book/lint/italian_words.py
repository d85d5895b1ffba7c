"""Lists of Italian words that are written one way only, by what goes wrong with them."""

from __future__ import annotations


def key(word: str) -> str:
    """The word as the tables have it: lower case, straight apostrophe."""
    return word.lower().replace("’", "'")


def listed(words: str) -> frozenset[str]:
    """The words of a text that parts them by spaces."""
    return frozenset(words.split())


def _table(pairs: str) -> dict[str, str]:
    """``wrong:right`` pairs as a table."""
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
"""Before these «un» takes no apostrophe."""
FEMININE = (
    "altra|amministrazione|analisi|area|assemblea|associazione|attività|azienda|azione|esperienza|"
    "idea|impresa|indagine|iniziativa|intesa|occasione|opportunità|ora|organizzazione|unione|"
    "università|équipe"
)
"""Before these «un» takes an apostrophe."""
ELIDED = "l|un|dell|all|nell|sull|dall|coll|quell|quest|bell|sant|anch|neanch|com|cos|dov|c|d|n|s|v"
"""What stands before an apostrophe that joins two words."""

FUNCTION_WORDS = listed(
    "il lo la i gli le un una di a da in con su per tra fra e o ma che del dello della dei degli "
    "delle al allo alla ai agli alle dal dalla dai dagli dalle nel nella nei negli nelle sul "
    "sulla sui sugli sulle è sono ha hanno se come dove quando questo questa"
)
"""Words that no sense doubles."""
MEANT_TWICE = listed(
    "via man mano piano pian ben bene quasi sotto lì là poco così passo zitto su giù appena molto "
    "tanto no sì ora or proprio subito presto tutto vi si ci ne caro bello grande niente blu "
    "lontano vicino via dai basta ancora forte prima poi"
)
"""Words that Italian doubles: «via via», «man mano», «piano piano»."""

ABBREVIATIONS = listed(
    "art artt n nn p pp cfr fig figg tab cap capp par parr vol voll sez lett all ss cost sent ecc "
    "es dott sig prof avv on ing arch geom dr mons tel sec ca cd d.lgs d.l l.r d.m l cons corr"
)
"""What a full stop may follow without ending a sentence."""
