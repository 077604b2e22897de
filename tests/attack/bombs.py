"""Templates that are made to take all memory, all disk or all time: each ends soon, with one error."""

import io
import os
import subprocess
import zipfile

from scene import Scene, attack, expect

DEEP = 100_000


@attack()
def many_files(scene: Scene) -> None:
    scene.template(tree=[{"from": "a.txt", "to": "d/{{ n }}.txt", "each": "n in range(1000000)"}])
    scene.refuse_new(says="more than 100000 files")
    scene.template(tree=[{"from": "a.txt", "to": "d/{{ n }}.txt", "each": "n in range(1000)"}])
    scene.new()
    many = scene.work / "t/files/many"
    many.mkdir()
    for number in range(100_001):
        os.close(os.open(many / str(number), os.O_CREAT))
    scene.refuse_new(says="more than 100000 files")


@attack(("one", 4 << 30, 1, "larger than 67108864 bytes"), ("one", (64 << 20) + 1, 1, "larger than"),
        ("all", 64 << 20, 9, "more than 536870912 bytes in all its files"))
def large_files(scene: Scene, _what: str, size: int, count: int, says: str) -> None:
    scene.template()
    for number in range(count):
        with (scene.work / f"t/files/{number}.bin").open("wb") as file:
            file.truncate(size)
    scene.refuse_new(says=says)
    for number in range(count):
        os.truncate(scene.work / f"t/files/{number}.bin", 1000)
    scene.new()


@attack()
def large_plan(scene: Scene) -> None:
    scene.template({"a.txt": b"\0" * (20 << 20)},
                   tree=[{"from": "a.txt", "to": "{{ n }}.txt", "each": "n in range(60)"}])
    scene.refuse_new(says="more than 1073741824 bytes")
    scene.template({"a.txt": b"\0" * 20}, tree=[{"from": "a.txt", "to": "{{ n }}.txt", "each": "n in range(60)"}])
    scene.new()


@attack("[", '{"a":', "[[[", '[{"a":')
def deep_json(scene: Scene, opening: str) -> None:
    deep = opening * DEEP
    scene.template(variables={"v": {"type": "table"}})
    scene.refuse_new("--answers", "-", status=4, stdin=('{"v": ' + deep).encode())
    scene.refuse("render", "-", "--data", deep[:100_000], status=(1, 4))
    closed = "[" * 2000 + "]" * 2000
    result = scene.run("new", "./t", "out", "-q", "--answers", "-", stdin=('{"v": [{"k": ' + closed + "}]}").encode())
    expect(result.status in (0, 1, 3, 4), str(result))
    (scene.work / "t/template.json").write_text(deep)
    scene.refuse("new", "./t", "out2", "-q", status=3)
    (scene.work / "t/template.json").write_text("[" * 2000 + "]" * 2000)
    scene.refuse("new", "./t", "out2", "-q", status=3, says="must be an object")


@attack("variables", "provides", "milestones", "tree", "layers", "roles", "keys", "choices")
def long_manifest(scene: Scene, what: str) -> None:
    count = 200_000
    members = {
        "variables": {"variables": {f"v{n}": {"computed": ""} for n in range(count)}},
        "provides": {"provides": {f"v{n}": [] for n in range(count)}},
        "milestones": {"milestones": [{"id": f"m{n}", "title": "m"} for n in range(count)]},
        "tree": {"tree": [{"from": "a.txt", "to": f"{n}/{n}"} for n in range(count)]},
        "layers": {"layers": [f"l{n}" for n in range(count)]},
        "roles": {"roles": {"protected": [f"**/{n}*a*a*a*a" for n in range(1000)]},
                  "tree": [{"from": "a.txt", "to": "{{ n }}" + "a" * 40, "each": "n in range(2000)"}]},
        "keys": {f"k{n}": 1 for n in range(count)},
        "choices": {"variables": {"v": {"type": "choice", "choices": [f"c{n}" for n in range(count)]}}},
    }
    scene.template(**members[what])
    if what == "roles":
        scene.new()
    else:
        scene.refuse_new()


@attack()
def globs_of_roles(scene: Scene) -> None:
    """Many globs and many files are each allowed; what takes minutes to match is not, when made and when updated."""
    globs = [f"*a*a*a*a*a*a*a*a*{n:0200}" for n in range(5000)]
    many = [{"from": "a.txt", "to": "{{ n }}" + "a" * 100, "each": "n in range(20000)"}]
    scene.template(roles={"protected": globs[:2500], "student": globs[2500:]}, tree=many)
    scene.refuse_new(says="there are too many globs of roles for so many files")
    for roles, tree in (({"protected": globs}, [{"from": "", "to": ""}]), ({"protected": globs[:10]}, many)):
        scene.template(roles=roles, tree=tree)
        scene.new(target=f"few-{len(tree[0])}")
    place = scene.work / "few-2"
    for number in range(20_000):
        (place / f"{'a' * 150}{number}").touch()
    git = {"PATH": "/usr/bin:/bin", "HOME": str(scene.home)}
    says = ".aiscaffold.json: its record has too many globs for so many files"
    (scene.home / ".gitconfig").write_text("[user]\nname = n\nemail = n@example.invalid\n")
    for command in (("add", "-A"), ("commit", "-qm", "many")):
        subprocess.run(["git", "-C", place, *command], env=git, check=True)
    scene.refuse("status", "few-2", status=1, says=says)
    scene.template({"a.txt": "b\n"}, roles={"protected": globs}, version="1.0.1")
    result = scene.run("update", "./t", "-C", "few-2")  # it leaves loose objects
    expect(result.status == 1 and says.encode() in result.err, str(result))
    scene.template({"a.txt": "b\n"}, roles={"protected": globs[:10]}, tree=many, version="1.0.1")
    scene.accept("update", "./t", "-C", "few-3")


@attack()
def large_manifest_and_answers(scene: Scene) -> None:
    for size in (5 << 20, 65 << 20):
        scene.template(summary="s" * size)
        scene.refuse_new(says="larger than")
    scene.template(variables={"v": {"type": "list"}})
    scene.refuse_new("--answers", "-", status=1, says="larger than", stdin=b'{"v": ["' + b"x" * (5 << 20) + b'"]}')
    many = b'{"v": [' + b'"x",' * 200_000 + b'"x"]}'
    expect(scene.run("new", "./t", "out", "-q", "--answers", "-", stdin=many).status == 0, "the control failed")


@attack(r"^(a+)+$", r"^(a|a)*$", r"^(a|aa)+$", r"(.*a){20}$", r"^(([a-z])+.)+[A-Z]([a-z])+$", r"^(?:a?){40}a{40}$",
        r"(?R)*a", r"^((a*)*)*$", r"(?=(a+))\1+$b")
def slow_patterns(scene: Scene, pattern: str) -> None:
    value = "a" * 3000 + "!"
    scene.template(variables={"v": {"type": "string", "pattern": pattern}})
    result = scene.run("new", "./t", "out", "-q", "-s", f"v={value}", timeout=20)
    expect(result.status in (0, 4), str(result))
    if result.status:
        expect(not (scene.work / "out").exists() and result.err.count(b"\n") == 1, str(result))


@attack("(" * 10_000, "((((a{1,65535}){1,65535}){1,65535}){1,65535})", "(?:" * 300 + "a" + ")" * 300, "[" * 10_000,
        "a{65536}", "(?<=a*)b", r"\C\C", "(*NO_JIT)(*LIMIT_MATCH=4000000000)^(a+)+$", "(?C1)a")
def large_patterns(scene: Scene, pattern: str) -> None:
    scene.template(variables={"v": {"type": "string", "pattern": pattern}})
    result = scene.run("new", "./t", "out", "-q", "-s", "v=" + "a" * 2000 + "!", timeout=20)
    expect(result.status in (0, 3, 4), str(result))


def nested_archive(count: int, size: int) -> bytes:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", b"\n" * size)
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_STORED) as archive:
        for number in range(count):
            archive.writestr(f"{number}.zip", inner.getvalue())
    return outer.getvalue()


SOLVED = "# BEGIN SOLUTION\nsolution = very_secret_answer\n# END SOLUTION\n"


@attack()
def archives_in_a_starter(scene: Scene) -> None:
    """The leak search reads archives in archives; all of them together are bounded."""
    scene.template({"a.py": SOLVED, "bomb.bin": nested_archive(200, 20 << 20)})
    scene.refuse_new("--edition", "starter", says="archives hold too many bytes")
    scene.template({"a.py": SOLVED, **{f"{n}.bin": nested_archive(1, 20 << 20) for n in range(200)}})
    scene.refuse_new("--edition", "starter", says="archives hold too many bytes")
    members = io.BytesIO()
    with zipfile.ZipFile(members, "w") as archive:
        for number in range(60_000):
            archive.writestr(str(number), b"")
    scene.template({"a.py": SOLVED, "one.zip": members.getvalue(), "two.zip": members.getvalue()})
    scene.refuse_new("--edition", "starter", says="archives hold too many members")
    scene.template({"a.py": SOLVED, "small.zip": nested_archive(3, 1000)})
    scene.new("--edition", "starter")


@attack()
def deep_folders(scene: Scene) -> None:
    scene.template()
    at = scene.work / "t/files"
    for _ in range(400):
        at = at / "deep"
        at.mkdir()
    scene.refuse_new(says="more than 64 folders deep")
    scene.refuse("package", "t", "-o", "t.tar", status=1, says="more than 64 folders deep")
    scene.template()
    scene.new()


@attack("endless", "chain")
def layers_that_name_layers(scene: Scene, kind: str) -> None:
    scene.template(layers=["l0"])
    for number in range(80):
        following = 0 if kind == "endless" and number == 10 else number + 1
        scene.template({"a": "a"}, folder=f"t/layers/l{number}", tree=[],
                       layers=[f"l{following}"] if number < 79 else [])
    scene.refuse_new(says="contains itself" if kind == "endless" else "more than 64 layers")
    scene.template(folder="t/layers/l0", tree=[])
    scene.new()
