"""The archive that an office document is, checked before anything in it is parsed."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath

from corpus.errors import SourceError

_BAD = "the archive is cut off or damaged; save the document again in Word"
_MOST_BYTES = 200_000_000
_MOST_XML_BYTES = 40_000_000
_MOST_MEMBERS = 5_000
_XML = (".xml", ".rels")
_ENCRYPTED = 0x1


def check(data: bytes) -> None:
    """Raises SourceError for an archive that is damaged, a bomb, or names files outside of itself.

    XML with a document type is refused as well: office programs write none, entities and bombs need one.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_members(archive)
            for member in archive.infolist():
                if member.filename.lower().endswith(_XML):
                    _check_xml(archive.read(member))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise SourceError(_BAD) from None


def _check_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    xml = sum(member.file_size for member in members if member.filename.lower().endswith(_XML))
    unpacked = sum(member.file_size for member in members)
    if len(members) > _MOST_MEMBERS or unpacked > _MOST_BYTES or xml > _MOST_XML_BYTES:
        raise SourceError(
            f"it unpacks to {unpacked / 1e6:,.0f} MB in {len(members):,} parts, which is too much; split it"
        )
    for member in members:
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if ".." in name.parts or name.is_absolute() or ":" in member.filename:
            raise SourceError("its archive names files outside of itself; do not trust it")
        if member.flag_bits & _ENCRYPTED:
            raise SourceError("its archive is protected by a password; save it without one")


def _check_xml(xml: bytes) -> None:
    plain = xml.replace(b"\0", b"")  # UTF-16 is read too
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise SourceError("its XML declares a document type, which no office program does; do not trust it")
