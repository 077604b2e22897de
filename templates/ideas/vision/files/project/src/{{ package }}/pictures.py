"""Pictures in and out: grey tiles as PNG, heat maps in colour, uploads within bounds."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from .surfaces import TILE, Pixels

MAX_BYTES = 2 * 1024 * 1024
MAX_SIDE = 512
TOO_MANY = f"The picture has more than {MAX_SIDE} pixels on a side: send a part of it."
FORMATS = ("PNG", "JPEG")
# 8 bits a channel; anything else would lose what it means on the way to grey.
MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr"})

Pictures = NDArray[np.uint8]

# From cold to hot: position, red, green, blue.
RAMP = np.array(
    [(0.0, 255, 214, 90), (0.45, 255, 150, 40), (0.75, 226, 60, 40), (1.0, 130, 10, 60)]
)


class PictureError(ValueError):
    """A file can't be inspected; `code` is for programs, the text for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def read_picture(data: bytes) -> Pictures:
    """Return an upload in grey; raises `PictureError`. Its size is checked before its pixels."""
    if not data:
        raise PictureError("empty", "The file is empty.")
    if len(data) > MAX_BYTES:
        raise PictureError("too_large", f"The file is larger than {MAX_BYTES // 2**20} MiB.")
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _require_bounds(image)
            return np.asarray(_grey(image), dtype=np.uint8)
    except PictureError:
        raise
    except UnidentifiedImageError as error:
        raise PictureError("not_a_picture", "This is neither a PNG nor a JPEG file.") from error
    except Image.DecompressionBombError as error:
        raise PictureError("too_many_pixels", TOO_MANY) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise PictureError("broken_picture", "The file is damaged.") from error


def _require_bounds(image: Image.Image) -> None:
    if max(image.size) > MAX_SIDE:
        raise PictureError("too_many_pixels", TOO_MANY)
    if min(image.size) < TILE:
        message = f"The picture has fewer than {TILE} pixels on a side: nothing can be judged."
        raise PictureError("too_few_pixels", message)
    if image.mode not in MODES:
        raise PictureError("unknown_mode", "Only pictures with 8 bits a channel can be read.")


def _grey(image: Image.Image) -> Image.Image:
    """Return a picture in grey; what is transparent counts as white."""
    if image.mode in {"LA", "RGBA"} or "transparency" in image.info:
        white = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(white, image.convert("RGBA")).convert("L")
    return image.convert("L")


def png(array: Pictures) -> bytes:
    """Return a picture as PNG: grey, or with three or four channels."""
    target = io.BytesIO()
    Image.fromarray(array).save(target, "PNG")
    return target.getvalue()


def coloured(heat: Pixels) -> Pictures:
    """Return a heat map in colour, clear where it is cold."""
    channels = [np.interp(heat, RAMP[:, 0], RAMP[:, place]) for place in (1, 2, 3)]
    clear = np.clip(heat * 1.6, 0, 1) * 235
    return np.asarray(np.stack([*channels, clear], axis=-1), dtype=np.uint8)


def overlaid(picture: Pictures, heat: Pixels) -> Pictures:
    """Return a grey picture with its heat map over it."""
    colour = coloured(heat).astype(np.float64)
    weight = colour[..., 3:] / 255
    mixed = picture[..., None] * (1 - weight) + colour[..., :3] * weight
    return np.asarray(np.rint(mixed), dtype=np.uint8)


def sheet(rows: list[list[Pictures]], zoom: int = 2, gap: int = 6) -> Pictures:
    """Return tiles side by side, row by row, on white."""
    side = TILE * zoom
    wide = max(len(row) for row in rows)
    whole = np.full((len(rows) * (side + gap) + gap, wide * (side + gap) + gap, 3), 255, np.uint8)
    for down, row in enumerate(rows):
        for across, tile in enumerate(row):
            colour = tile if tile.ndim == 3 else np.repeat(tile[..., None], 3, axis=-1)
            top, left = gap + down * (side + gap), gap + across * (side + gap)
            large = colour.repeat(zoom, axis=0).repeat(zoom, axis=1)
            whole[top : top + side, left : left + side] = large
    return whole
