"""Languages as the catalogues name them."""

from __future__ import annotations

import re

# ISO 639-2, the bibliographic codes of the languages that ISO 639-1 has (ONIX code list 74).
_CODES = """
    aa:aar ab:abk ae:ave af:afr ak:aka am:amh an:arg ar:ara as:asm av:ava ay:aym az:aze ba:bak
    be:bel bg:bul bi:bis bm:bam bn:ben bo:tib br:bre bs:bos ca:cat ce:che ch:cha co:cos cr:cre
    cs:cze cu:chu cv:chv cy:wel da:dan de:ger dv:div dz:dzo ee:ewe el:gre en:eng eo:epo es:spa
    et:est eu:baq fa:per ff:ful fi:fin fj:fij fo:fao fr:fre fy:fry ga:gle gd:gla gl:glg gn:grn
    gu:guj gv:glv ha:hau he:heb hi:hin ho:hmo hr:hrv ht:hat hu:hun hy:arm hz:her ia:ina id:ind
    ie:ile ig:ibo ii:iii ik:ipk io:ido is:ice it:ita iu:iku ja:jpn jv:jav ka:geo kg:kon ki:kik
    kj:kua kk:kaz kl:kal km:khm kn:kan ko:kor kr:kau ks:kas ku:kur kv:kom kw:cor ky:kir la:lat
    lb:ltz lg:lug li:lim ln:lin lo:lao lt:lit lu:lub lv:lav mg:mlg mh:mah mi:mao mk:mac ml:mal
    mn:mon mr:mar ms:may mt:mlt my:bur na:nau nb:nob nd:nde ne:nep ng:ndo nl:dut nn:nno no:nor
    nr:nbl nv:nav ny:nya oc:oci oj:oji om:orm or:ori os:oss pa:pan pi:pli pl:pol ps:pus pt:por
    qu:que rm:roh rn:run ro:rum ru:rus rw:kin sa:san sc:srd sd:snd se:sme sg:sag si:sin sk:slo
    sl:slv sm:smo sn:sna so:som sq:alb sr:srp ss:ssw st:sot su:sun sv:swe sw:swa ta:tam te:tel
    tg:tgk th:tha ti:tir tk:tuk tn:tsn to:ton tr:tur ts:tso tt:tat ty:tah ug:uig uk:ukr ur:urd
    uz:uzb ve:ven vi:vie vo:vol wa:wln wo:wol xh:xho yi:yid yo:yor za:zha zh:chi zu:zul
"""
_BIBLIOGRAPHIC = dict(re.findall(r"(\w+):(\w+)", _CODES))
# Those that have three letters in BCP 47, too.
_OF_ITALY = ("egl", "fur", "lij", "lmo", "nap", "pms", "rom", "scn", "sgn", "vec")
# Names of languages in babel and polyglossia, which biblatex knows as ``langid``.
_LANGID = {
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "pt": "portuguese",
    "ro": "romanian",
    "sl": "slovene",
}


def bibliographic_code(tag: str) -> str:
    """The code of ISO 639-2/B or 639-3 for a BCP 47 tag, as code list 74 of ONIX has it.

    «und», undetermined, for a language that is not among those of ISO 639-1 or of Italy.
    """
    base = tag.split("-")[0]
    return base if base in _OF_ITALY else _BIBLIOGRAPHIC.get(base, "und")


def country_code(tag: str) -> str | None:
    """The country of a BCP 47 tag (ISO 3166-1, two letters), None when it names none."""
    return next((part for part in tag.split("-")[1:] if len(part) == 2), None)


def langid(tag: str) -> str | None:
    """What biblatex calls the language of a BCP 47 tag; None when it is not among the usual."""
    return _LANGID.get(tag.split("-")[0])
