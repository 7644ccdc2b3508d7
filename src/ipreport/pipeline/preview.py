"""What will be mailed, on one page: who gets what, and how it looks."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import escape

from ipreport.delivery import Letter

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ font: 14px/1.5 sans-serif; margin: 24px auto; max-width: 960px; color: #1f2328; }}
table {{ border-collapse: collapse; width: 100%; margin-bottom: 24px; }}
th, td {{ text-align: left; padding: 6px 16px 6px 0; border-bottom: 1px solid #c5ced8; vertical-align: top; }}
small {{ color: #5b6675; overflow-wrap: anywhere; }}
iframe {{ width: 720px; max-width: 100%; height: 1200px; border: 1px solid #c5ced8; }}
</style></head><body>
<h1>{title}</h1>
<table><tr><th>收件人 / To</th><th>主题 / Subject</th><th>附件 / Attachments</th></tr>
{rows}</table>
{mails}
</body></html>
"""


def preview_page(letters: Sequence[Letter], written: Sequence[bytes]) -> bytes:
    """An HTML page that lists the letters, as `written`, and shows one of each edition and order of languages."""
    messages = [message_from_bytes(each, policy=policy.default) for each in written]
    rows = "".join(map(_row, letters, messages, written))
    title = f"{letters[0].briefing}, {letters[0].issue}: {len(letters)} 封 / mails"
    return _PAGE.format(title=escape(title), rows=rows, mails="".join(_mails(letters, messages))).encode("utf-8")


def _row(letter: Letter, message: EmailMessage, written: bytes) -> str:
    to = message["To"].addresses[0]
    names = "<br>".join(escape(str(part.get_filename())) for part in message.iter_attachments())
    sealed = f"{escape(str(message['Date']))}<br>{escape(str(message['Message-ID']))}"
    cells = (
        f"{escape(to.display_name)}<br><small>{escape(to.addr_spec)}, {escape(letter.edition)}</small>",
        f"{escape(str(message['Subject']))}<br><small>{sealed}</small>",
        f"{names}<br><small>{len(written) / 1024:.0f} KiB</small>",
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n"


def _mails(letters: Sequence[Letter], messages: Sequence[EmailMessage]) -> Iterator[str]:
    shown: set[tuple[str, str]] = set()
    for letter, message in zip(letters, messages, strict=True):
        kind = letter.edition, str(message["Content-Language"])
        if kind not in shown:
            shown.add(kind)
            yield f"<h2>{escape(letter.edition)}: {escape(str(message['To']))}</h2>\n"
            inside = f'sandbox="allow-same-origin" srcdoc="{escape(_html(message))}"'
            yield f'<iframe title="{escape(letter.edition)}" {inside}></iframe>\n'


def _html(message: EmailMessage) -> str:
    """The HTML of a mail with its pictures inside."""
    body = message.get_body(("html",))
    text = "" if body is None else str(body.get_content())
    for part in message.walk():
        name = str(part.get("Content-ID", "")).strip("<>")
        if name:
            data = base64.b64encode(part.get_payload(decode=True) or b"").decode("ascii")  # type: ignore[arg-type]  # a leaf
            text = text.replace(f"cid:{name}", f"data:{part.get_content_type()};base64,{data}")
    return text
