"""Bilingual Chinese–English intellectual-property briefings from one record of every number.

>>> import ipreport
>>> built = ipreport.build("report/haixi")          # doctest: +SKIP
>>> [path.name for path in built.documents]         # doctest: +SKIP
['haixi-issue-1.bilingual.docx', ...]

`build` makes the files, `draw_figures` the charts alone, `check` lists problems, `explain`
follows a value to every place it appears, `trace` leads from a number of a finished file
back to its record, `approve` vouches for the files of an issue, `verify` says who has signed
one and whether it is as it was signed, `new` starts a briefing, `template` a look of the
office's own, `catalogue` looks metrics up. Problems of the input arrive together in a
`ReportError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipreport.problems import Level, Origin, Problem, ReportError

if TYPE_CHECKING:
    from ipreport.delivery import Approval, Entry, Reconciled, Report
    from ipreport.pipeline import Built, DrawnFigures, Explained, build, check, draw_figures, explain, new, template
    from ipreport.pipeline.approving import approve
    from ipreport.pipeline.mailing import deliveries, reconcile, send, write_letters
    from ipreport.readers import CatalogueEntry
    from ipreport.readers import look_up as catalogue
    from ipreport.signatures import Change, FoundSignature, Verified, verify
    from ipreport.tracing import Found, Traced, trace

__version__ = "0.1.0"
__all__ = [
    "Approval",
    "Built",
    "CatalogueEntry",
    "Change",
    "DrawnFigures",
    "Entry",
    "Explained",
    "Found",
    "FoundSignature",
    "Level",
    "Origin",
    "Problem",
    "Reconciled",
    "Report",
    "ReportError",
    "Traced",
    "Verified",
    "__version__",
    "approve",
    "build",
    "catalogue",
    "check",
    "deliveries",
    "draw_figures",
    "explain",
    "new",
    "reconcile",
    "send",
    "template",
    "trace",
    "verify",
    "write_letters",
]


def __getattr__(name: str) -> object:
    """Load the builders when they are first asked for, so that importing the package stays cheap."""
    if name in {"Approval", "Entry", "Reconciled", "Report"}:
        from ipreport import delivery  # noqa: PLC0415 - see above

        return getattr(delivery, name)
    if name == "approve":
        from ipreport.pipeline.approving import approve  # noqa: PLC0415 - building needs nothing of what sends

        return approve
    if name in {"deliveries", "reconcile", "send", "write_letters"}:
        from ipreport.pipeline import mailing  # noqa: PLC0415 - likewise

        return getattr(mailing, name)
    if name in {
        "Built",
        "DrawnFigures",
        "Explained",
        "build",
        "check",
        "draw_figures",
        "explain",
        "new",
        "template",
    }:
        from ipreport import pipeline  # noqa: PLC0415 - see above

        return getattr(pipeline, name)
    if name in {"CatalogueEntry", "catalogue"}:
        # Looking a metric up must not load what draws and writes documents.
        from ipreport import readers  # noqa: PLC0415 - see above

        return getattr(readers, {"catalogue": "look_up"}.get(name, name))
    if name in {"Found", "Traced", "trace"}:
        # Tracing reads finished files and needs nothing of what makes them.
        from ipreport import tracing  # noqa: PLC0415 - see above

        return getattr(tracing, name)
    if name in {"Change", "FoundSignature", "Verified", "verify"}:
        # Checking a signature needs none of what makes documents either.
        from ipreport import signatures  # noqa: PLC0415 - see above

        return getattr(signatures, name)
    raise AttributeError(f"module 'ipreport' has no attribute '{name}'")
