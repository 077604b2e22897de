"""Random templates, rendered by the driver and by Jinja2, which must agree.

    differential.py DRIVER [--seed N] [--count N] [--seconds N]

Both must print the same, or both must fail; but whole numbers of more than 64 bits fail in the driver only. A
difference is printed with the seed that makes it again."""

import argparse
import copy
import random
import sys
import time

from oracle import Driver, render

CONTEXT = {
    "name": "Ada Lovelace", "empty": "", "text": "one two  three\nfour-five six\n\nseven", "slug": "my_project-2",
    "umlaut": "Straße ÄÖÜ éà ΑΣ ǆ", "html": "<a href=\"x\">T&C's</a>", "yes": True, "no": False, "nothing": None,
    "n": 7, "zero": 0, "neg": -3, "big": 123456789, "pi": 3.14159, "half": 2.5, "tiny": 1e-7, "huge": 1e22,
    "nums": [3, 1, 2, 10, -4], "words": ["pear", "Apple", "fig", "apple", "Banana"], "mixed": [1, "a", None, 2.5, True],
    "none_list": [], "pairs": [["a", 1], ["b", 2], ["c", 3]],
    "people": [{"name": "Bob", "age": 30, "tags": ["x"]}, {"name": "alice", "age": 25, "tags": []},
               {"name": "Carl", "age": 30, "tags": ["y", "z"]}],
    "d": {"b": 1, "a": {"x": [1, 2]}, "C": None, "items": 5}, "nested": {"deep": {"er": "bottom"}},
    "date": "2026-11-24", "path": "src/main/app.py",
}
STRINGS = ["''", "'a'", "'x y'", "\"it's\"", "'\\n'", "'é'", "'%s'", "', '", "'_'", "'-'", "'apple'", "'Name'", "' '",
           "'\\u00fc\\t'", "'aXbXc'", "'<b>'", "'12'", "'3.7'", "'abc def'", "'0x1f'", "'{}'", "'%05.2f|%d'"]
NUMBERS = ["0", "1", "2", "3", "-1", "7", "10", "100", "1.5", "0.1", "2.0", "1e3", "1_000", "0x1f", "-2"]
NAMES = list(CONTEXT)
FILTERS = [
    ("abs", ""), ("batch", "i"), ("batch", "ie"), ("capitalize", ""), ("center", ""), ("center", "i"), ("default", "e"),
    ("default", "eb"), ("d", "e"), ("dictsort", ""), ("dictsort", "bkb"), ("escape", ""), ("e", ""),
    ("filesizeformat", ""), ("filesizeformat", "b"), ("first", ""), ("float", ""), ("float", "e"), ("forceescape", ""),
    ("format", "e"), ("format", "ee"), ("groupby", "a"), ("indent", ""), ("indent", "i"), ("indent", "ibb"),
    ("indent", "s"), ("int", ""), ("int", "e"), ("int", "ei"), ("items", ""), ("join", ""), ("join", "s"),
    ("join", "sa"), ("last", ""), ("length", ""), ("count", ""), ("list", ""), ("lower", ""), ("map", "f"),
    ("map", "A"), ("max", ""), ("min", ""), ("min", "b"), ("max", "ba"), ("reject", "t"), ("reject", ""),
    ("rejectattr", "a"), ("rejectattr", "at"), ("replace", "ss"), ("replace", "ssi"), ("reverse", ""), ("round", ""),
    ("round", "i"), ("round", "im"), ("safe", ""), ("select", ""), ("select", "t"), ("selectattr", "a"),
    ("selectattr", "at"), ("selectattr", "aTe"), ("slice", "i"), ("slice", "ie"), ("sort", ""), ("sort", "b"),
    ("sort", "bba"), ("string", ""), ("striptags", ""), ("sum", ""), ("sum", "a"), ("title", ""), ("tojson", ""),
    ("tojson", "i"), ("trim", ""), ("trim", "s"), ("truncate", "i"), ("truncate", "ib"), ("truncate", "ibsi"),
    ("unique", ""), ("unique", "b"), ("upper", ""), ("urlencode", ""), ("wordcount", ""), ("wordwrap", "i"),
    ("wordwrap", "ib"), ("wordwrap", "ibsb"), ("xmlattr", ""), ("attr", "a"), ("list", ""), ("list", ""), ("join", "s"),
]
# What these give has no text form and fails only once it is gone through: go through it.
GENERATORS = {"batch", "slice", "map", "select", "reject", "selectattr", "rejectattr", "unique", "items", "reverse"}
TESTS = [("defined", ""), ("undefined", ""), ("none", ""), ("true", ""), ("false", ""), ("boolean", ""),
         ("integer", ""), ("float", ""), ("number", ""), ("string", ""), ("mapping", ""), ("sequence", ""),
         ("iterable", ""), ("odd", ""), ("even", ""), ("divisibleby", "i"), ("in", "e"), ("eq", "e"), ("ne", "e"),
         ("lt", "e"), ("ge", "e"), ("lower", ""), ("upper", ""), ("escaped", ""), ("callable", ""),
         ("equalto", "e"), ("filter", ""), ("test", "")]
METHODS = ["upper()", "lower()", "title()", "strip()", "capitalize()", "split()", "split({s})", "split({s}, {i})",
           "rsplit({s}, 1)", "rsplit()", "replace({s}, {s})", "startswith({s})", "endswith({s})", "find({s})",
           "rfind({s})", "count({s})", "join({e})", "format({e}, {e})", "swapcase()", "zfill({i})", "center({i}, '*')",
           "ljust({i})", "rjust({i}, '.')", "partition({s})", "rpartition({s})", "splitlines()", "isdigit()",
           "isalpha()", "isalnum()", "isupper()", "islower()", "istitle()", "isspace()", "casefold()", "expandtabs(4)",
           "items()", "keys()", "values()", "get({s})", "get({s}, {e})", "items()|list", "index({e})", "append({e})",
           "removeprefix({s})", "removesuffix({s})", "lstrip({s})", "rstrip({s})", "copy()", "isidentifier()",
           "isnumeric()", "isdecimal()", "isascii()", "index({s})"]
ATTRIBUTES = ["'name'", "'age'", "'tags'", "0", "'1'", "'tags.0'", "'x'", "'name,age'"]
FILTER_NAMES = ["'upper'", "'lower'", "'title'", "'int'", "'string'", "'length'", "'first'", "'float'", "'trim'"]


class Maker:
    """Grows templates from a grammar."""

    def __init__(self, seed: int) -> None:
        self.r = random.Random(seed)
        self.names = list(NAMES)

    def one(self, *choices):
        return self.r.choice(choices)()

    def integer(self) -> str:
        return self.r.choice(["0", "1", "2", "3", "5", "8", "12", "20", "40", "-1"])

    def string(self) -> str:
        return self.r.choice(STRINGS)

    def arguments(self, kinds: str, depth: int) -> str:
        made = []
        for kind in kinds:
            made.append({
                "i": self.integer, "s": self.string, "e": lambda: self.expression(depth),
                "b": lambda: self.r.choice(["true", "false"]), "a": lambda: self.r.choice(ATTRIBUTES),
                "A": lambda: "attribute=" + self.r.choice(ATTRIBUTES), "f": lambda: self.r.choice(FILTER_NAMES),
                "t": lambda: repr(self.r.choice(TESTS)[0]), "T": lambda: self.r.choice(["'eq'", "'gt'", "'in'", "'=='"]),
                "k": lambda: self.r.choice(["'key'", "'value'"]),
                "m": lambda: self.r.choice(["'ceil'", "'floor'", "'common'"]),
            }[kind]())
        return ", ".join(made)

    def filtered(self, depth: int) -> str:
        made = self.expression(depth - 1)
        for _ in range(self.r.choice([1, 1, 2, 3])):
            name, kinds = self.r.choice(FILTERS)
            made += f" | {name}" + (f"({self.arguments(kinds, depth - 2)})" if kinds else "")
            if name in GENERATORS:
                made += " | " + self.r.choice(["list", "list", "list", "join", "length", "sum"])
        return made if depth % 2 else f"({made})"

    def tested(self, depth: int) -> str:
        name, kinds = self.r.choice(TESTS)
        negated = self.r.choice(["", "", "not "])
        return f"({self.expression(depth - 1)} is {negated}{name}" + (
            f"({self.arguments(kinds, depth - 2)}))" if kinds else ")")

    def method(self, depth: int) -> str:
        made = self.r.choice(METHODS)
        while "{s}" in made:
            made = made.replace("{s}", self.string(), 1)
        while "{i}" in made:
            made = made.replace("{i}", self.integer(), 1)
        while "{e}" in made:
            made = made.replace("{e}", self.expression(depth - 2), 1)
        return f"{self.primary(depth - 1)}.{made}"

    def subscript(self, depth: int) -> str:
        of = self.r.choice([*self.names, self.string()])
        keys = [self.integer(), self.string(), f"{self.integer()}:", f":{self.integer()}", "::-1", "::2",
                f"{self.integer()}:{self.integer()}", f"{self.integer()}:{self.integer()}:{self.r.choice(['1', '-1', '3'])}"]
        return f"{of}[{self.r.choice(keys)}]"

    def primary(self, depth: int) -> str:
        return self.one(lambda: self.r.choice(self.names), lambda: self.r.choice(self.names), self.string,
                        lambda: f"({self.expression(depth - 1)})")

    def expression(self, depth: int) -> str:
        if depth <= 0:
            return self.one(lambda: self.r.choice(self.names), self.string, lambda: self.r.choice(NUMBERS),
                            lambda: self.r.choice(["true", "false", "none", "[]", "{}", "missing"]))
        binary = self.r.choice(["+", "-", "*", "/", "//", "%", "**", "~", "==", "!=", "<", ">=", "in", "not in", "and",
                                "or", "~", "+", "~"])
        right = self.r.choice(NUMBERS[:6]) if binary in ("**", "*", "%") else None
        return self.one(
            lambda: f"{self.expression(depth - 1)} {binary} {right or self.expression(depth - 1)}",
            lambda: self.filtered(depth), lambda: self.filtered(depth), lambda: self.filtered(depth),
            lambda: self.tested(depth), lambda: self.method(depth), lambda: self.method(depth),
            lambda: self.subscript(depth), lambda: f"{self.r.choice(self.names)}.{self.r.choice(['name', 'a', 'deep', 'x'])}",
            lambda: f"not {self.expression(depth - 1)}", lambda: f"-{self.primary(depth - 1)}",
            lambda: f"({self.expression(depth - 1)} if {self.expression(depth - 1)} else {self.expression(depth - 1)})",
            lambda: f"[{self.expression(depth - 1)}, {self.expression(depth - 1)}]",
            lambda: f"({self.expression(depth - 1)}, {self.expression(depth - 1)})",
            lambda: f"{{{self.string()}: {self.expression(depth - 1)}}}",
            lambda: f"{self.r.choice(self.names)} < {self.expression(depth - 2)} <= {self.expression(depth - 2)}",
            lambda: f"range({self.integer()})", lambda: f"dict(a={self.expression(depth - 1)})",
        )

    def text(self) -> str:
        return self.r.choice(["", " ", "\n", "  \n", "a\n  ", "text ", "\n\n  ", "\t", "é ", "{ }", "{", "%}", "\r\n"])

    def tag(self, inside: str) -> str:
        return "{%" + self.r.choice(["", "", "", "-", "+"]) + f" {inside} " + self.r.choice(["", "", "", "-", "+"]) + "%}"

    def output(self, inside: str) -> str:
        return "{{" + self.r.choice(["", "", "", "-", "+"]) + f" {inside} " + self.r.choice(["", "", "", "-"]) + "}}"

    def loop_words(self) -> str:
        return self.r.choice(["loop.index", "loop.index0", "loop.first", "loop.last", "loop.length", "loop.revindex",
                              "loop.previtem is defined", "loop.nextitem is defined", "loop.cycle('a', 'b')", "x",
                              "loop.changed(x)", "loop.depth", "loop.revindex0"])

    def block(self, depth: int) -> str:
        """One statement with what it holds."""
        body = self.body(depth - 1)
        e = self.expression
        kind = self.r.randrange(12)
        if kind < 2:
            made = self.tag(f"if {e(1)}") + body
            if self.r.random() < 0.4:
                made += self.tag(f"elif {e(1)}") + self.body(depth - 1)
            if self.r.random() < 0.5:
                made += self.tag("else") + self.body(depth - 1)
            return made + self.tag("endif")
        if kind < 5:
            test = self.r.choice(["", "", f" if {e(1)}", " if x"])
            before, self.names = self.names, [*self.names, "x", "x"]
            made = (self.tag(f"for x in {e(1)}{test}") + self.output(self.loop_words()) + self.body(depth - 1)
                    + (self.tag("else") + "none" if self.r.random() < 0.3 else "") + self.tag("endfor"))
            self.names = before
            return made
        if kind == 5:
            return self.tag(f"set {self.r.choice(['v', 'n', 'name'])} = {e(2)}") + self.output(self.r.choice(["v", "n"]))
        if kind == 6:
            return self.tag("set v" + self.r.choice(["", " | upper", " | indent(2, true)"])) + body + self.tag("endset") + self.output("v")
        if kind == 7:
            return self.tag(f"filter {self.r.choice(['upper', 'indent', 'trim', 'replace(' + self.string() + ', ' + self.string() + ')', 'title'])}") + body + self.tag("endfilter")
        if kind == 8:
            return self.tag(f"with v = {e(1)}, w = n") + body + self.output("v") + self.tag("endwith")
        if kind == 9:
            call = self.r.choice(["m(1)", "m(a=2)", "m(1, b=3)", "m()", "m(1, 2, 3)", f"m({e(1)})", "m(c=1)"])
            extra = self.r.choice(["", "{{ varargs }}", "{{ kwargs }}", "{{ caller is defined }}"])
            return (self.tag(f"macro m(a, b={e(0)})") + "{{ a }}{{ b }}" + extra + body + self.tag("endmacro")
                    + self.output(call))
        if kind == 10:
            return ("{#" + self.r.choice(["", "-", "+"]) + " comment " + self.r.choice(["", "-", "+"]) + "#}" + body
                    + self.tag("raw") + "{{ raw }} {%" + self.text() + self.tag("endraw"))
        return (self.tag("set ns = namespace(v=0)") + self.tag("for x in nums") + self.tag(f"set ns.v = {self.r.choice(['ns.v + x', 'x', '[ns.v, x]'])}")
                + self.tag("endfor") + self.output("ns.v"))

    def body(self, depth: int) -> str:
        made = self.text()
        for _ in range(self.r.choice([0, 1, 1, 2])):
            made += self.output(self.expression(2)) if depth <= 0 or self.r.random() < 0.5 else self.block(depth)
            made += self.text()
        return made

    def case(self) -> dict:
        template = self.output(self.expression(self.r.choice([1, 2, 3, 3]))) if self.r.random() < 0.6 else self.body(3)
        return {"template": template, "context": copy.deepcopy(CONTEXT), "trim": self.r.random() < 0.5, "lstrip": self.r.random() < 0.5}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("driver")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=1e9)
    options = parser.parse_args()
    driver = Driver(options.driver)
    start = time.monotonic()
    same = differ = fail = 0
    for seed in range(options.seed, options.seed + options.count):
        case = Maker(seed).case()
        got = driver.run(case)
        want = render(case)
        fail += want is None
        if got.get("text") == want or "64 bits" in got.get("error", ""):
            same += 1
        else:
            differ += 1
            print(f"seed {seed}: trim={case['trim']} lstrip={case['lstrip']}\n  {case['template']!r}\n  Jinja2: {want!r}\n  driver: {got}")
        if time.monotonic() - start > options.seconds:
            break
    print(f"{same} agree ({fail} by failing), {differ} differ")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
