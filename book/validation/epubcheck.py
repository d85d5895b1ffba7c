"""EPUBCheck as a validator: EPUBs against EPUB 3.3."""

from __future__ import annotations

from book.system.needs import Need
from book.validation import codes
from book.validation.rules import Rules
from book.validation.subject import Subject
from book.validation.validator import Judgement, Validator
from book.validators import epubcheck
from book.validators.epubcheck import EpubVerdict
from book.validators.java import java_version

# EPUBCheck's ids begin with what they are about: RSC resources, HTM and CSS content, OPF the
# package document, PKG the archive. An entry that ends in a hyphen covers the rest of its group.
RULES = Rules(
    {
        "RSC-005": codes.EPUB_SYNTAX,
        "RSC-016": codes.EPUB_SYNTAX,
        "HTM-": codes.EPUB_SYNTAX,
        "RSC-006": codes.EPUB_REMOTE,
        "RSC-031": codes.EPUB_REMOTE,
        "OPF-014": codes.EPUB_REMOTE,
        "RSC-001": codes.EPUB_MISSING,
        "RSC-007": codes.EPUB_MISSING,
        "RSC-008": codes.EPUB_MISSING,
        "RSC-010": codes.EPUB_TARGET,
        "RSC-011": codes.EPUB_TARGET,
        "RSC-012": codes.EPUB_TARGET,
        "RSC-014": codes.EPUB_TARGET,
        "RSC-020": codes.EPUB_ADDRESS,
        "RSC-026": codes.EPUB_ADDRESS,
        "RSC-030": codes.EPUB_ADDRESS,
        "CSS-": codes.EPUB_STYLE,
        "OPF-092": codes.EPUB_LANGUAGE,
        "OPF-": codes.EPUB_PACKAGE,
        "PKG-": codes.EPUB_PACKAGE,
    },
    codes.EPUBCHECK,
)
# "info" and "usage" are remarks: EPUBCheck counts them neither as errors nor as warnings.
_GRAVE = {"fatal", "error", "warning"}


def _judge(subject: Subject, verdict: EpubVerdict) -> list[Judgement]:
    found = [
        RULES.finding(subject, subject.epub_places.at(*place), message.id, message.text)
        for message in verdict.messages
        if message.severity in _GRAVE
        for place in message.places or (("", 0, 0),)
    ]
    version = f"{verdict.validator.removeprefix('EPUBCheck ')} (Java {java_version()})"
    return [Judgement(version, verdict.passed and not found, found)]


EPUBCHECK = Validator(
    name="EPUBCheck",
    standard=lambda subject: "EPUB 3.3",
    artefact=lambda subject: subject.epub,
    missing=epubcheck.missing,
    run=lambda subjects, jobs: epubcheck.check_epubs([s.epub for s in subjects]),
    judge=_judge,
    needs=(Need.JAVA,),
)
