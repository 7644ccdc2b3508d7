"""Delivery: what was approved goes to its recipients once, and every one of them is accounted for.

`send` mails letters once, by an SMTP server, and notes every step in a `Ledger`; `reconcile` looks in the archive
for those of which the ledger cannot know whether they arrived.
"""

from __future__ import annotations

from ipreport.delivery.approvals import Approval, Approvals
from ipreport.delivery.corrections import Correction, Corrections
from ipreport.delivery.entry import Entry, Event, State
from ipreport.delivery.how import How
from ipreport.delivery.identity import WITHDRAWN, was_never_tried
from ipreport.delivery.ledger import Ledger
from ipreport.delivery.letter import PARTING, Letter, agree
from ipreport.delivery.lock import only_sender
from ipreport.delivery.reconcile import Reconciled, reconcile
from ipreport.delivery.report import InterruptedRun, Report
from ipreport.delivery.runs import Runs
from ipreport.delivery.sending import send, settle
from ipreport.delivery.server import Archive, Login, Security, Server

__all__ = [
    "PARTING",
    "WITHDRAWN",
    "Approval",
    "Approvals",
    "Archive",
    "Correction",
    "Corrections",
    "Entry",
    "Event",
    "How",
    "InterruptedRun",
    "Ledger",
    "Letter",
    "Login",
    "Reconciled",
    "Report",
    "Runs",
    "Security",
    "Server",
    "State",
    "agree",
    "only_sender",
    "reconcile",
    "send",
    "settle",
    "was_never_tried",
]
