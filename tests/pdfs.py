"""PDF files of every kind that people, and others, may try to attach."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Stream, StreamDecodeLevel, String


def _saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    written = BytesIO()
    pdf.save(written, **options)
    return written.getvalue()


def _blank(pages: int = 1) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for _number in range(pages):
        pdf.add_blank_page()
    return pdf


def plain(pages: int = 1) -> bytes:
    """An ordinary PDF of blank pages."""
    return _saved(_blank(pages), static_id=True)


def of_size(size: int) -> bytes:
    """A PDF of exactly ``size`` bytes."""

    def padded(padding: int) -> bytes:
        pdf = _blank()
        pdf.Root.Padding = pdf.make_indirect(Stream(pdf, b"\x00" * padding))
        return _saved(pdf, compress_streams=False, stream_decode_level=StreamDecodeLevel.none, static_id=True)

    guess = size - len(padded(0))
    while (missing := size - len(padded(guess))) != 0:
        guess += missing
    return padded(guess)


def with_text(text: bytes) -> bytes:
    """A PDF that holds these very bytes."""
    pdf = _blank()
    pdf.Root.Padding = pdf.make_indirect(Stream(pdf, text))
    return _saved(pdf, compress_streams=False, stream_decode_level=StreamDecodeLevel.none)


def with_javascript() -> bytes:
    """Runs a script when it is opened."""
    pdf = _blank()
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    return _saved(pdf)


def with_javascript_in_names() -> bytes:
    """Keeps a script in the document's list of names."""
    pdf = _blank()
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), script])))
    return _saved(pdf)


def with_disguised_javascript() -> bytes:
    """Spells the names of a script with escapes, as in ``/J#61vaScript``."""
    action = b"<< /S /J#61vaScript /#4AS (app.alert\\(1\\)) >>"
    return _by_hand(
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction " + action + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    )


def with_xfa() -> bytes:
    """Holds a form that is a program."""
    pdf = _blank()
    pdf.Root.AcroForm = Dictionary(XFA=pdf.make_stream(b"<xdp/>"), Fields=Array([]))
    return _saved(pdf)


def with_launch() -> bytes:
    """Starts a program when something is clicked."""
    pdf = _blank()
    action = Dictionary(S=Name.Launch, F=String("cmd.exe"))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
    pdf.pages[0].Annots = Array([link])
    return _saved(pdf)


def with_submission() -> bytes:
    """Sends what is typed in it somewhere."""
    pdf = _blank()
    pdf.Root.OpenAction = Dictionary(S=Name.SubmitForm, F=String("https://elsewhere.example"))
    return _saved(pdf)


def with_file() -> bytes:
    """Carries another file."""
    pdf = _blank()
    pdf.attachments["virus.exe"] = b"MZ"
    return _saved(pdf)


def with_film() -> bytes:
    """Plays a film."""
    pdf = _blank()
    pdf.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=Array([0, 0, 9, 9]))])
    return _saved(pdf)


def with_password() -> bytes:
    """Opens with a password only."""
    return _saved(_blank(), encryption=pikepdf.Encryption(owner="owner", user="user"))


def with_restrictions() -> bytes:
    """Opens for everybody, and is encrypted all the same."""
    return _saved(_blank(), encryption=pikepdf.Encryption(owner="owner", user=""))


def without_pages() -> bytes:
    """Is a PDF of nothing."""
    return _saved(_blank(0))


def truncated() -> bytes:
    """Lost its end on the way."""
    return plain(3)[:-100]


def holed() -> bytes:
    """Lost a piece in the middle."""
    whole = _saved(_blank(3), object_stream_mode=ObjectStreamMode.disable)
    return whole[:60] + whole[120:]


def _gigabyte(begin: bytes = b"", fill: bytes = b"\x00") -> bytes:
    """Return ``begin`` and a gigabyte of ``fill``, deflated: one megabyte, packed once and repeated."""
    packer = zlib.compressobj(9)
    head = packer.compress(begin) + packer.flush(zlib.Z_FULL_FLUSH)
    megabyte = packer.compress(fill * 1024 * 1024) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + megabyte * 1024


def with_bomb() -> bytes:
    """Unpacks to a gigabyte."""
    pdf = _blank()
    pdf.pages[0].Contents = Stream(pdf, _gigabyte(), Filter=Name.FlateDecode)
    return _saved(pdf, compress_streams=False, stream_decode_level=StreamDecodeLevel.none)


def with_packed_bomb() -> bytes:
    """Unpacks to a file that unpacks to a gigabyte."""
    pdf = _blank()
    packed = zlib.compress(_gigabyte(), 9)
    pdf.pages[0].Contents = Stream(pdf, packed, Filter=Array([Name.FlateDecode, Name.FlateDecode]))
    return _saved(pdf, compress_streams=False, stream_decode_level=StreamDecodeLevel.none)


def with_bomb_of_objects() -> bytes:
    """Keeps its objects in a stream that unpacks to a gigabyte."""
    bomb = _gigabyte(b"1 0 << /Type /Catalog /Pages 2 0 R >>", b" ")
    written = b"%PDF-1.5\n"
    objects_at = len(written)
    written += b"3 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(bomb)
    written += bomb + b"\nendstream\nendobj\n"
    table_at = len(written)
    entries = [(0, 0, 65535), (2, 3, 0), (0, 0, 0), (1, objects_at, 0), (1, table_at, 0)]
    rows = b"".join(struct.pack(">BIH", *entry) for entry in entries)
    written += b"4 0 obj\n<< /Type /XRef /Size 5 /W [1 4 2] /Root 1 0 R /Length %d >>\nstream\n" % len(rows)
    return written + rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % table_at


def _by_hand(*objects: bytes) -> bytes:
    """Return a PDF of these objects, numbered from 1, the first its catalogue."""
    written = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table_at = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table_at)


def png() -> bytes:
    """A picture."""
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"


def archive() -> bytes:
    """A ZIP archive."""
    return b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(40)


def page_of_html() -> bytes:
    """A web page that would run in the session of whoever opens it (I3)."""
    return b"<!doctype html><script>alert(document.cookie)</script>"


def html_then_pdf() -> bytes:
    """A web page for browsers and a PDF for lenient readers."""
    return page_of_html() + plain()


UNACCEPTED: tuple[tuple[Callable[[], bytes], str, str], ...] = (
    (with_javascript, "javascript", ""),
    (with_javascript_in_names, "javascript", ""),
    (with_disguised_javascript, "javascript", ""),
    (with_xfa, "javascript", ""),
    (with_launch, "launch", ""),
    (with_submission, "launch", ""),
    (with_file, "embedded", ""),
    (with_film, "media", ""),
    (with_password, "encrypted", ""),
    (with_restrictions, "encrypted", ""),
    (without_pages, "empty", ""),
    (truncated, "damaged", ""),
    (holed, "damaged", ""),
    (with_bomb, "heavy", ""),
    (with_packed_bomb, "heavy", ""),
    (png, "not_pdf", "png"),
    (archive, "not_pdf", "zip"),
    (page_of_html, "not_pdf", ""),
    (html_then_pdf, "not_pdf", ""),
)
