"""Reads one JPEG or PNG from standard input and makes it anew, in a process with little memory and little time.

Answers one line of JSON, ``{"kind": "jpeg", "width": 800, "height": 600}`` followed by the new image, or
``{"refused": "damaged"}`` with a code of ``image_check.REFUSALS``. Only the pixels are carried over, turned upright:
what a camera writes beside them, such as the place, is left behind. It is run as a script and imports nothing of the
project.
"""

import io
import json
import resource
import sys
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

MEMORY = 1024 * 1024 * 1024
SECONDS = 10
MOST_PIXELS = 60_000_000
LONGEST = 2400
"""The longer edge of what is kept, in pixels: enough for print, and for a receipt to be read."""
QUALITY = 88


class Refused(Exception):
    """The image is not accepted; ``args[0]`` is the code."""


def renewed(data: bytes) -> tuple[dict[str, object], bytes]:
    """Return what is known of the image, and the image made anew; raise Refused."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Refused("heavy")
            if getattr(image, "n_frames", 1) > 1 and image.format == "PNG":
                raise Refused("moving")
            kind = image.format
            image.load()
            upright = ImageOps.exif_transpose(image) or image
    except UnidentifiedImageError as unknown:
        raise Refused("not_image") from unknown
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Refused("heavy") from bomb
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, EOFError) as broken:
        raise Refused("damaged") from broken
    has_alpha = kind == "PNG" and (upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info)
    bare = upright.convert("RGBA" if has_alpha else "RGB")
    bare.thumbnail((LONGEST, LONGEST))
    # A new image of the same pixels: ``info`` of the old one, with all its metadata, is left behind.
    clean = Image.new(bare.mode, bare.size)
    clean.paste(bare)
    made = io.BytesIO()
    if kind == "PNG":
        clean.save(made, "PNG", optimize=True)
    else:
        clean.save(made, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return {"kind": str(kind).lower(), "width": clean.width, "height": clean.height}, made.getvalue()


def main() -> None:
    """Make standard input anew and write the answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    answer: dict[str, object]
    image = b""
    try:
        answer, image = renewed(sys.stdin.buffer.read())
    except Refused as refused:
        answer = {"refused": refused.args[0]}
    except (MemoryError, RecursionError):
        answer = {"refused": "heavy"}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + image)


if __name__ == "__main__":
    main()
