"""Words and their stems."""

import re

WORD = re.compile(r"[a-z0-9]+(?:[+#]+|(?:[./][a-z0-9]+)+)?")
# Words that say nothing about a skill; used where texts are compared as bags of words.
STOP = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "by", "for", "from", "have", "i", "in", "is", "it"),
        *("of", "on", "or", "our", "the", "their", "they", "to", "we", "who", "will", "with"),
        *("you", "your", "at", "least", "experience", "job", "knowledge", "similar", "sound"),
        *("year", "years"),
    )
)


def words(text: str) -> list[str]:
    """Return the words in lower case; C++, C#, CI/CD and React.js stay whole."""
    return WORD.findall(text.lower())


def stem(word: str) -> str:
    """Drop a plural's ending; spelling is otherwise left alone."""
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", ".js")):
        return word[:-1]
    return word


def stems(text: str) -> list[str]:
    return [stem(word) for word in words(text)]


def spoken(text: str) -> list[str]:
    """Return the words that are no mere numbers or dates."""
    return [word for word in words(text) if not word[0].isdigit()]


def bag(text: str) -> list[str]:
    """Return the stems that carry meaning."""
    return [stem(word) for word in words(text) if word not in STOP]
