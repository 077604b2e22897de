"""From what somebody drew to a picture like those that the reader learned from."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .forms import SIDE, Pictures

BITMAP = 32
BLOCK = BITMAP // SIDE
WIDEST = 24  # few of the learned digits are wider

Bitmap = NDArray[np.bool_]


def as_scanned(bitmap: Bitmap) -> Pictures:
    """Return a drawing with at least one dark point as a picture to read.

    Those learned from were made alike: a bitmap of 32 x 32, the digit as large as it goes, and the
    dark points counted in blocks of 4 x 4.
    """
    rows, columns = np.flatnonzero(bitmap.any(axis=1)), np.flatnonzero(bitmap.any(axis=0))
    digit = bitmap[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = digit.shape
    scale = min(BITMAP / height, WIDEST / width)
    size = max(round(width * scale), 1), max(round(height * scale), 1)
    image = Image.fromarray(np.asarray(digit * 255, dtype=np.uint8))
    large = np.asarray(image.resize(size, Image.Resampling.BILINEAR)) > 127
    whole = np.zeros((BITMAP, BITMAP), dtype=np.bool_)
    top, left = (BITMAP - size[1]) // 2, (BITMAP - size[0]) // 2
    whole[top : top + size[1], left : left + size[0]] = large
    blocks = whole.reshape(SIDE, BLOCK, SIDE, BLOCK)
    return np.asarray(blocks.sum(axis=(1, 3)), dtype=np.uint8)
