"""What `pdf:` in briefing.yaml says of the PDF files: how they are saved, and who signs them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ipreport.language import Localized
from ipreport.outline import Conformance, PdfSpec, SignatureSpec
from ipreport.readers.folder import is_file
from ipreport.readers.schema import Pair
from ipreport.readers.schema_briefing import PdfShape, SignatureShape
from ipreport.readers.yaml_file import Path_, Tree

Refuse = Callable[..., None]
"""Told what is wrong, at which path of the file, and what to do."""

_LONGEST_PASSWORD = 127
"""Bytes of a password in UTF-8 (ISO 32000-2, 7.6.4.3.3)."""


def pdf_spec(shape: PdfShape, folder: Path, tree: Tree, refuse: Refuse) -> PdfSpec:
    """The settings of PDF files; files are named by their paths from `folder`. What is wrong goes to `refuse`."""
    password = shape.password or ""
    if password and shape.conformance is not Conformance.NONE:
        hint = "write 'conformance: none' beside it, or leave the password out"
        refuse("an archive takes no file that needs a password (PDF/A-3)", ("pdf", "password"), hint)
    if len(password.encode("utf-8")) > _LONGEST_PASSWORD:
        message = f"expected a password of at most {_LONGEST_PASSWORD} bytes in UTF-8, found a longer one"
        refuse(message, ("pdf", "password"), "take a shorter one")
    signature = None if shape.signature is None else _signature(shape.signature, folder, tree, refuse)
    return PdfSpec(shape.conformance, password, signature, shape.grid)


def _signature(shape: SignatureShape, folder: Path, tree: Tree, refuse: Refuse) -> SignatureSpec:
    """Who signs. The file may stand anywhere: a key is better kept out of a folder that is passed on."""
    path: Path_ = ("pdf", "signature", "certificate")
    file = folder / shape.certificate
    if not is_file(file):
        hint = "name a PKCS#12 file (.p12, .pfx) by its path from the briefing's folder, or by its whole path"
        refuse(f"expected a file with a certificate and its key, found none at '{shape.certificate}'", path, hint)
    return SignatureSpec(file, tree.origin(path), shape.visible, _said(shape.reason), _said(shape.location))


def _said(pair: Pair | None) -> Localized | None:
    return None if pair is None else pair.localized()
