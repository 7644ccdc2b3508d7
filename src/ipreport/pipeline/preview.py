"""What will be mailed, on one page: who gets what, and how it looks."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_string, policy
from email.message import EmailMessage
from html import escape

from ipreport.delivery import Letter

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>
body {{ font: 14px/1.5 sans-serif; margin: 24px auto; max-width: 960px; padding: 0 16px; }}
body {{ color: #1f2328; background: #fff; }}
table {{ border-collapse: collapse; width: 100%; margin-bottom: 24px; }}
th, td {{ text-align: left; padding: 6px 16px 6px 0; border-bottom: 1px solid #c5ced8; vertical-align: top; }}
td, pre {{ overflow-wrap: anywhere; }}
h2 {{ margin: 32px 0 4px; font-size: 18px; }}
p {{ margin: 0 0 8px; }}
small, p {{ color: #5b6675; }}
iframe {{ width: 680px; max-width: 100%; height: 1600px; border: 1px solid #c5ced8; box-sizing: border-box; }}
pre {{ white-space: pre-wrap; border: 1px solid #c5ced8; padding: 12px; max-width: 654px; }}
</style></head><body>
<h1>{title}</h1>
<table><tr><th>收件人 / To</th><th>主题 / Subject</th><th>附件 / Attachments</th></tr>
{rows}</table>
{mails}
</body></html>
"""
_AS_HIGH_AS_IT_IS = "this.style.height = this.contentDocument.body.offsetHeight + 2 + 'px'"
"""The page measures the mail in a frame, in which nothing runs."""
_BODY = re.compile(rb"(?<=\r\n\r\n)[0-9A-Za-z+/=\r\n]+(?=\r\n--)")
"""The base64 of a part."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What mails have in common that look the same but for what names their recipient."""

    edition: str
    languages: str
    document: str
    correction: int
    files: tuple[str, ...]


def preview_page(letters: Sequence[Letter], written: Sequence[bytes]) -> bytes:
    """An HTML page that lists the letters, as `written`, and shows one of each kind, whole and as text."""
    rows: list[str] = []
    kinds: dict[_Kind, list[int]] = {}
    for number, (letter, data) in enumerate(zip(letters, written, strict=True)):
        outside = _read(_BODY.sub(b"", data))  # what is attached takes long to read, and has its name outside
        files = tuple(str(part.get_filename()) for part in outside.iter_attachments())
        rows.append(_row(letter, outside, files, len(data)))
        languages = str(outside["Content-Language"])
        kind = _Kind(letter.edition, languages, letter.document, letter.correction, files)
        kinds.setdefault(kind, []).append(number)
    title = f"{letters[0].briefing}, {letters[0].issue}: {len(letters)} 封 / mails"
    mails = (_mail(kind, letters[same[0]], _read(written[same[0]]), len(same)) for kind, same in kinds.items())
    return _PAGE.format(title=escape(title), rows="".join(rows), mails="".join(mails)).encode("utf-8")


def _read(data: bytes) -> EmailMessage:
    """A message; where an address has other letters than ASCII, they are UTF-8 (RFC 6532)."""
    return message_from_string(data.decode("utf-8"), policy=policy.default)


def _row(letter: Letter, message: EmailMessage, files: tuple[str, ...], size: int) -> str:
    to = message["To"].addresses[0]
    names = "<br>".join(map(escape, files))
    sealed = f"{escape(str(message['Date']))}<br>{escape(str(message['Message-ID']))}"
    cells = (
        f"{escape(to.display_name)}<br><small>{escape(to.addr_spec)}, {escape(letter.edition)}</small>",
        f"{escape(str(message['Subject']))}<br><small>{sealed}</small>",
        f"{names}<br><small>{size / 1024:.0f} KiB</small>",
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n"


def _mail(kind: _Kind, letter: Letter, message: EmailMessage, count: int) -> str:
    """How mails of a kind look, and read as text, by the example of the one to the recipient of `letter`."""
    title = escape(f"{kind.edition} ({kind.languages})")
    inside = f'sandbox="allow-same-origin" onload="{_AS_HIGH_AS_IT_IS}" srcdoc="{escape(_html(message))}"'
    return (
        f"<h2>{title}: {count} 封 / mails</h2>\n<p>如 / Such as: {escape(f'{letter.name} <{letter.address}>')}</p>\n"
        f'<iframe title="{title}" {inside}></iframe>\n'
        f"<details><summary>纯文本 / As plain text</summary><pre>{escape(_body(message, 'plain'))}</pre></details>\n"
    )


def _html(message: EmailMessage) -> str:
    """The HTML of a mail with its pictures inside."""
    text = _body(message, "html")
    for name, picture in _pictures(message):
        text = text.replace(f"cid:{name}", picture)
    return text


def _body(message: EmailMessage, subtype: str) -> str:
    body = message.get_body((subtype,))
    return "" if body is None else str(body.get_content()).replace("\r\n", "\n")


def _pictures(message: EmailMessage) -> Iterator[tuple[str, str]]:
    """The content ids of pictures, and what takes their place."""
    for part in message.walk():
        name = str(part.get("Content-ID", "")).strip("<>")
        if name:
            data = base64.b64encode(part.get_content()).decode("ascii")
            yield name, f"data:{part.get_content_type()};base64,{data}"
