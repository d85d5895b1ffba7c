"""What all blocks of an ONIX message use: the making of elements, and the codes of languages."""

from __future__ import annotations

import re
from typing import cast

from lxml import etree

NAMESPACE = "http://ns.editeur.org/onix/3.0/reference"
# The key None makes it the default namespace. lxml accepts that, but its type stubs do not.
_NAMESPACES = cast("dict[str, str]", {None: NAMESPACE})

# ISO 639-1 code : ISO 639-2 code. Where ISO 639-2 has two codes for a language (fre and fra), it is
# the bibliographic one (639-2/B), because ONIX code list 74 has only those.
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
# Languages of Italy without a code of two letters. Their BCP 47 tag is the code of ISO 639-3,
# which code list 74 has, too.
_OF_ITALY = ("egl", "fur", "lij", "lmo", "nap", "pms", "rom", "scn", "sgn", "vec")


def node(
    name: str, *content: etree._Element | str | None, **attributes: str | None
) -> etree._Element:
    """Make the element ``name`` of the ONIX namespace.

    A string in ``content`` becomes the element's text, elements become its children in the given
    order. None is left out, both in ``content`` and as the value of an attribute, so that callers
    can write optional elements in place.
    """
    element = etree.Element(f"{{{NAMESPACE}}}{name}", nsmap=_NAMESPACES)
    for attribute, value in attributes.items():
        if value is not None:
            element.set(attribute, value)
    for item in content:
        if isinstance(item, str):
            element.text = item
        elif item is not None:
            element.append(item)
    return element


def node_if(name: str, text: str | None, **attributes: str | None) -> etree._Element | None:
    """Make the element ``name`` with ``text``; None when ``text`` is None or empty."""
    return node(name, text, **attributes) if text else None


def bibliographic_code(tag: str) -> str:
    """The code of ONIX code list 74 (ISO 639-2/B, ISO 639-3) for the language of a BCP 47 tag.

    It is «und» (undetermined) for a language that neither ISO 639-1 nor the list of languages of
    Italy above has.
    """
    base = tag.split("-")[0]
    return base if base in _OF_ITALY else _BIBLIOGRAPHIC.get(base, "und")


def country_code(tag: str) -> str | None:
    """The country of a BCP 47 tag (ISO 3166-1 alpha-2); None when the tag has none."""
    return next((part for part in tag.split("-")[1:] if len(part) == 2), None)
