"""Binding attached files into a dossier: each behind its own page, bare of scripts, comments and names."""

import hashlib
import io
import logging
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from django.core.files.storage import default_storage
from pikepdf import Dictionary, Name, NumberTree

log = logging.getLogger(__name__)
LEFT_OUT = ("/StructParents", "/Metadata", "/PieceInfo", "/Thumb", "/B", "/AA", "/Tabs", "/LastModified")
"""What a page carries besides what it shows: it names people, acts, or points into a document left behind."""
CLAIM = "pdfuaid:part"


def path_of(name: str, sha256: str) -> Path | None:
    """Return where a kept file is, or nothing where it is gone, cannot be read, or is not what was attached."""
    if not name:
        return None
    path = Path(default_storage.path(name))
    try:
        if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            raise ValueError("It is not what was attached.")
        with pikepdf.open(path) as pdf:
            if not len(pdf.pages):
                raise ValueError("It has no page.")
    except (OSError, ValueError, pikepdf.PdfError) as fault:
        log.warning("The attached file %s is left out of a dossier: %s", name, fault)
        return None
    return path


def bind(own: bytes, files: Sequence[Path | None]) -> bytes:
    """Return the dossier ``own`` with ``files`` behind its last pages, one page for each file; nothing stays alone.

    Bookmarks and tags of the own pages are kept; the pages of others have neither, so the result no longer claims to
    be PDF/UA. The same parts give the same bytes.
    """
    if not any(files):
        return own
    with pikepdf.open(io.BytesIO(own)) as pdf:
        first = len(pdf.pages) - len(files)
        labels = NumberTree.new(pdf)
        labels[0] = Dictionary(S=Name.D)
        place = first
        for number, path in enumerate(files, 1):
            place += 1
            pages = _insert(pdf, place, path) if path else 0
            if pages:
                labels[place] = Dictionary(S=Name.D, P=f"{number}-")
                place += pages
                if number < len(files):
                    labels[place] = Dictionary(S=Name.D, St=first + number + 1)
        pdf.Root.PageLabels = labels.obj
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            if CLAIM in metadata:
                del metadata[CLAIM]
        bound = io.BytesIO()
        pdf.save(bound, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return bound.getvalue()


def _insert(pdf: pikepdf.Pdf, place: int, path: Path) -> int:
    """Insert the pages of a file at ``place``; return how many there are."""
    with pikepdf.open(path) as source:
        # What fields, stamps and comments show becomes part of the page; who wrote them does not come along.
        source.flatten_annotations("screen")
        for page in source.pages:
            for key in LEFT_OUT:
                if key in page.obj:
                    del page.obj[key]
            _keep_links(source, page)
        pages = len(source.pages)
        for number in range(pages):
            pdf.pages.insert(place + number, source.pages[number])
    return pages


def _keep_links(source: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Keep of a page's annotations the links to addresses, and of these the address and the place."""
    links = pikepdf.Array()
    for annotation in page.obj.get("/Annots", pikepdf.Array()):
        action = annotation.get("/A")
        if annotation.get("/Subtype") == Name.Link and action is not None and action.get("/S") == Name.URI:
            address = Dictionary(S=Name.URI, URI=action.URI)
            place = {"/Type": Name.Annot, "/Subtype": Name.Link, "/Rect": annotation.Rect}
            links.append(Dictionary({**place, "/Border": [0, 0, 0], "/A": address}))
    if "/Annots" in page.obj:
        del page.obj["/Annots"]
    if len(links):
        page.obj.Annots = source.make_indirect(links)
