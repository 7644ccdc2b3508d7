"""The words of an electronic signature: who has signed, when, why and where."""

from __future__ import annotations

from datetime import datetime

from ipreport.compose.common import Languages, said
from ipreport.document import ImprintLine, Signature
from ipreport.language import Language, Localized
from ipreport.outline import SignatureSpec
from ipreport.wording import show_date

_SIGNER = Localized("数字签名：", "Digitally signed by:")
_DAY = Localized("签名日期：", "Signed on:")
_REASON = Localized("签名理由：", "Reason:")
_LOCATION = Localized("签名地点：", "Place:")


def signature(spec: SignatureSpec, signer: str, moment: datetime, room: int, languages: Languages) -> Signature:
    """What an edition in these languages says of its signature.

    `signer` is who the certificate names, in the words of the certificate in every language; `room` the
    number of bytes that the signature takes.
    """
    facts = [(_SIGNER, Localized(signer, signer)), (_DAY, show_date(moment.date()))]
    facts += [(label, words) for label, words in ((_REASON, spec.reason), (_LOCATION, spec.location)) if words]
    return Signature(
        signer=signer,
        moment=moment,
        told=" ".join(_told(facts, language) for language in languages),
        room=room,
        lines=tuple(_line(label, words, languages) for label, words in facts) if spec.visible else (),
        reason=_in_all(spec.reason, languages),
        location=_in_all(spec.location, languages),
    )


def _line(label: Localized, words: Localized, languages: Languages) -> ImprintLine:
    """A line in every language, also where the words read the same: each has a label of its own."""
    return ImprintLine(said(label, languages), tuple(text for one in languages for text in said(words, (one,))))


def _told(facts: list[tuple[Localized, Localized]], language: Language) -> str:
    gap, stop, end = ("", "；", "。") if language.code == "zh" else (" ", "; ", ".")
    return stop.join(f"{label[language]}{gap}{words[language]}" for label, words in facts) + end


def _in_all(words: Localized | None, languages: Languages) -> str:
    """Words in all languages, as a text field of a file has room for."""
    return "" if words is None else " / ".join(dict.fromkeys(words[language] for language in languages))
