"""What a mail says besides the words of its document."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from ipreport.document import Inline, Link, Span, Text
from ipreport.language import ZH, Language, Localized

KEY_FIGURES = Localized("关键指标", "Key figures")
DOUBTFUL = Localized("存疑", "In doubt")
"""Of a value; in the document a frame and a sign say it."""
PICTURE = Localized("关键指标图，下文所述相同", "The key figures as a picture; the text below says the same")
TRENDS = Localized("走势", "Trends")
NOTES = Localized("注（所提章节见附件）", "Notes (the sections they name are in the attachment)")
ATTACHED = Localized("附件", "Attached")
CORRECTION = Localized("更正", "Correction")
REPLACES = Localized(
    "本邮件替代此前就本期发送的邮件。", "This mail takes the place of the one sent before on this issue."
)
ORIGIN = Localized(
    "文中数字与附件一致，全文、来源和核验情况见附件。",
    "The figures are those of the attachment, which has the whole text, the sources and the checks of data.",
)
ENCRYPTED = Localized(
    "附件已加密，口令另行告知；本邮件不含其内容。",
    "The attachment is encrypted, its password comes by another way, and this mail tells nothing of it.",
)
MAILTO = "mailto:"
AUTOMATIC = Localized("本邮件由程序发送。", "This mail was sent by a program.")


def origin(language: Language, reply_to: str, *, told: bool) -> Iterator[Text]:
    """Sentences, each on a line: where figures that are `told` come from, who wrote the mail, whom to answer."""
    if told:
        yield Text(language, (Span(ORIGIN[language], language),))
    said: list[Inline] = [Span(AUTOMATIC[language], language)]
    if reply_to:
        before, after = ("回复请寄", "。") if language is ZH else (" Replies go to ", ".")
        # A link of our own: programs make one of an address anyway, in a blue that cannot be read on black.
        answer = Link(f"{MAILTO}{quote(reply_to, safe='@')}", reply_to, language)
        said += [Span(before, language), answer, Span(after, language)]
    yield Text(language, tuple(said))


def digest_words(digest: str) -> Localized:
    """The beginning of the SHA-256 of a file, by which one file is told from another."""
    return Localized(f"SHA-256以{digest[:16]}开头", f"SHA-256 begins with {digest[:16]}")


def size_words(size: int) -> str:
    """The size of a file, as file managers say it: in units of 1024 bytes."""
    kibibytes = max(1, round(size / 1024))
    return f"{kibibytes} KB" if kibibytes < 1024 else f"{size / 1024**2:.1f} MB"
