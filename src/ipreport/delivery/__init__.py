"""Delivery: what was approved goes to its recipients once, and every one of them is accounted for."""

from ipreport.delivery.approvals import Approval, Approvals

__all__ = ["Approval", "Approvals"]
