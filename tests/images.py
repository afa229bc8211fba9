"""Small images, good and bad, made here."""

import io

from PIL import Image, ImageDraw

SECRET = "48.8397 N, 2.3386 E"
GPS = 0x8825


def photo(kind: str = "JPEG", size: tuple[int, int] = (64, 48), *, turned: bool = False) -> bytes:
    """Return an image with a place and a maker written beside its pixels, its left half red."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2 - 1, size[1]), fill="red")
    exif = Image.Exif()
    exif[0x010F] = SECRET
    exif.get_ifd(GPS)[1] = "N"
    if turned:
        exif[0x0112] = 6
    made = io.BytesIO()
    image.save(made, kind, exif=exif)
    return made.getvalue()


def moving() -> bytes:
    """Return an animated PNG."""
    made = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(made, "PNG", save_all=True, append_images=frames[1:])
    return made.getvalue()


def bomb() -> bytes:
    """Return a PNG of few bytes that says it has 400 million pixels."""
    made = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(made, "PNG", optimize=True)
    return made.getvalue()


def gif() -> bytes:
    """Return a GIF."""
    made = io.BytesIO()
    Image.new("P", (8, 8)).save(made, "GIF")
    return made.getvalue()
