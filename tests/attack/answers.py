"""Answers that are no answers, and templates that are not where they should be."""

import os
import shutil

from scene import NOBODY, Scene, attack, expect

KINDS = {"string": "x", "integer": 1, "number": 1.5, "boolean": True, "choice": "a", "choices": ["a"], "list": ["x"],
         "table": [{"k": "v"}]}
VALUES = ("1", '"x"', "1.5", "true", "null", "[]", "{}", "[1]", "[[]]", '[{"a": {}}]', "1e999", "99999999999999999999",
          '"\\ud800"', '"a', "[1,]", "NaN", '"\\u0000"', "-0", '["a", "a"]', '["' + "x" * 100_000 + '"]')


@attack(*KINDS)
def of_a_wrong_type(scene: Scene, kind: str) -> None:
    more = {"choices": ["a", "b"]} if kind.startswith("choice") else {}
    scene.template({"a.txt.jinja": "{{ v }}"}, variables={"v": {"type": kind, **more}})
    for text in VALUES:
        result = scene.run("new", "./t", "out", "-q", "--answers", "-", stdin=('{"v": ' + text + "}").encode())
        expect(result.status in (0, 4) and result.err.count(b"\n") == (result.status != 0), str(result))
        if result.status == 0:
            shutil.rmtree(scene.work / "out")
        expect(not (scene.work / "out").exists(), str(result))
    refused = sum(scene.run("new", "./t", "out", "-q", "-s", f"v={text}", "-n").status for text in VALUES if "\0" not in text)
    expect(refused % 4 == 0, "an answer ended with another status than 4")
    scene.new("-s", "v=" + {"table": '[{"k": "v"}]', "boolean": "yes"}.get(kind, "1" if kind in ("integer", "number") else "a"))


@attack(b"", b"[]", b"null", b'"x"', b"{", b'{"v": 1, "v": 2}', b"\xff\xfe", b'{"v": "\xff"}', b"\0", b'{"v": "a\0b"}',
        b"\xef\xbb\xbf{}", b'{"__proto__": 1}', b'{"": 1}', b'{"template": {"name": "x"}}', b'{"provided": {}}',
        b'{"v": "x"} {"v": "y"}', b'{"' + b"k" * 1_000_000 + b'": 1}')
def a_file_that_is_none(scene: Scene, text: bytes) -> None:
    scene.template({"a.txt.jinja": "{{ v }}"}, variables={"v": {"type": "string"}})
    scene.refuse_new("--answers", "-", status=4, stdin=text)
    (scene.work / "answers.json").write_bytes(text)
    scene.refuse_new("--answers", "answers.json", status=4)
    scene.new("--answers", "-", stdin=b'{"v": "x"}')


@attack("/dev/zero", "/dev/full", "/proc/self/mem", ".", "/nothing", "t/template.json", "x" * 5000)
def a_file_that_is_no_file(scene: Scene, path: str) -> None:
    scene.template(variables={"v": {"type": "string"}})
    scene.refuse_new("--answers", path, status=(1, 4), timeout=20)
    scene.new("-s", "v=x")


@attack()
def secrets_stay_out(scene: Scene) -> None:
    """A secret answer is in no file, archive, commit, listing or message; conditions alone see it."""
    secret = "hunter2-0815"
    scene.template({"a.txt": "a\n", "b.txt": "b\n"}, variables={
        "token": {"type": "string", "secret": True, "pattern": "^hunter"}},
        tree=[{"from": "a.txt", "to": "a.txt"}, {"from": "b.txt", "to": "b.txt", "when": "token"}])
    result = scene.run("new", "./t", "out", "--json", "--package=tar", "--with-git", "-s", f"token={secret}")
    expect(result.status == 0 and secret.encode() not in result.out + result.err, str(result))
    expect((scene.work / "out/b.txt").exists(), "the control: the condition did not see it")
    for path in (scene.work / "out").rglob("*"):
        expect(path.is_dir() or secret.encode() not in path.read_bytes(), f"{path} holds the secret")
    expect(secret.encode() not in (scene.work / "out.tar").read_bytes(), "the archive holds the secret")
    scene.template({"a.txt.jinja": "{{ token }}"}, variables={"token": {"type": "string", "secret": True}})
    scene.refuse("new", "./t", "out2", "-s", f"token={secret}", status=3)
    scene.template(variables={"token": {"type": "string", "secret": True, "pattern": "^x$"}})
    result = scene.refuse("new", "./t", "out2", "-s", f"token={secret}", status=4)
    expect(secret.encode() not in result.err, str(result))


@attack("folder", "manifest", "file", "subfolder", "target", "parent")
def without_permission(scene: Scene, what: str) -> None:
    """What may not be read or written is named, by an ordinary user's run."""
    scene.template({"a.txt": "a\n", "d/b.txt": "b\n"})
    user = NOBODY if os.getuid() == 0 else None
    os.chmod(scene.root, 0o755)
    os.chmod(scene.work, 0o777)
    if user is not None:
        scene.new(target="out", user=user)
        shutil.rmtree(scene.work / "out")
    places = {"folder": "t", "manifest": "t/template.json", "file": "t/files/a.txt", "subfolder": "t/files/d",
              "target": "out", "parent": "closed"}
    place = scene.work / places[what]
    if what in ("target", "parent"):
        place.mkdir()
    place.chmod(0)
    target = "closed/out" if what == "parent" else "out"
    scene.refuse("new", "./t", target, "-q", "--package", status=(1, 2), user=user)
    place.chmod(0o755)


@attack("..", "/", "//", "./", "a/", "/dev/null/x", "x" * 256, "x/" * 100 + "x", "", ".", "out/..", "~root", "-", "a\nb")
def a_target(scene: Scene, name: str) -> None:
    scene.template()
    result = scene.run("new", "./t", "-q", "--", name)
    expect(result.status in (0, 1, 2) and result.err.count(b"\n") == (result.status != 0), str(result))
    if result.status == 0:
        expect((scene.work / name / "a.txt").exists(), "it was made elsewhere")
    expect(not [name for name in scene.listing() if ".aiscaffold-" in name], "a temporary was left")
    scene.new()
