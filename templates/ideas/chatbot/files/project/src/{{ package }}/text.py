"""Words, stems and sentences: the one place that decides what counts as the same word."""

import re
from functools import lru_cache

_STOPWORDS = """
    a about after all also am an and any anyone are as at be because been before being but by
    can could did do does doing don else for from get go going got had has have having hello her
    hey hi him his how i if in into is it its just know let like ll m may me might mine must my
    need of off on once one or our out over please re s shall she should so some someone t tell
    than thank thanks that the their them then there these they this those through to too up us
    ve very want was we were what when where which while who why will with without would you
    your
"""
STOPWORDS = frozenset(_STOPWORDS.split())

_WORD = re.compile(r"[a-z]+|\d+(?:[.:,]\d+)*")
# BEGIN SOLUTION passages
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"'(])")
_LIST_ITEM = re.compile(r"\n(?=- )|^(?=- )")
# END SOLUTION
# STUB: # Where a sentence ends, and where a line of a list begins, belongs here.
_DOUBLED = re.compile(r"([bdgmnprt])\1$")
_VOWEL = re.compile(r"[aeiouy]")


def words(text: str) -> list[str]:
    """Return the lower-case words and numbers of a text, in order."""
    return _WORD.findall(text.lower().replace("\u2019", "'"))


def terms(text: str) -> list[str]:
    """Return the stems of the words that carry meaning."""
    return [stem(word) for word in words(text) if word not in STOPWORDS]


def sentences(text: str) -> list[str]:
    """Split text into sentences; a line of a list is one, and `$4.95` doesn't end one."""
    # BEGIN SOLUTION passages
    blocks = [" ".join(block.split()) for block in _LIST_ITEM.split(text)]
    return [part for block in blocks for part in _SENTENCE_END.split(block) if part]
    # END SOLUTION
    # STUB: return [line for line in text.splitlines() if line.strip()]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Reduce a word to a rough stem, so that `returned` and `returning` meet `return`."""
    if len(word) <= 3 or not word.isalpha():
        return word
    word = _without_plural(word)
    for suffix in ("ingly", "edly", "ing", "ed", "ly"):
        root = word.removesuffix(suffix)
        if root != word and len(root) >= 3 and _VOWEL.search(root):
            word = _DOUBLED.sub(r"\1", root)
            break
    for suffix, replacement in (("ation", "at"), ("ment", ""), ("ness", ""), ("er", "")):
        root = word.removesuffix(suffix)
        if root != word and len(root) >= 4:
            word = root + replacement
            break
    if word.endswith("y") and len(word) > 3:
        word = word[:-1] + "i"
    return word.removesuffix("e") if len(word) > 3 else word


def _without_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
