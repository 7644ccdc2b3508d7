"""The passphrase of a certificate."""

from __future__ import annotations

from ipreport.secret import Secret

PASSPHRASE = Secret("passphrase", "IPREPORT_SIGNATURE_PASSPHRASE")
