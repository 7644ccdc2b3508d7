"""Bilingual Chinese–English intellectual-property briefings from one record of every number.

>>> import ipreport
>>> built = ipreport.build("report/haixi")          # doctest: +SKIP
>>> [path.name for path in built.documents]         # doctest: +SKIP
['haixi-issue-1.bilingual.docx', ...]

`build` makes the files, `draw_figures` the charts alone, `check` lists problems, `explain`
follows a value to every place it appears, `trace` leads from a number of a finished file
back to its record, `notify` tells the approver, `approve` vouches for the files of an issue,
`verify` says who has signed one and whether it is as it was signed, `new` starts a briefing,
`template` a look of the office's own, `catalogue` looks metrics up. Problems of the input
arrive together in a `ReportError`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ipreport.problems import Level, Origin, Problem, ReportError

if TYPE_CHECKING:
    from ipreport.delivery import Approval, Entry, Reconciled, Report
    from ipreport.pipeline import Built, DrawnFigures, Explained, build, check, draw_figures, explain, new, template
    from ipreport.pipeline.approving import approve
    from ipreport.pipeline.mailing import Deliveries, deliveries, reconcile, send, write_letters
    from ipreport.pipeline.notifying import Notified, notify
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
    "Deliveries",
    "DrawnFigures",
    "Entry",
    "Explained",
    "Found",
    "FoundSignature",
    "Level",
    "Notified",
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
    "notify",
    "reconcile",
    "send",
    "template",
    "trace",
    "verify",
    "write_letters",
]


_HOMES = {
    **dict.fromkeys(("Approval", "Entry", "Reconciled", "Report"), "delivery"),
    # Building needs nothing of what sends.
    "approve": "pipeline.approving",
    **dict.fromkeys(("Deliveries", "deliveries", "reconcile", "send", "write_letters"), "pipeline.mailing"),
    **dict.fromkeys(("Notified", "notify"), "pipeline.notifying"),
    **dict.fromkeys(("Built", "DrawnFigures", "Explained", "build", "check", "draw_figures", "explain"), "pipeline"),
    **dict.fromkeys(("new", "template"), "pipeline"),
    # Looking a metric up must not load what draws and writes documents.
    **dict.fromkeys(("CatalogueEntry", "catalogue"), "readers"),
    # Tracing reads finished files and needs nothing of what makes them; nor does checking a signature.
    **dict.fromkeys(("Found", "Traced", "trace"), "tracing"),
    **dict.fromkeys(("Change", "FoundSignature", "Verified", "verify"), "signatures"),
}
"""The module that each public name comes from, which is loaded when the name is first asked for."""


def __getattr__(name: str) -> object:
    """Load what is asked for, so that importing the package stays cheap."""
    if name not in _HOMES:
        raise AttributeError(f"module 'ipreport' has no attribute '{name}'")
    home = import_module(f"ipreport.{_HOMES[name]}")
    return getattr(home, {"catalogue": "look_up"}.get(name, name))
