"""What a person puts on paper: not all that they can, and not only what they can."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .dice import Dice
from .lexicon import Lexicon
from .people import RUST, Person, Post

THIS_YEAR = 2026
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
HEADINGS = {
    "profile": ("Profile", "Summary", "About me", "Personal statement"),
    "experience": ("Experience", "Work history", "Employment", "Career", "Where I have worked"),
    "skills": ("Skills", "Key skills", "Competences", "What I can do", "Toolbox"),
    "education": ("Education", "Studies", "Training and education"),
    "interests": ("Interests", "Outside work", "Voluntary work and hobbies"),
}
OVERCLAIM = (0.04, 0.2, 0.75)


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it will be printed; lines that begin with "* " are items of a list."""

    kind: str
    heading: str
    lines: tuple[str, ...]
    claimed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A résumé before it is laid out."""

    name: str
    contact: tuple[str, ...]
    parts: tuple[Part, ...]


def names_of(person: Person, lexicon: Lexicon, group: str) -> tuple[str, str]:
    """Return first and last name as `group` would have it; every group has a counterpart."""
    dice = Dice("name", person.id)
    own = lexicon.names[group]
    return dice.pick(own["first"]), dice.pick(own["last"])


def write_sheet(post: Post, person: Person, lexicon: Lexicon, group: str | None = None) -> Sheet:
    """Write a résumé; with `group`, the same one under a name and hobbies of that group."""
    return _Writer(post, person, lexicon, group or person.group).sheet()


class _Writer:
    """Writes one résumé, and keeps in mind which skills each section claims."""

    def __init__(self, post: Post, person: Person, lexicon: Lexicon, group: str) -> None:
        self.dice = Dice("sheet", person.id)
        self.post, self.person, self.lexicon, self.group = post, person, lexicon, group
        self.name = " ".join(names_of(person, lexicon, group))
        self.claimed: set[str] = set()

    def sheet(self) -> Sheet:
        dice = self.dice
        email = f"{self.name.replace(' ', '.')}@example.com".lower()
        phone = f"+00 {dice.whole(100, 999)} {dice.whole(1000, 9999)}"
        city = f"{dice.whole(1, 99)} Mill Road, {dice.pick(self.lexicon.cities)}"
        parts = [
            self._part("profile", self._profile, 0.15),
            self._part("experience", self._experience, 0.0),
            self._part("skills", self._skills, 0.15),
            self._part("education", self._education, 0.1),
            self._part("interests", self._interests, 0.4),
        ]
        kept = [part for part in parts if part is not None]
        if dice.chance(0.3):
            kept = dice.some(kept, len(kept))
        return Sheet(self.name, (email, phone, city), tuple(kept))

    def _part(self, kind: str, write: Callable[[], list[str]], missing: float) -> Part | None:
        self.claimed = set()
        lines = write()
        heading = self.dice.pick(HEADINGS[kind])
        if self.dice.chance(missing) or not lines:
            return None
        return Part(kind, heading, tuple(lines), frozenset(self.claimed))

    def _form(self, skill: str) -> str:
        self.claimed.add(skill)
        return _form(self.dice, self.lexicon, skill)

    def _title(self) -> str:
        title = self.dice.pick(self.lexicon.families[self.person.family])
        return f"Senior {title}" if self.person.years > 7 and self.dice.chance(0.6) else title

    def _profile(self) -> list[str]:
        said = self.dice.pick(self.lexicon.profile["plain"])
        title = self._title()
        lines = [said.format(title=title, years=self.person.years, name=self.name)]
        if self.person.kind == "stuffer":
            listed = [self._form(skill) for skill in (*self.post.must, *self.post.nice)]
            lines.append(f"{self.post.title} with knowledge of {', '.join(listed)}.")
        return lines

    def _experience(self) -> list[str]:
        dice, years = self.dice, self.person.years
        count = min(years, dice.whole(2, 4))
        ends = sorted(dice.some(range(1, years), count - 1))
        spans = list(zip([0, *ends], [*ends, years], strict=True))
        bullets = self._bullets(len(spans))
        lines: list[str] = []
        style = dice.whole(0, 2)
        for (new, old), said in zip(spans, bullets, strict=True):
            dates = _dates(dice, THIS_YEAR - old, None if new == 0 else THIS_YEAR - new, style)
            lines.append(self._position(dates))
            said.append(dice.pick(self.lexicon.bullets["filler"]))
            lines += [f"* {line}" for line in dice.some(said, len(said))]
        return lines

    def _bullets(self, places: int) -> list[list[str]]:
        """Return what is said under each position: what got rusty stands under the oldest."""
        dice, person = self.dice, self.person
        bullets: list[list[str]] = [[] for _ in range(places)]
        for skill in dice.some(list(person.levels), len(person.levels)):
            old = skill in person.rusty
            place = places - 1 if old else dice.whole(0, (places - 1) // 2)
            said = self._bullet(skill)
            if said:
                bullets[place].append(said)
                if place and not old and dice.chance(0.5):
                    bullets[0].append(self._bullet(skill) or said)
        return bullets

    def _bullet(self, skill: str) -> str | None:
        """Return what is said of a skill: the level once had, with noise and a little boasting."""
        dice, person = self.dice, self.person
        level = person.levels[skill] + (RUST if skill in person.rusty else 0.0)
        shown = level + dice.normal(0.4 * person.overclaim, 0.6)
        kind = "weak" if shown < 1.7 else "use" if shown < 2.7 else "run" if shown < 3.8 else "lead"
        share = 0.5 + 0.1 * level
        if level < 0.8:
            kind, share = "hedge", 0.3
        if not dice.chance(share):
            return None
        form = _form(dice, self.lexicon, skill) if kind == "hedge" else self._form(skill)
        return dice.pick(self.lexicon.bullets[kind]).format(x=form, n=dice.whole(2, 30))

    def _position(self, dates: str) -> str:
        title, employer = self._title(), self.dice.pick(self.lexicon.employers)
        return self.dice.pick(
            (
                f"{title}, {employer}, {dates}",
                f"{dates}: {title} at {employer}",
                f"{title} ({dates})",
            )
        )

    def _skills(self) -> list[str]:
        listed = []
        asked = (*self.post.must, *self.post.nice)
        for skill, level in self.person.levels.items():
            idle = OVERCLAIM[self.person.overclaim] if skill in asked else 0.05
            if self.dice.chance(0.85 if level >= 1.2 else idle):
                listed.append(self._form(skill))
        listed = self.dice.some(listed, len(listed))
        if listed and self.dice.chance(0.5):
            return [", ".join(listed)]
        return [f"* {item}" for item in listed]

    def _education(self) -> list[str]:
        # Where one studied goes with where one is from: a trace of the group that no name shows.
        person, names = self.person, self.lexicon.names
        near = person.group if self.dice.chance(0.75) else self.dice.pick(list(names))
        university = self.dice.pick(names[near]["universities"])
        degree = self.dice.pick(("BSc", "Diploma", "Certificate", "MSc"))
        return [f"{degree}, {university}, {THIS_YEAR - person.years - 1}"]

    def _interests(self) -> list[str]:
        said = self.dice.pick(self.lexicon.profile["interests"])
        return [said.format(group=self.group.capitalize())]


def _form(dice: Dice, lexicon: Lexicon, skill: str) -> str:
    """Return one way of writing a skill; its plain name is the commonest."""
    forms = lexicon.forms[skill]
    return forms[0] if dice.chance(0.4) else dice.pick(forms)


def _dates(dice: Dice, start: int, end: int | None, style: int) -> str:
    if style == 0:
        return f"{start} - {end or 'present'}"
    month = dice.whole(1, 12)
    if style == 1:
        return f"{month:02}/{start} - " + (f"{dice.whole(1, 12):02}/{end}" if end else "today")
    since = f"{MONTHS[month - 1]} {start}"
    return f"{since} to {MONTHS[dice.whole(0, 11)]} {end}" if end else f"since {since}"


def write_posting(post: Post, lexicon: Lexicon) -> str:
    """Return the advertisement; skills are asked for in anybody's words."""
    dice = Dice("posting", post.id)
    beside = dice.pick([s for s in lexicon.forms if s not in post.must and s not in post.nice])
    must = [_asked(dice, _form(dice, lexicon, skill)) for skill in post.must]
    nice = [_form(dice, lexicon, skill) for skill in post.nice]
    heads = dice.pick(
        (
            ("What you bring", "Nice to have"),
            ("Requirements", "A plus"),
            ("You have", "It helps if you know"),
        )
    )
    lines = [
        post.title,
        "",
        f"{dice.pick(lexicon.employers)} is growing and hires anew. You will sit next to the "
        f"people in charge of {_form(dice, lexicon, beside)}.",
        "",
        heads[0],
        f"- At least {post.years} {'year' if post.years == 1 else 'years'} in a similar job",
        *_items(must),
        "",
        heads[1],
        *_items(nice),
        "",
        "We offer",
        "- Thirty days of leave and a quiet office",
    ]
    return "\n".join(lines)


def _asked(dice: Dice, form: str) -> str:
    return dice.pick(("Sound knowledge of {x}", "{x}", "Experience with {x}")).format(x=form)


def _items(lines: Sequence[str]) -> list[str]:
    return [f"- {line}" for line in lines]
