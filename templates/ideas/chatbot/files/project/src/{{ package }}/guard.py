"""The guard: personal data is masked before anything else sees it; injections go nowhere.

Rules, not a model: each one can be read, tested and explained. They are a first fence, not a
proof; what the answer may say is limited by the provider, which has only the passages found.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

MAX_QUESTION = 2_000

# BEGIN SOLUTION guard
_INJECTION = re.compile(
    r"""
    \b(?:ignore|disregard|forget|override|bypass|skip)\b[^.?!]{0,40}
        \b(?:instructions?|rules?|prompts?|guidelines?|polic(?:y|ies)|filters?|restrictions?|
        training|limits|above|before|told)\b
    | \b(?:system|hidden|secret|initial|internal|developer)\s+(?:prompt|instructions?|message|rules)
    | \b(?:you\s+are|you're|act\s+as|behave\s+as|pretend|role-?play|imagine)\b[^.?!]{0,30}
        \b(?:now|no\s+longer|dan|admin(?:istrator)?|developer|root|unrestricted|another\s+ai|
        different\s+(?:ai|bot)|pirate|evil|without\s+(?:rules|limits|restrictions))\b
    | \b(?:developer|debug|admin|god|sudo|maintenance|jailbreak)\s*-?\s*mode\b
    | \b(?:jailbreak|prompt\s+injection)\b
    | \b(?:reveal|print|show|output|repeat|display|leak|dump)\b[^.?!]{0,40}
        \b(?:your|the|all)\b[^.?!]{0,20}\b(?:prompt|instructions|configuration|api\s+keys?|
        training\s+data|source\s+code|database|environment\s+variables|passwords?)\b
    | \bfrom\s+now\s+on\b | \bno\s+(?:rules|restrictions|limits|filters)\b
    | \b(?:when|whenever|before|after)\s+you\s+(?:reply|answer|respond)\b
    | \b(?:answer|reply|respond|confirm|say|start|begin|end|finish)\b[^.?!]{0,20}
        \b(?:only|just|exactly|with)\b[^.?!]{0,20}\b(?:the\s+words?|yes|done|ok|\")
    | \brepeat\b[^.?!]{0,30}\b(?:above|before|verbatim|word\s+for\s+word)\b
    | \b(?:secret|hidden|internal)\s+(?:settings?|keys?|notes?|codes?|configuration)\b
    | <\s*/?\s*(?:script|system|instructions?|assistant|im_start)\b
    | \[\s*(?:system|inst|/inst)\s*\]
    | (?:^|\n)\s*(?:system|assistant)\s*:
    | \b(?:drop|truncate)\s+table\b | \bunion\s+select\b | '\s*or\s+'?1'?\s*=\s*'?1
    """,
    re.IGNORECASE | re.VERBOSE,
)

# END SOLUTION
# STUB: # What an order to the assistant looks like belongs here.

# BEGIN SOLUTION guard
_PRIVATE = re.compile(
    r"""
    \b(?:address|phone\s+number|number|email|password|orders?|birthday|purchases|card|account)\b
        [^.?!]{0,20}\b(?:of|for|from|belonging\s+to)\s+(?:the|a|another|my|that|this|some)\b
        [^.?!]{0,12}\b(?:customer|person|member|user|buyer|neighbour|neighbor|colleague|boss|ex|
        girlfriend|boyfriend|stranger)\b
    | \b(?:other|another)\s+(?:customer|person|member|user|buyer)s?['\u2019]?s?\s+
        (?:address|orders?|data|details|email|phone|card|account)
    """,
    re.IGNORECASE | re.VERBOSE,
)
# END SOLUTION
# STUB: # So does what a question for other people's data looks like.

_MARK = re.compile(r"\[[a-z ]+\]")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|[;\n]+")


@dataclass(frozen=True, slots=True)
class Screened:
    """A question that is safe to log and to pass on, and what was taken out of it."""

    text: str
    masked: tuple[str, ...]
    injection: bool
    private: bool

    @property
    def query(self) -> str:
        """The text without the marks that stand for personal data: what is searched for."""
        return " ".join(_MARK.sub(" ", self.text).split())


def _is_card(found: str) -> bool:
    """Whether a run of digits passes the Luhn check that card numbers pass."""
    # BEGIN SOLUTION guard
    digits = [int(digit) for digit in found if digit.isdigit()]
    doubled = [
        value if place % 2 == 0 else sum(divmod(2 * value, 10))
        for place, value in enumerate(reversed(digits))
    ]
    return sum(doubled) % 10 == 0
    # END SOLUTION
    # STUB: raise NotImplementedError("Milestone guard: see docs/milestones.md")


def _is_phone(found: str) -> bool:
    """Whether a run of digits is as long as a phone number."""
    # BEGIN SOLUTION guard
    return 7 <= sum(character.isdigit() for character in found) <= 15
    # END SOLUTION
    # STUB: raise NotImplementedError("Milestone guard: see docs/milestones.md")


def _always(_: str) -> bool:
    return True


_NAMED = r"(?:pass(?:word|code|phrase)|pin|cvv|cvc|security code)"
_PERSONAL: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE), accept)
    for kind, pattern, accept in (
        ("email address", r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", _always),
        # BEGIN SOLUTION guard
        ("bank account", r"\b[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){3,7}(?: ?[a-z0-9]{1,3})?\b", _always),
        ("bank account", r"(?<=sort code )\d\d-?\d\d-?\d\d\b", _always),
        ("card number", r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)", _is_card),
        ("secret", rf"\b{_NAMED}(?: is|:) ?\S*\d\S*", _always),
        ("social security number", r"\b\d{3}-\d{2}-\d{4}\b", _always),
        (
            "phone number",
            r"(?<![\w$.,-])(?:\+\d{1,3}[ .-]?)?\d{2,5}(?:[ -]\d{2,5}){1,4}\b",
            _is_phone,
        ),
        ("phone number", r"(?<![\w$.,-])\+?\d{9,15}\b", _is_phone),
        # END SOLUTION
        # STUB: # The other kinds belong here: a name, a pattern, and what a match has to pass.
    )
)


def mask_personal_data(text: str) -> tuple[str, tuple[str, ...]]:
    """Replace personal data with its kind in brackets; return the text and the kinds found."""
    # BEGIN SOLUTION guard
    kinds: dict[str, None] = {}
    for kind, pattern, accept in _PERSONAL:
        pieces: list[str] = []
        end = 0
        for match in pattern.finditer(text):
            if accept(match[0]):
                pieces += [text[end : match.start()], f"[{kind}]"]
                end = match.end()
                kinds[kind] = None
        text = "".join([*pieces, text[end:]])
    return text, tuple(kinds)
    # END SOLUTION
    # STUB: return text, ()


def screen(question: str) -> Screened:
    """Mask personal data and drop each sentence that gives orders to the assistant."""
    # BEGIN SOLUTION guard
    printable = "".join(c if c.isprintable() or c == "\n" else " " for c in question)
    masked_text, masked = mask_personal_data(printable[:MAX_QUESTION].strip())
    sentences = _SENTENCE.split(masked_text)
    honest = [sentence for sentence in sentences if not _INJECTION.search(sentence)]
    # Orders that are spread over several sentences show only in the whole.
    hidden = len(honest) == len(sentences) and _INJECTION.search(masked_text)
    text = "" if hidden else " ".join(honest).strip()
    injection = bool(hidden) or len(honest) < len(sentences)
    return Screened(text, masked, injection, bool(_PRIVATE.search(text)))
    # END SOLUTION
    # STUB: return Screened(question[:MAX_QUESTION].strip(), (), injection=False, private=False)
