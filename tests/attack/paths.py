"""Paths that leave the project, or that some system reads as another path than we do."""

from scene import Scene, attack, expect

BAD = (
    ("/tmp/absolute.txt", "is absolute"),
    ("//a.txt", "is absolute"),
    ("../outside/sentinel", '".."'),
    ("a/../../outside/sentinel", '".."'),
    ("a/..", '".."'),
    ("./a.txt", 'the name "."'),
    ("a//b.txt", "empty name"),
    ("a\nb.txt", "control character"),
    ("a\rb.txt", "control character"),
    ("a\x1b[31mb.txt", "control character"),
    ("a\x7fb.txt", "control character"),
    ("a\x01/b.txt", "control character"),
    ("..\\outside\\sentinel", "other systems"),
    ("C:\\outside", "other systems"),
    ("C:a.txt", "other systems"),
    ("a.txt:stream", "other systems"),
    ("a?.txt", "other systems"),
    ("a/b*/c", "other systems"),
    (".git/config", "git's own folder"),
    (".git", "git's own folder"),
    ("a/.git/hooks/post-checkout", "git's own folder"),
    (".GIT/config", "git's own folder"),
    (".gIt/config", "git's own folder"),
    (".git /config", "git's own folder"),
    (".git./config", "git's own folder"),
    (".git. . /config", "git's own folder"),
    (".git::$INDEX_ALLOCATION/config", "git's own folder"),
    (".git:x/config", "git's own folder"),
    ("git~1/config", "git's own folder"),
    ("GIT~1/config", "git's own folder"),
    (".g\u200cit/config", "git's own folder"),
    ("\ufeff.git/config", "git's own folder"),
    (".gi\u200d\u206ft/config", "git's own folder"),
    (".git\u202e/config", "git's own folder"),
    ("con", "a device"),
    ("a/AUX.txt", "a device"),
    ("NUL", "a device"),
    ("com1.log", "a device"),
    ("LPT9", "a device"),
    ("CONIN$", "a device"),
    ("COM\u00b9.txt", "a device"),
    ("nul .txt", "a device"),
    ("a.txt.", "a space or a dot"),
    ("a /b.txt", "a space or a dot"),
    ("..../b.txt", "a space or a dot"),
    ("x" * 256, "more than 255 bytes"),
    ("\u00e9" * 128, "more than 255 bytes"),
    ("/".join(["x" * 200] * 6), "more than 1024 bytes"),
    ("/".join(["x"] * 65), "more than 64 names"),
    (".aiscaffold.json", "kept for the record"),
)
HARMLESS = ("a.txt", "a/b/c.txt", ".github/workflows/ci.yml", ".gitignore", "..a", "a..b", "git~2", ".gitx/a",
            "console.txt", "com.txt", "\u00e9" * 127, "/".join(["x"] * 64), "a b.txt", "$(id)", "-rf")


@attack(*BAD)
def written_in_the_manifest(scene: Scene, path: str, reason: str) -> None:
    scene.template(tree=[{"from": "a.txt", "to": path}])
    scene.refuse_new(says=reason)
    scene.template(tree=[{"from": "a.txt", "to": "a.txt"}])
    scene.new()


@attack(*[row for row in BAD if "/" not in row[0]])
def brought_by_an_answer(scene: Scene, name: str, reason: str) -> None:
    scene.template(variables={"v": {"type": "string"}}, tree=[{"from": "a.txt", "to": "{{ v }}"}])
    scene.refuse_new("-s", f"v={name}", says=reason)
    scene.refuse("new", "./t", "out", "-q", "--package", "-s", f"v={name}", status=3, says=reason)
    scene.new("-s", "v=harmless")


@attack(*[row for row in BAD if "/" not in row[0] and row[0] not in (".git", ".aiscaffold.json")])
def name_of_a_template_file(scene: Scene, name: str, reason: str) -> None:
    if len(name.encode()) > 255:
        name, reason = "{{ 'x' * 256 }}", "more than 255 bytes"
    scene.template({name: "a\n"})
    scene.refuse_new(says=reason)
    (scene.work / "t/files" / name).rename(scene.work / "t/files/harmless")
    scene.new()


@attack("/etc/x", "../x", "a/b", "..", "/", "x/../../y")
def answer_brings_a_slash(scene: Scene, value: str) -> None:
    scene.template(variables={"v": {"type": "string"}}, tree=[{"from": "a.txt", "to": "p/{{ v }}/a.txt"}])
    scene.refuse_new("-s", f"v={value}", status=4 if "/" in value else 3)
    scene.template(variables={"v": {"type": "list", "default": [value]}},
                   tree=[{"from": "a.txt", "to": "p/{{ x }}/a.txt", "each": "x in v"}])
    scene.refuse_new("-y", status=4 if "/" in value else 3)
    scene.template(variables={"v": {"type": "string", "default": value}, "w": {"computed": "{{ v }}"}},
                   tree=[{"from": "a.txt", "to": "p/{{ w }}/a.txt"}])
    scene.refuse_new("-y", status=4 if "/" in value else 3)
    scene.new("-s", "v=harmless")
    expect((scene.work / "out/p/harmless/a.txt").exists(), "the control made nothing")


@attack()
def answer_holds_a_nul(scene: Scene) -> None:
    scene.template(variables={"v": {"type": "string"}}, tree=[{"from": "a.txt", "to": "{{ v }}"}])
    scene.refuse_new("--answers", "-", status=4, says="\\u0000", stdin=b'{"v": "a\\u0000b"}')
    scene.template(tree=[{"from": "a.txt", "to": "a{{ '\\x00' }}b"}])
    scene.refuse_new(says="NUL")
    scene.template(tree=[{"from": "a.txt", "to": "a{{ '\\x41' }}b"}])
    scene.new()


@attack("../../outside/sentinel", "/etc/passwd", "../template.json", "./a.txt", "a/../a.txt")
def taken_from_elsewhere(scene: Scene, name: str) -> None:
    scene.template(tree=[{"from": name, "to": "a.txt"}])
    scene.refuse_new(says="has no file")
    scene.template(tree=[{"from": name + "/", "to": "a/"}])
    scene.refuse_new(says="has no folder")
    scene.template(provides={"part": name})
    scene.refuse_new(says="has no such file")
    scene.template(layers=[name])
    scene.refuse_new(says="no layer is called")
    for form in ("include '%s'", "import '%s' as x", "extends '%s'", "from '%s' import x"):
        scene.template({"a.txt.jinja": "{% " + form % name + " %}"})
        scene.refuse_new()
    scene.template({"a.txt.jinja": "{% include v %}"}, variables={"v": {"type": "string"}})
    scene.refuse_new("-s", f"v={name}")
    scene.template({"a.txt.jinja": "{% include v %}", "b.txt": "b\n"},
                   variables={"v": {"type": "string"}})
    scene.new("-s", "v=b.txt")


@attack(("A.txt", "a.txt"), ("stra\u00dfe", "strasse"), ("\u00e9.txt", "e\u0301.txt"), ("a/b", "A/c"),
        ("\u212a", "k"), ("d", "D/x"))
def two_names_that_are_one_elsewhere(scene: Scene, one: str, two: str) -> None:
    scene.template(tree=[{"from": "a.txt", "to": one}, {"from": "a.txt", "to": two}])
    scene.refuse_new(says="differ only in case or Unicode form")
    scene.template(tree=[{"from": "a.txt", "to": one}, {"from": "a.txt", "to": "other"}])
    scene.new()


@attack(("a", "a/b"), ("a/b", "a"))
def a_file_that_is_a_folder_too(scene: Scene, one: str, two: str) -> None:
    scene.template(tree=[{"from": "a.txt", "to": one}, {"from": "a.txt", "to": two}])
    scene.refuse_new()
    scene.template(tree=[{"from": "a.txt", "to": one}, {"from": "a.txt", "to": "c"}])
    scene.new()


@attack(*HARMLESS)
def harmless_names_are_taken(scene: Scene, path: str) -> None:
    scene.template(tree=[{"from": "a.txt", "to": path}])
    scene.new("--package")
    expect((scene.work / "out" / path).read_text() == "a\n", "the file is not there")


@attack("..", "../..", "../outside", "/etc", "a/b", ".git", "x\x1b[2J", "\u202ex", "")
def name_of_an_idea(scene: Scene, name: str) -> None:
    scene.template(folder="templates/ideas/good")
    scene.template(folder="templates/layers/good-layer")
    scene.refuse("new", name, "out", "-y", "--templates", "templates", status=2)
    scene.template(layers=[name])
    scene.refuse_new("--templates", "templates", says="no layer is called")
    scene.accept("new", "good", "out", "-y", "-q", "--templates", "templates")
