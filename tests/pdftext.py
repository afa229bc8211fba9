"""Reading a PDF as a search does: the text of each page, from what its fonts say their shapes mean."""

import io
import re
from collections.abc import Iterator

import pikepdf

HEX = re.compile(r"<([0-9a-fA-F]+)>")


def _meanings(font: pikepdf.Object) -> dict[int, str]:
    """Return the text of each code of a font, from its ToUnicode map."""
    written = font.ToUnicode.read_bytes().decode("latin-1")
    meanings = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", written, re.DOTALL):
        codes = HEX.findall(block)
        for code, text in zip(codes[::2], codes[1::2], strict=True):
            meanings[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", written, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = int.from_bytes(bytes.fromhex(text), "big")
            for code in range(int(first, 16), int(last, 16) + 1):
                value = start + code - int(first, 16)
                meanings[code] = value.to_bytes(len(text) // 2, "big").decode("utf-16-be")
    return meanings


def _shown(page: pikepdf.Page) -> Iterator[str]:
    fonts = {name: _meanings(font) for name, font in page.Resources.get("/Font", {}).items() if "/ToUnicode" in font}
    current: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "Tf":
            current = fonts.get(str(operands[0]), {})
        elif name in ("Tj", "TJ"):
            for piece in [operands[0]] if name == "Tj" else operands[0]:
                if isinstance(piece, pikepdf.String):
                    codes = bytes(piece)
                    yield from (
                        current.get(int.from_bytes(codes[at : at + 2], "big"), "") for at in range(0, len(codes), 2)
                    )


def pages(content: bytes) -> list[str]:
    """Return the text of each page, without spaces: a typesetter moves instead of writing them."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [squeezed("".join(_shown(page))) for page in pdf.pages]


def text(content: bytes) -> str:
    """Return the text of all pages, without spaces."""
    return "".join(pages(content))


def squeezed(words: str) -> str:
    """Return ``words`` as ``pages`` does: without spaces, and without places to break."""
    return re.sub(r"[\s\u200b\u2060\u00a0\u202f]", "", words)


def bookmarks(content: bytes) -> list[str]:
    """Return the titles of the bookmarks, those inside others behind hyphens."""

    def walk(items: list[pikepdf.OutlineItem], depth: int) -> Iterator[str]:
        for item in items:
            yield "-" * depth + item.title
            yield from walk(item.children, depth + 1)

    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        return list(walk(outline.root, 0))


def fonts(content: bytes) -> dict[str, bool]:
    """Return the fonts by name, and whether each is inside the file."""
    found = {}
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            for font in page.Resources.get("/Font", {}).values():
                descriptor = font.DescendantFonts[0].FontDescriptor
                found[str(descriptor.FontName)] = "/FontFile3" in descriptor or "/FontFile2" in descriptor
    return found
