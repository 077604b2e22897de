"""PDF to pages of words, and to pictures. PDFium does the parsing; limits are set here."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

import pypdfium2
import pypdfium2.raw as pdfium

from .pages import Box, Document, Page, Word, around, lines_of

MAX_BYTES = 4 * 1024 * 1024
MAX_PAGES = 12
MAX_SIDE = 3000.0  # points: an A0 sheet is 3370 high
MAX_CHARACTERS = 60_000
PICTURE_WIDTH = 1000
MAX_PICTURE_HEIGHT = 4000

# PDFium keeps global state: one call at a time in a process.
_LOCK = Lock()


class ReadError(ValueError):
    """A file that can't be read; `code` is for programs, the text for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as PNG, and the size of the page in points."""

    png: bytes
    width: float
    height: float


def read(data: bytes) -> Document:
    """Return the words of a PDF; raises `ReadError` for what isn't one or is too large."""
    with _opened(data) as pdf:
        pages = tuple(_page(pdf[number]) for number in range(len(pdf)))
    return Document(pages)


def render(data: bytes) -> list[Picture]:
    """Return a picture of each page."""
    with _opened(data) as pdf:
        return [_picture(pdf[number]) for number in range(len(pdf))]


@contextmanager
def _opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    if len(data) > MAX_BYTES:
        raise ReadError("too_large", f"The file is larger than {MAX_BYTES // 1024 // 1024} MiB.")
    if b"%PDF-" not in data[:1024]:
        raise ReadError("not_a_pdf", "This is not a PDF file.")
    with _LOCK:
        try:
            pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _refusal(error) from error
        try:
            if not 0 < len(pdf) <= MAX_PAGES:
                message = f"The file has {len(pdf)} pages; 1 to {MAX_PAGES} can be read."
                raise ReadError("too_many_pages", message)
            _check_sizes(pdf)
            yield pdf
        except pypdfium2.PdfiumError as error:
            raise ReadError("broken_pdf", "The file is damaged: a page can't be read.") from error
        finally:
            pdf.close()


def _refusal(error: pypdfium2.PdfiumError) -> ReadError:
    if error.err_code == pdfium.FPDF_ERR_PASSWORD:
        return ReadError("encrypted_pdf", "The file is protected by a password.")
    return ReadError("broken_pdf", "The file is damaged: it can't be opened.")


def _check_sizes(pdf: pypdfium2.PdfDocument) -> None:
    for number in range(len(pdf)):
        width, height = pdf.get_page_size(number)
        if not (1 <= width <= MAX_SIDE and 1 <= height <= MAX_SIDE):
            message = f"Page {number + 1} is too large or too small to be a document."
            raise ReadError("page_size", message)


def _page(page: pypdfium2.PdfPage) -> Page:
    text = page.get_textpage()
    count = text.count_chars()
    if count > MAX_CHARACTERS:
        raise ReadError("too_much_text", f"A page holds more than {MAX_CHARACTERS} characters.")
    width, height = page.get_size()
    lines = lines_of(words_of(_characters(text, count, height)))
    return Page(width, height, lines, text.get_text_range().replace("\r\n", "\n"))


def _characters(text: pypdfium2.PdfTextPage, count: int, height: float) -> list[tuple[str, Box]]:
    """Return the characters with boxes as high as the font, measured from the top."""
    rect = pdfium.FS_RECTF()
    found = []
    for index in range(count):
        sign = chr(pdfium.FPDFText_GetUnicode(text, index))
        pdfium.FPDFText_GetLooseCharBox(text, index, rect)
        found.append((sign, Box(rect.left, height - rect.top, rect.right, height - rect.bottom)))
    return found


def words_of(characters: list[tuple[str, Box]]) -> list[Word]:
    """Join characters to words: a space ends one, and so does a jump."""
    words: list[list[tuple[str, Box]]] = [[]]
    for sign, box in characters:
        if sign.isspace() or not sign.isprintable():
            words.append([])
            continue
        if words[-1] and _jumps(words[-1][-1][1], box):
            words.append([])
        words[-1].append((sign, box))
    return [_word(group) for group in words if group]


def _jumps(left: Box, right: Box) -> bool:
    """Whether `right` doesn't continue the word that `left` ends."""
    # BEGIN SOLUTION words
    size = min(left.height, right.height)
    gap = right.x0 - left.x1
    return gap > 0.25 * size or gap < -size or abs(left.middle - right.middle) > 0.5 * size
    # END SOLUTION
    # STUB: del left, right  # a space alone ends a word
    # STUB: return False


def _word(group: list[tuple[str, Box]]) -> Word:
    return Word("".join(sign for sign, _ in group), around([box for _, box in group]))


def _picture(page: pypdfium2.PdfPage) -> Picture:
    width, height = page.get_size()
    scale = min(PICTURE_WIDTH / width, MAX_PICTURE_HEIGHT / height)
    image = page.render(scale=scale, grayscale=True).to_pil()
    out = io.BytesIO()
    image.save(out, "PNG")
    return Picture(out.getvalue(), width, height)
