"""The record inside a PDF file: an embedded file that belongs to the document (ISO 19005-3, 6.8).

Places are not marked on the pages: each value would be a structure element of its own, at
which reading aloud may stop. The record repeats every printed text in reading order
instead, so that a number is found by where it stands.
"""

from __future__ import annotations

from datetime import date

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from ipreport.document import RECORD_NAME, Record, write_record
from ipreport.writers.pdf.metadata import pdf_date

_DESCRIPTION = "The record of every number of this document: value, source, formula and places"


def attach(pdf: Pdf, record: Record, stamp: date) -> None:
    """Attach `record` to the document as data it rests on; nothing for a document without one.

    The name tree is that of ISO 32000-1, 7.11.4; PDF/A-3 wants the kind of file
    (Subtype), both forms of its name, and how it relates to the document.
    """
    if not record:
        return
    content = write_record(record)
    moment = String(pdf_date(stamp))
    parameters = Dictionary(Size=len(content), CreationDate=moment, ModDate=moment)
    kind = Name("/application/json")
    embedded = pdf.make_indirect(Stream(pdf, content, Type=Name.EmbeddedFile, Subtype=kind, Params=parameters))
    file = pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(RECORD_NAME),
            UF=String(RECORD_NAME),
            Desc=String(_DESCRIPTION),
            AFRelationship=Name.Data,
            EF=Dictionary(F=embedded, UF=embedded),
        )
    )
    pdf.Root.Names.EmbeddedFiles = Dictionary(Names=Array([String(RECORD_NAME), file]))
    pdf.Root.AF = Array([file])
