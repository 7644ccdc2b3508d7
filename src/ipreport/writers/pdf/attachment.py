"""The record inside a PDF file: embedded files that belong to the document (ISO 19005-3, 6.8).

Places are not marked on the pages: each value would be a structure element of its own, at
which reading aloud may stop. The record repeats every printed text in reading order
instead, so that a number is found by where it stands. Its values come as a table as well.
"""

from __future__ import annotations

from datetime import date

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from ipreport.document import RECORD_NAME, RECORD_TABLE_NAME, Record, write_record, write_record_table
from ipreport.writers.pdf.metadata import pdf_date

_RECORD = "The record of every number of this document: value, source, formula and places"
_TABLE = "The values of this document as a table: value, source, formula and places"


def attach(pdf: Pdf, record: Record, stamp: date) -> None:
    """Attach `record` to the document as data it rests on; nothing for a document without one.

    The name tree is that of ISO 32000-1, 7.11.4.
    """
    if not record:
        return
    files = {
        RECORD_TABLE_NAME: _file(pdf, RECORD_TABLE_NAME, write_record_table(record), "text/csv", _TABLE, stamp),
        RECORD_NAME: _file(pdf, RECORD_NAME, write_record(record), "application/json", _RECORD, stamp),
    }
    names = [each for name, file in sorted(files.items()) for each in (String(name), file)]
    pdf.Root.Names.EmbeddedFiles = Dictionary(Names=Array(names))
    pdf.Root.AF = Array(list(files.values()))


def _file(pdf: Pdf, name: str, content: bytes, kind: str, description: str, stamp: date) -> Object:
    """An embedded file. PDF/A-3 wants its kind, both forms of its name, and what it is to the document."""
    moment = String(pdf_date(stamp))
    parameters = Dictionary(Size=len(content), CreationDate=moment, ModDate=moment)
    stream = Stream(pdf, content, Type=Name.EmbeddedFile, Subtype=Name(f"/{kind}"), Params=parameters)
    embedded = pdf.make_indirect(stream)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(name),
            UF=String(name),
            Desc=String(description),
            AFRelationship=Name.Data,
            EF=Dictionary(F=embedded, UF=embedded),
        )
    )
