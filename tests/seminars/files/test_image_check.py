"""Images are made anew from their pixels, and what is none is refused (SAFETY 11, I16)."""

import io
from collections.abc import Callable

import pytest
from PIL import Image

from seminars.files.image_check import image_of
from seminars.files.pdf_check import NotAccepted
from tests import images, pdfs


@pytest.mark.parametrize(("kind", "kept"), [("JPEG", "jpeg"), ("PNG", "png")])
def test_nothing_that_was_written_beside_the_pixels_is_kept(kind: str, kept: str) -> None:
    data = images.photo(kind)
    assert images.SECRET.encode() in data
    made = image_of(data)
    assert (made.kind, made.width, made.height) == (kept, 64, 48)
    assert images.SECRET.encode() not in made.data
    again = Image.open(io.BytesIO(made.data))
    assert (again.format, dict(again.getexif())) == (kind, {})
    red, _green, blue = again.convert("RGB").getpixel((5, 20))
    assert (red > 200, blue < 60) == (True, True)


def test_a_photo_taken_sideways_stands_upright() -> None:
    made = image_of(images.photo(turned=True))
    assert (made.width, made.height) == (48, 64)


def test_a_large_photo_is_made_smaller() -> None:
    made = image_of(images.photo(size=(4800, 3200)))
    assert (made.width, made.height) == (2400, 1600)


@pytest.mark.parametrize(
    ("make", "code", "kind"),
    [
        (lambda: b"", "not_image", ""),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not_image", ""),
        (lambda: pdfs.plain(1), "not_image", "pdf"),
        (images.gif, "not_image", "gif"),
        (images.moving, "moving", ""),
        (images.bomb, "heavy", ""),
        (lambda: images.photo()[:400], "damaged", ""),
        (lambda: images.photo("PNG")[:-40], "damaged", ""),
    ],
    ids=["empty", "svg", "pdf", "gif", "moving", "bomb", "cut", "cut-png"],
)
def test_what_is_no_still_photo_is_refused(make: Callable[[], bytes], code: str, kind: str) -> None:
    with pytest.raises(NotAccepted) as refused:
        image_of(make())
    assert (refused.value.code, refused.value.kind) == (code, kind)
