"""Outline, metrics and findings → one Document per edition."""

from ipreport.compose.check import check, check_template, check_values
from ipreport.compose.common import rendered
from ipreport.compose.compose import compose
from ipreport.compose.content import Content, content_of
from ipreport.compose.signature import signature
from ipreport.compose.table_of_contents import paginated
from ipreport.compose.verify import verify, verify_editions

__all__ = [
    "Content",
    "check",
    "check_template",
    "check_values",
    "compose",
    "content_of",
    "paginated",
    "rendered",
    "signature",
    "verify",
    "verify_editions",
]
