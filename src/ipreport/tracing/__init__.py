"""From a number in a finished file back to its record: `trace`.

Files are read, never written, and only what travels inside them is used: no briefing
folder is needed.
"""

from ipreport.tracing.result import Found, Kind, Traced
from ipreport.tracing.trace import trace

__all__ = ["Found", "Kind", "Traced", "trace"]
