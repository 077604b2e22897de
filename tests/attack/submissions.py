"""What students could hand in: archives, folders, records and repositories that are made to be believed, to lead
elsewhere or to take all memory and time. Each costs itself alone, and nothing is written or started."""

import gzip
import hashlib
import io
import json
import lzma
import os
import struct
import subprocess
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from scene import SECRET, Result, Scene, attack, expect

KITS = Path(__file__).resolve().parent.parent / "tools" / "kits"


def kits(scene: Scene) -> Path:
    """Two students' kits, as folders and archives, and the report: the control verifies both."""
    tools = scene.root / "bin"
    if not tools.exists():
        tools.mkdir()
        (tools / "aiscaffold").symlink_to(scene.program)
    subprocess.run([sys.executable, KITS, "kits", "s001=Student One", "s002=Student Two"], cwd=scene.work, check=True,
                   env={"PATH": f"{tools}:/usr/bin:/bin", "HOME": str(scene.home), "SOURCE_DATE_EPOCH": "1764547200"})
    scene.accept("verify", "--report", "kits/report.json", "kits")
    return scene.work / "kits"


def verify(scene: Scene, *paths: str, timeout: float = 60) -> Result:
    before = scene.listing()
    result = scene.run("verify", "--report", "kits/report.json", *paths, timeout=timeout)
    expect(scene.listing() == before, f"something was written: {result}")
    expect(SECRET.encode() not in result.out + result.err, f"the sentinel was read: {result}")
    return result


def refused(scene: Scene, path: str, says: str, timeout: float = 60) -> None:
    """The submission fails with this reason, and the one beside it is verified all the same."""
    result = verify(scene, path, "kits/s002", timeout=timeout)
    expect(result.status == 1, f"status 1 expected: {result}")
    expect(b"kits/s002: untouched" in result.out, f"the other one suffered: {result}")
    expect(says.encode() in result.out, f"{says!r} expected: {result.out[:600]!r}")


def passed_over(scene: Scene, path: str, says: str, status: int) -> None:
    """The member is told and not read, and the rest of the submission is verified, as is the one beside it."""
    result = verify(scene, path, "kits/s002")
    expect(result.status == status, f"status {status} expected: {result}")
    expect(b"kits/s002: untouched" in result.out, f"the other one suffered: {result}")
    expect(b"student    s001, Student One" in result.out, f"the submission is useless: {result}")
    expect(b"milestones 2 of 2 untouched" in result.out, f"its files were not compared: {result}")
    expect(f"{says}".encode() in result.out and b"and was not read" in result.out,
           f"{says!r} expected: {result.out[:600]!r}")


def tar_with(scene: Scene, change: Callable[[tarfile.TarFile], None], name: str = "x.tar") -> str:
    """The first kit as a tar, and what `change` adds to it."""
    with tarfile.open(scene.work / name, "w") as archive:
        archive.add(scene.work / "kits/s001", "s001")
        change(archive)
    return name


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


NAMES = {"../../outside/x": 'holds the name ".."', "s001/../../x": 'holds the name ".."', "/etc/passwd": "is absolute",
         "s001/a\\..\\x": "holds a backslash", "s001/a\x1b[2Jb": "holds a control character", "s001/a\nb": "holds a control",
         "s001/.GIT/config": "stands for git's own folder", "s001/GIT~1/config": "stands for git's own folder",
         "s001/.g\u200cit/HEAD": "stands for git's own folder", "s001/" + "x" * 300: "more than 255 bytes",
         "s001/" + "d/" * 100 + "x": "more than 64 names", "s001/" + "dd/" * 400 + "x": "more than 1024 bytes",
         "s001/./x": 'holds the name "."', "s001//x": "holds an empty name"}


@attack(*NAMES)
def names_in_a_tar(scene: Scene, name: str) -> None:
    kits(scene)
    passed_over(scene, tar_with(scene, lambda archive: archive.addfile(member(name))), NAMES[name], 6)
    expect(verify(scene, tar_with(scene, lambda archive: archive.addfile(member("s001/x")))).status == 0, "the control")


@attack(*(name for name in NAMES if "//" not in name))
def names_in_a_zip(scene: Scene, name: str) -> None:
    kits(scene)
    for added, wanted in ((name, 1), ("s001/CON: x?", 0)):
        with zipfile.ZipFile(scene.work / "x.zip", "w") as archive:
            for path in sorted((scene.work / "kits/s001").rglob("*")):
                archive.write(path, f"s001/{path.relative_to(scene.work / 'kits/s001')}")
            archive.writestr(zipfile.ZipInfo(added), b"x")
        if wanted:
            passed_over(scene, "x.zip", NAMES[name], 6)
        else:
            expect(verify(scene, "x.zip").status == 0, "the control")


@attack(b"\xff\xfe", b"a\xc3", b"\xed\xa0\x80")
def names_that_are_not_utf_8(scene: Scene, name: bytes) -> None:
    kits(scene)
    with tarfile.open(scene.work / "x.tar", "w", format=tarfile.GNU_FORMAT, encoding="utf-8", errors="surrogateescape") as archive:
        archive.add(scene.work / "kits/s001", "s001")
        archive.addfile(member("s001/" + name.decode("utf-8", "surrogateescape")))
    passed_over(scene, "x.tar", "not UTF-8", 6)


@attack(("symbolic", tarfile.SYMTYPE, "is a symbolic link"), ("hard", tarfile.LNKTYPE, "is a hard link"),
        ("pipe", tarfile.FIFOTYPE, "is no regular file"), ("character device", tarfile.CHRTYPE, "is no regular file"),
        ("block device", tarfile.BLKTYPE, "is no regular file"))
def members_that_are_no_files(scene: Scene, _what: str, kind: bytes, says: str) -> None:
    kits(scene)
    for target in ("/etc/passwd", "../../outside/sentinel", "s001/README.md"):
        for name, status in (("s001/.venv/bin/x", 0), ("s001/tests/x", 6)):
            passed_over(scene, tar_with(scene, lambda archive, to=target, at=name: archive.addfile(member(at, kind, to))),
                        says, status)


@attack()
def a_link_in_a_zip(scene: Scene) -> None:
    kits(scene)
    with zipfile.ZipFile(scene.work / "x.zip", "w") as archive:
        link = zipfile.ZipInfo("s001/link")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, str(scene.sentinel))
    refused(scene, "x.zip", "is a symbolic link")


@attack(("s001/README.md", "are there twice"), ("s001/readme.md", "are one name"), ("S001/x", "are one name"),
        ("s001/README.md/x", "a file and a folder"), ("s001/tests", "a file and a folder"),
        ("s001/SRC/c.py", "are one name"), ("s001/re\u0301", ""), ("s001/\u017ft", ""))
def members_that_collide(scene: Scene, name: str, says: str) -> None:
    kits(scene)
    archive = tar_with(scene, lambda archive: archive.addfile(member(name)))
    if says:
        refused(scene, archive, says)
        return
    expect(verify(scene, archive).status == 0, "the control")
    other = "s001/r\u00e9" if "\u0301" in name else "s001/st"
    refused(scene, tar_with(scene, lambda archive: (archive.addfile(member(name)), archive.addfile(member(other)))), "are ")


def zeros(size: int) -> bytes:
    """A tar of one file of zeros, which tar would have to unpack."""
    info = member("s001/zeros")
    info.size = size
    return info.tobuf(tarfile.GNU_FORMAT)


@attack("gz", "xz", "zst")
def bombs_by_ratio(scene: Scene, form: str) -> None:
    kits(scene)
    block = bytes(1 << 20)
    for size, says in ((300 << 20, "too many bytes for its size"), (3 << 30, "is too large")):
        path, blocks = scene.work / f"x.tar.{form}", size >> 20 if size < 1 << 30 else 1
        if form == "zst":
            with path.open("wb") as out:
                packer = subprocess.Popen(["zstd", "-q", "-c"], stdin=subprocess.PIPE, stdout=out)
                assert packer.stdin
                packer.stdin.write(zeros(size))
                for _ in range(blocks):
                    packer.stdin.write(block)
                packer.stdin.close()
                expect(packer.wait() == 0, "zstd is needed")
        else:
            opened = gzip.open(path, "wb", 9) if form == "gz" else lzma.open(path, "wb", preset=0)
            with opened as out:
                out.write(zeros(size))
                for _ in range(blocks):
                    out.write(block)
        refused(scene, path.name, says)


@attack()
def bombs_in_a_zip(scene: Scene) -> None:
    """A zip that says less than it holds, one whose members share their bytes, and archives in archives."""
    kits(scene)
    with zipfile.ZipFile(scene.work / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("s001/.aiscaffold.json", b"{}")
        archive.writestr("s001/zeros", bytes(200 << 20))
    refused(scene, "x.zip", "too many bytes for its size")
    data = bytearray((scene.work / "x.zip").read_bytes())
    at = data.rfind(b"PK\1\2")
    data[at + 24:at + 28] = struct.pack("<I", 100)
    (scene.work / "y.zip").write_bytes(data)
    expect(verify(scene, "y.zip").status == 1, "a size that is a lie")
    inner = (scene.work / "x.zip").read_bytes()
    with zipfile.ZipFile(scene.work / "z.zip", "w") as archive:
        for number in range(300):
            archive.writestr(f"{number}.zip", inner)
    result = verify(scene, "z.zip", timeout=120)
    expect(result.status == 1 and result.out.count(b"too many bytes for its size") == 300, str(result))
    shared = bytearray()
    local = data[:data.find(b"PK\3\4", 4)]
    with zipfile.ZipFile(io.BytesIO(inner)) as archive:
        first = archive.infolist()[1].header_offset
    local = inner[first:inner.find(b"PK\1\2")]
    shared += local
    directory = b""
    for number in range(100):
        name = f"s001/{number:05}"
        entry = bytearray(inner[at:at + 46])
        entry[28:30] = struct.pack("<H", len(name))
        entry[30:34] = bytes(4)
        entry[42:46] = bytes(4)
        directory += bytes(entry) + name.encode()
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 100, 100, len(directory), len(shared), 0)
    (scene.work / "s.zip").write_bytes(bytes(shared) + directory + end)
    refused(scene, "s.zip", "too many bytes for its size")


@attack()
def bombs_by_count(scene: Scene) -> None:
    kits(scene)
    with gzip.open(scene.work / "x.tar.gz", "wb", 1) as out:
        for number in range(500_001):
            out.write(member(f"s001/{number}").tobuf(tarfile.GNU_FORMAT))
    refused(scene, "x.tar.gz", "too many members")
    with tarfile.open(scene.work / "y.tar", "w") as archive:
        archive.add(scene.work / "kits/s001", "s001")
        for number in range(1000):
            archive.addfile(member(f"s001/{number}"))
    expect(verify(scene, "y.tar").status == 0, "the control")


@attack()
def deep_archives(scene: Scene) -> None:
    """An archive in an archive is opened; what is deeper is not."""
    kits(scene)
    inner = scene.work / "kits/s001.tar.gz"
    for depth, status in ((1, 0), (2, 1), (30, 1)):
        at = inner
        for number in range(depth):
            outer = scene.work / f"{depth}-{number}.tar.gz"
            with tarfile.open(outer, "w:gz") as archive:
                archive.add(at, at.name)
            at = outer
        expect(verify(scene, at.name).status == status, f"{depth} deep")


@attack()
def encrypted_and_damaged_archives(scene: Scene) -> None:
    kits(scene)
    with zipfile.ZipFile(scene.work / "x.zip", "w") as archive:
        archive.writestr("s001/.aiscaffold.json", b"{}" * 100)
    data = bytearray((scene.work / "x.zip").read_bytes())
    for at in (6, data.find(b"PK\1\2") + 8):
        data[at] |= 1
    (scene.work / "y.zip").write_bytes(data)
    refused(scene, "y.zip", "is encrypted")
    data = bytearray((scene.work / "x.zip").read_bytes())
    data[data.find(b"{}{}") + 5] ^= 1
    (scene.work / "y.zip").write_bytes(data)
    refused(scene, "y.zip", "no whole")
    whole = (scene.work / "kits/s001.tar.gz").read_bytes()
    for size in (0, 1, 10, len(whole) // 2, len(whole) - 1):
        (scene.work / "t.tar.gz").write_bytes(whole[:size])
        refused(scene, "t.tar.gz", "no whole")
    for at in range(20, len(whole), len(whole) // 40):
        (scene.work / "t.tar.gz").write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1:])
        expect(verify(scene, "t.tar.gz").status in (0, 1, 6), f"byte {at}")


@attack(".aiscaffold.json", ".git", ".git/HEAD", ".git/objects", "tests", "tests/test_a.py", "README.md")
def links_in_a_folder(scene: Scene, what: str) -> None:
    place = kits(scene) / "s001" / what
    outside = scene.outside / "kept"
    subprocess.run(["cp", "-R", scene.work / "kits/s002" / what, outside], check=True)
    (outside / "secret" if outside.is_dir() else outside).write_text(SECRET)
    scene.before = scene.state()
    subprocess.run(["rm", "-rf", place], check=True)
    place.symlink_to(outside)
    result = verify(scene, "kits/s001", "kits/s002")
    expect(result.status in (0, 6) and b"kits/s002: untouched" in result.out, str(result))
    expect(b"is no regular file and was not read" in result.out, str(result))
    expect((result.status == 0) == (what.startswith(".git") or what == "README.md"), str(result))


@attack()
def other_things_in_a_folder(scene: Scene) -> None:
    place = kits(scene) / "s001"
    os.mkfifo(place / "pipe")
    os.mkfifo(place / ".git/refs/pipe")
    os.mkfifo(place.parent / "pipe.zip")
    expect(verify(scene, "kits", timeout=20).status == 0, "pipes are not opened")
    os.mkfifo(place / "tests/pipe")
    result = verify(scene, "kits/s001", timeout=20)
    expect(result.status == 6 and b"added      tests/pipe" in result.out, str(result))
    os.unlink(place / "tests/pipe")
    at = place
    for _ in range(100):
        at = at / "deep"
        at.mkdir()
    refused(scene, "kits/s001", "more than 64 names")
    subprocess.run(["rm", "-rf", place / "deep"], check=True)
    os.close(os.open(os.fsencode(place) + b"/\xff\x1b", os.O_CREAT))
    refused(scene, "kits/s001", "is not UTF-8")


@attack()
def a_repository_that_names_programs(scene: Scene) -> None:
    """Its configuration has no say: filters, hooks, monitors, alternates, includes and other work trees."""
    place = kits(scene) / "s001"
    trap, mark = scene.root / "trap", scene.outside / "taken"
    trap.write_text(f'#!/bin/sh\necho taken >>"{mark}"\n')
    trap.chmod(0o755)
    for key, value in {"core.fsmonitor": trap, "filter.x.clean": trap, "filter.x.smudge": trap, "core.hooksPath": scene.root,
                       "include.path": scene.sentinel, "core.worktree": scene.outside, "core.excludesFile": "/dev/zero",
                       "extensions.objectFormat": "sha256", "core.repositoryFormatVersion": 99}.items():
        subprocess.run(["git", "config", "-f", place / ".git/config", key, str(value)], check=True)
    (place / ".gitattributes").write_text("* filter=x\n")
    (place / ".git/objects/info").mkdir(exist_ok=True)
    (place / ".git/objects/info/alternates").write_text(f"{scene.outside}\n/dev/zero\n")
    (place / ".git/info").mkdir(exist_ok=True)
    (place / ".git/info/grafts").write_text("0" * 40 + "\n")
    result = verify(scene, "kits/s001")
    expect(result.status == 0 and b"history    pristine commit" in result.out, str(result))
    expect(not mark.exists(), "a program was started")


def loose(place: Path, kind: str, data: bytes, name: str = "") -> str:
    whole = f"{kind} {len(data)}\0".encode() + data
    name = name or hashlib.sha1(whole).hexdigest()
    path = place / ".git/objects" / name[:2] / name[2:]
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_bytes(zlib.compress(whole))
    return name


def point_head_at(place: Path, commit: str) -> None:
    (place / ".git/HEAD").write_text(commit + "\n")


def told(scene: Scene, note: str) -> None:
    """The history is given up, the files are compared with the record all the same."""
    result = verify(scene, "kits/s001", "kits/s002")
    expect(result.status == 0 and note.encode() in result.out, f"{note!r} expected: {result.out!r} {result}")
    expect(b"kits/s002: untouched" in result.out, str(result))


def pack_of(place: Path, entries: list[tuple[str, bytes]]) -> None:
    """A pack and an index of these entries, by ids that need not be theirs."""
    pack = b"PACK" + struct.pack(">II", 2, len(entries))
    offsets = []
    for _, raw in entries:
        offsets.append(len(pack))
        pack += raw
    pack += hashlib.sha1(pack).digest()
    rows = sorted(zip((name for name, _ in entries), offsets, strict=True))
    fan = b"".join(struct.pack(">I", sum(int(name[:2], 16) <= first for name, _ in rows)) for first in range(256))
    index = b"\377tOc" + struct.pack(">I", 2) + fan + b"".join(bytes.fromhex(name) for name, _ in rows)
    index += bytes(4 * len(rows)) + b"".join(struct.pack(">I", offset) for _, offset in rows) + pack[-20:]
    folder = place / ".git/objects/pack"
    (folder / "pack-x.pack").write_bytes(pack)
    (folder / "pack-x.idx").write_bytes(index + hashlib.sha1(index).digest())


def entry(kind: int, size: int, data: bytes, base: bytes = b"") -> bytes:
    head, size = bytearray([kind << 4 | size & 15]), size >> 4
    while size:
        head[-1] |= 0x80
        head.append(size & 0x7f)
        size >>= 7
    return bytes(head) + base + zlib.compress(data)


def number(size: int) -> bytes:
    out = bytearray()
    while True:
        out.append(size & 0x7f | (0x80 if size >> 7 else 0))
        size >>= 7
        if not size:
            return bytes(out)


@attack()
def hostile_objects(scene: Scene) -> None:
    """Objects that are too large, too deep, in a circle, or not what their ids say."""
    place = kits(scene) / "s001"
    ids = [f"{n:040x}" for n in range(0xaa00, 0xaa09)]
    raw = [bytes.fromhex(name) for name in ids]
    point_head_at(place, ids[0])
    told(scene, "no commit that can be read")
    loose(place, "commit", b"tree " + b"0" * 40 + b"\nauthor a <a> 1 +0000\ncommitter a <a> 1 +0000\n\nx\n", ids[0])
    told(scene, "its git history is damaged")
    (place / f".git/objects/{ids[0][:2]}/{ids[0][2:]}").unlink()
    for what in ([(ids[0], entry(7, 10, b"x" * 10, raw[1])), (ids[1], entry(7, 10, b"x" * 10, raw[0]))],
                 [(ids[0], entry(7, 10, b"x" * 10, raw[0]))],
                 [(ids[0], entry(6, 10, b"x" * 10, b"\xff\xff\xff\x7f"))], [(ids[0], entry(6, 10, b"x" * 10, b"\0"))],
                 [(ids[0], entry(1, 1 << 28, bytes(1 << 10)))], [(ids[0], entry(1, 10, bytes(400 << 20)))],
                 [(ids[0], entry(0, 10, b"x" * 10))], [(ids[0], entry(5, 10, b"x" * 10))], [(ids[0], b"\xf1" + b"\xff" * 60)],
                 # a delta that makes 2^40 bytes, or many copies
                 [(ids[1], entry(1, 16, b"y" * 16)), (ids[0], entry(7, 40, number(16) + number(1 << 40) + b"\x91\0\x10" * 9, raw[1]))],
                 [(ids[1], entry(1, 1 << 16, b"y" * (1 << 16))),
                  (ids[0], entry(7, len(number(1 << 16) + number(1 << 29)) + (1 << 13), number(1 << 16) + number(1 << 29) + b"\x80" * (1 << 13), raw[1]))]):
        pack_of(place, what)
        told(scene, "its git history is damaged")
    for data in (b"", b"PACK", b"\377tOc\0\0\0\2" + b"\xff" * 2000):
        (place / ".git/objects/pack/pack-x.idx").write_bytes(data)
        told(scene, "no commit that can be read")


def claim(place: Path, tree: str, digest: str) -> None:
    text = (f"tree {tree}\nauthor a <a> 1 +0000\ncommitter a <a> 1 +0000\n\nStart\n\nAiscaffold-Template: course\n"
            f"Aiscaffold-Version: 1.0.0\nAiscaffold-Edition: starter\nAiscaffold-Digest: sha256:{digest}\n")
    point_head_at(place, loose(place, "commit", text.encode()))


@attack()
def hostile_trees(scene: Scene) -> None:
    """Trees of trees without end, of names that climb, and a circle can't be made: none is believed."""
    place = kits(scene) / "s001"
    blob = loose(place, "blob", b"x")
    tree = loose(place, "tree", b"".join(f"100644 {n:03}\0".encode() + bytes.fromhex(blob) for n in range(500)))
    for _ in range(12):
        tree = loose(place, "tree", b"".join(f"40000 {n:02}\0".encode() + bytes.fromhex(tree) for n in range(50)))
    says = b"altered: the commit that claims to be pristine"
    claim(place, tree, "0" * 64)
    result = verify(scene, "kits/s001", timeout=60)
    expect(result.status == 6 and says in result.out, str(result))
    for mode, name in (("100644", ".."), ("100644", "a/b"), ("40000", ".git"), ("120000", "x"), ("160000", "x"), ("100644", "")):
        claim(place, loose(place, "tree", f"{mode} {name}\0".encode() + bytes.fromhex(blob)), "0" * 64)
        result = verify(scene, "kits/s001")
        expect(result.status == 6 and says in result.out, str(result))
    for data in (b"100644 x", b"100644 x\0" + b"\0" * 5, b"x", b"\0" * 100):
        claim(place, loose(place, "tree", data), "0" * 64)
        expect(verify(scene, "kits/s001").status == 6, "a tree that is none")


@attack()
def a_forged_pristine_commit(scene: Scene) -> None:
    """A student makes a history, a record and a trailer that fit each other: only the report tells."""
    place = kits(scene) / "s001"
    (place / "tests/test_a.py").write_text("assert True\n")
    record = json.loads((place / ".aiscaffold.json").read_text())
    record["files"]["tests/test_a.py"]["sha256"] = hashlib.sha256(b"assert True\n").hexdigest()
    (place / ".aiscaffold.json").write_text(json.dumps(record))
    paths = sorted(path for path in place.rglob("*") if path.is_file() and ".git" not in path.parts)
    lines = "".join(f"100644 {hashlib.sha256(path.read_bytes()).hexdigest()} {path.relative_to(place)}\n" for path in paths)
    digest = hashlib.sha256(lines.encode()).hexdigest()
    git = {"PATH": "/usr/bin:/bin", "HOME": str(scene.home), "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a",
           "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a"}
    subprocess.run(["git", "-C", place, "add", "-A"], env=git, check=True)
    subprocess.run(["git", "-C", place, "commit", "-q", "--amend", "-m", f"Start\n\nAiscaffold-Digest: sha256:{digest}\n"],
                   env=git, check=True)
    expect(scene.run("verify", "kits/s001").status == 0, "without a report it can't be told")
    result = verify(scene, "kits/s001")
    expect(result.status == 6 and b"altered: it is not the record of which the report" in result.out, str(result))


@attack("deep", "large", "globs", "many", "escapes", "twice", "nul")
def hostile_records(scene: Scene, what: str) -> None:
    place = kits(scene) / "s001"
    subprocess.run(["rm", "-rf", place / ".git"], check=True)
    record = json.loads((place / ".aiscaffold.json").read_text())
    if what == "globs":
        record["roles"]["protected"] = ["*a" * 100 + f"**/{n}" for n in range(256)]
        for number_of in range(2000):
            (place / f"{'a' * 200}{number_of}").touch()
    elif what == "many":
        record["files"] = {f"f{n}": {"sha256": "0" * 64} for n in range(100_001)}
    elif what == "escapes":
        record["template"] = record["version"] = "\x1b[2J\u202e\nx"
        record["milestones"] = [{"id": "\x1b]0;x\x07", "files": ["\x1b[2J"]}]
    text = {"deep": "[" * 100_000, "large": '{"x": "' + "x" * (40 << 20) + '"}', "twice": '{"kit": 1, "kit": 2}',
            "nul": '{"kit\\u0000": 1}'}.get(what) or json.dumps(record)
    (place / ".aiscaffold.json").write_text(text)
    result = verify(scene, "kits/s001", "kits/s002", timeout=60)
    expect(result.status in (1, 6) and b"kits/s002: untouched" in result.out, str(result))
    if what == "globs":
        expect(b"kits/s001: its record has too many globs for so many files" in result.out, str(result))
    else:
        expect(b"unreadable" in result.out or b"altered" in result.out, str(result))
    for form in ("--json", "--csv"):
        scene.run("verify", form, "kits/s001")


@attack()
def many_links_for_many_files(scene: Scene) -> None:
    """A record of many protected files that are gone, and as many links that were not read."""
    place = kits(scene) / "s001"
    subprocess.run(["rm", "-rf", place / ".git"], check=True)
    record = json.loads((place / ".aiscaffold.json").read_text())
    one = next(iter(record["files"].values()))
    record["files"] = {f"tests/gone/{n:06}": one for n in range(90_000)}
    (place / ".aiscaffold.json").write_text(json.dumps(record))
    with tarfile.open(scene.work / "x.tar", "w") as archive:
        archive.add(place, "s001")
        for number_of in range(150_000):
            archive.addfile(member(f"s001/tests/link/{number_of:06}", tarfile.LNKTYPE, "x"))
    result = verify(scene, "x.tar", "kits/s002", timeout=20)
    expect(result.status == 6 and b"kits/s002: untouched" in result.out, str(result))
