"""Electronic signatures of PDF files (PAdES baseline B-B, ETSI EN 319 142-1): made and checked with pyHanko.

Importing this loads none of it: pyHanko, which need not be there, comes with the first signature.
"""

from ipreport.signatures.entrance import open_signer, verify
from ipreport.signatures.result import Change, FoundSignature, Verified
from ipreport.signatures.signer import Signer

__all__ = ["Change", "FoundSignature", "Signer", "Verified", "open_signer", "verify"]
