"""delivery.yaml → through which servers an issue is mailed, and as whom. It holds no password."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import AliasChoices, Field, StringConstraints

from ipreport.outline import ApproverSpec, ArchiveSpec, AttachmentName, DeliverySpec, Security, ServerSpec
from ipreport.problems import Origin, Problem, ReportError, block
from ipreport.readers.folder import is_file, without_detour
from ipreport.readers.recipients import Address
from ipreport.readers.schema import LEFT_EMPTY, Account, Integer, Line, Pair, Shape, left_empty
from ipreport.readers.validate import validate
from ipreport.readers.yaml_file import Path_, Tree, load_yaml

DELIVERY_FILE = "delivery.yaml"

Host = Annotated[str, StringConstraints(max_length=253, pattern=r"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$")]
Port = Annotated[Integer, Field(ge=1, le=65535)]
_SMTP_PORTS = {Security.STARTTLS: 587, Security.TLS: 465}
_IMAP_PORTS = {Security.STARTTLS: 143, Security.TLS: 993}
_WAITING = 15
"""Minutes that a mail may be on its way to the archive."""


class ServerShape(Shape):
    """A server; its port is the usual one of its security if none is given."""

    host: Host
    port: Port | None = None
    security: Security = Security.STARTTLS
    user: Account | None = None
    ca: Line | None = None


class ImapShape(ServerShape):
    """The server of an archive, which asks for a login."""

    security: Security = Security.TLS
    user: Account
    mailbox: Account = "INBOX"


class SenderShape(Shape):
    """As whom mails are sent."""

    name: Pair
    address: Address


class ApproverShape(Shape):
    """Who is told that an issue is built."""

    name: Pair
    address: Address


class ArchiveShape(Shape):
    """Where copies go, and where they are looked up."""

    address: Address
    imap: ImapShape | None = None
    waiting: Annotated[Integer, Field(ge=0, le=1440)] = _WAITING


class DeliveryShape(Shape):
    """The file delivery.yaml."""

    server: ServerShape
    sender: SenderShape
    reply_to: Annotated[Address | None, Field(validation_alias=AliasChoices("reply_to", "reply-to"))] = None
    archive: ArchiveShape | None = None
    approver: ApproverShape | None = None
    rate: Annotated[Integer, Field(ge=1, le=6000)] | None = None
    attachment_name: Annotated[
        AttachmentName, Field(validation_alias=AliasChoices("attachment_name", "attachment-name"))
    ] = AttachmentName.CHINESE


def read_delivery(folder: Path) -> DeliverySpec:
    """How the issues of the briefing in `folder` are mailed: as its own file says, or the one beside the briefings.

    Raises ReportError with every problem of the file, or where there is none.
    """
    files = (folder / DELIVERY_FILE, without_detour(folder / ".." / DELIVERY_FILE))
    file = next((each for each in files if each.exists() or each.is_symlink()), None)
    if file is None:
        hint = "write it there, or beside the briefings for all of them; the README shows what it holds"
        raise ReportError([block("there is no such file", Origin(files[0].as_posix()), hint)])
    tree = load_yaml(file)
    shape = validate(DeliveryShape, tree)
    problems = [*_refusals(shape, tree, file.parent)]
    if problems:
        raise ReportError(problems)
    return DeliverySpec(
        server=_server(shape.server, _SMTP_PORTS, tree, ("server",), file.parent),
        sender=shape.sender.name.localized(),
        address=shape.sender.address,
        origin=tree.origin(()),
        reply_to=shape.reply_to,
        archive=None if shape.archive is None else _archive(shape.archive, tree, file.parent),
        rate=shape.rate,
        attachment_name=shape.attachment_name,
        approver=None if shape.approver is None else _approver(shape.approver, tree),
    )


def _approver(shape: ApproverShape, tree: Tree) -> ApproverSpec:
    return ApproverSpec(shape.name.localized(), shape.address, tree.origin(("approver",)))


def _archive(shape: ArchiveShape, tree: Tree, folder: Path) -> ArchiveSpec:
    imap = shape.imap
    server = None if imap is None else _server(imap, _IMAP_PORTS, tree, ("archive", "imap"), folder)
    return ArchiveSpec(shape.address, server, "INBOX" if imap is None else imap.mailbox, shape.waiting)


def _server(shape: ServerShape, ports: dict[Security, int], tree: Tree, path: Path_, folder: Path) -> ServerSpec:
    authorities = None if shape.ca is None else folder / shape.ca
    port = shape.port or ports[shape.security]
    return ServerSpec(shape.host, port, shape.security, shape.user, authorities, tree.origin(path))


def _refusals(shape: DeliveryShape, tree: Tree, folder: Path) -> Iterator[Problem]:
    """Keys without a value, and files of authorities that are not there."""
    imap = None if shape.archive is None else shape.archive.imap
    parts = ((), shape), (("server",), shape.server), (("archive",), shape.archive), (("archive", "imap"), imap)
    for path, part in parts:
        for key in () if part is None else left_empty(part):
            written = key if (*path, key) in tree.places else key.replace("_", "-")
            yield block("expected a value, found nothing", tree.origin((*path, written)), LEFT_EMPTY)
    for path, server in ((("server",), shape.server), (("archive", "imap"), imap)):
        if server is not None and server.ca is not None and not is_file(folder / server.ca):
            hint = "name a PEM file with the authority's certificate by its path from this file's folder"
            yield block(f"there is no file '{server.ca}'", tree.origin((*path, "ca")), hint)
