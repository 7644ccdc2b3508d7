"""The imprint at the foot of the last page: whom the issue goes to, who issues it, when, how many copies (版记)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from ipreport.compose.common import Languages, said
from ipreport.document import Imprint, ImprintLine
from ipreport.language import Localized
from ipreport.outline import ImprintSpec, Outline, Terms
from ipreport.wording import show_copies, show_issued

_LABELS: Mapping[Terms, Localized] = MappingProxyType(
    {
        Terms.REPORT_TO: Localized("报：", "To:"),
        Terms.COPY_TO: Localized("送：", "Copy to:"),
        Terms.DISTRIBUTE_TO: Localized("发：", "Circulated to:"),
    }
)
_SIGNED = Localized("签发：", "Signed by:")
_EDITED = Localized("编辑：", "Edited by:")


def imprint(outline: Outline, languages: Languages) -> Imprint | None:
    """The imprint of an edition; None where the briefing has none and no recipient is to be named."""
    groups = tuple(_groups(outline))
    if outline.imprint is None and not groups:
        return None
    spec = outline.imprint or ImprintSpec()
    people = ((_SIGNED, spec.signed_by), (_EDITED, spec.edited_by))
    lines = (*groups, *((label, name) for label, name in people if name is not None))
    return Imprint(
        lines=tuple(ImprintLine(said(label, languages), said(names, languages)) for label, names in lines),
        issuer=said(spec.issuer or outline.masthead.issuer, languages),
        date=said(show_issued(spec.date or outline.date), languages),
        copies=() if spec.copies is None else said(show_copies(spec.copies), languages),
    )


def _groups(outline: Outline) -> Iterator[tuple[Localized, Localized]]:
    """The label of each group and its names, those on whose terms nobody is named left out."""
    for group in outline.recipients:
        names = [recipient.name for recipient in group.recipients if recipient.printed]
        if names:
            yield _LABELS[group.terms], _listed(names)


def _listed(names: Sequence[Localized]) -> Localized:
    """Names in a line, in Chinese with a full stop behind the last (GB/T 9704-2012, 7.4.2).

    Offices of one rank stand with 、 between them; where a name has that in itself, with a comma.
    """
    between = "，" if any("、" in name.zh for name in names) else "、"
    return Localized(f"{between.join(name.zh for name in names)}。", "; ".join(name.en for name in names))
