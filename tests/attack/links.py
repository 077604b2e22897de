"""Symbolic links: in templates, at the target, beside it, and in what is packed."""

import os
import stat

from scene import SECRET, Scene, attack, expect

LINKS = ("file", "folder", "dangling", "chain", "loop", "inside", "proc")


def lay_link(scene: Scene, kind: str, place: str) -> None:
    link = scene.work / place
    link.parent.mkdir(parents=True, exist_ok=True)
    targets = {"file": scene.sentinel, "folder": scene.outside, "dangling": scene.outside / "nothing",
               "loop": link.name, "inside": "a.txt", "proc": "/proc/self/root" + str(scene.sentinel),
               "chain": link.with_name("second")}
    if kind == "chain":
        link.with_name("second").symlink_to(link.with_name("third").name)
        link.with_name("third").symlink_to(os.path.relpath(scene.outside, link.parent))
    link.symlink_to(targets[kind])


@attack(*[(kind, place) for kind in LINKS for place in
          ("t/files/link", "t/files/deep/er/link.jinja", "t/layers/link", "t/link")])
def in_a_template(scene: Scene, kind: str, place: str) -> None:
    scene.template()
    lay_link(scene, kind, place)
    scene.refuse_new(says="symbolic link")
    name = os.path.basename(place)
    expect(name in scene.refuse_new().err.decode() or kind == "chain", "the link is not named")
    scene.refuse_new("--package", "--no-git", says="symbolic link")
    expect(scene.run("check", "./t").status == 3, "check takes the link")
    for path in (scene.work / place).parent.glob("*"):
        if path.is_symlink():
            path.unlink()
    scene.new()


@attack("template.json", "files")
def a_part_of_the_template_itself(scene: Scene, name: str) -> None:
    scene.template()
    (scene.work / "t" / name).rename(scene.work / name)
    (scene.work / "t" / name).symlink_to(scene.work / name)
    scene.refuse_new(says="symbolic link")
    (scene.work / "t" / name).unlink()
    (scene.work / name).rename(scene.work / "t" / name)
    scene.new()


@attack("file", "folder", "dangling", "loop")
def the_target_is_a_link(scene: Scene, kind: str) -> None:
    scene.template()
    lay_link(scene, kind, "out")
    scene.refuse_new(status=1, says="exists already")
    (scene.work / "out").unlink()
    lay_link(scene, kind, "out.tar.gz")
    scene.refuse_new("--package", status=1, says="exists already")
    scene.refuse("package", "t", "-o", "out.tar.gz", status=1, says="exists already")
    (scene.work / "out.tar.gz").unlink()
    scene.new("--package")


@attack()
def the_targets_folder_is_a_link(scene: Scene) -> None:
    """The user's own word: the project goes where it leads, and nothing else happens there."""
    (scene.root / "elsewhere").mkdir()
    (scene.work / "in").symlink_to(scene.root / "elsewhere")
    scene.template()
    scene.new(target="in/out")
    expect(os.listdir(scene.root / "elsewhere") == ["out"], "not only the project was made")


@attack("link", "folder of links", "fifo", "file of another", "deep")
def planted_temporaries(scene: Scene, kind: str) -> None:
    """What looks abandoned is removed, and what it points to stays."""
    planted = scene.work / ".aiscaffold-0123456789abcdef.tmp"
    scene.template()
    if kind == "link":
        planted.symlink_to(scene.outside)
    elif kind == "folder of links":
        planted.mkdir()
        (planted / "a").symlink_to(scene.outside)
        (planted / "b").mkdir()
        (planted / "b/c").symlink_to(scene.sentinel)
    elif kind == "fifo":
        os.mkfifo(planted)
    elif kind == "file of another":
        os.link(scene.sentinel, planted)
    else:
        at = planted
        for _ in range(300):
            at.mkdir()
            at = at / "d"
        at.symlink_to(scene.outside)
    scene.new()
    gone = not os.path.lexists(planted)
    expect(gone == (kind not in ("link", "fifo")), "not what is to be removed")
    if not gone:
        planted.unlink()


@attack("file", "folder", "dangling", "chain", "loop", "proc")
def in_a_folder_to_pack(scene: Scene, kind: str) -> None:
    (scene.work / "p").mkdir()
    (scene.work / "p/a.txt").write_text("a\n")
    lay_link(scene, kind, "p/link")
    for ending in ("tar.gz", "zip"):
        result = scene.refuse("package", "p", "-o", f"p.{ending}", status=1, says="symbolic link")
        expect(SECRET not in result.err.decode(), "the sentinel was read")
    for path in (scene.work / "p").glob("*"):
        if path.is_symlink():
            path.unlink()
    scene.accept("package", "p", "-o", "p.tar.gz", "-q")


@attack("fifo", "socket", "device")
def no_regular_file(scene: Scene, kind: str) -> None:
    types = {"fifo": stat.S_IFIFO, "socket": stat.S_IFSOCK, "device": stat.S_IFCHR}
    scene.template()
    (scene.work / "p").mkdir()
    for folder in ("t/files", "p"):
        if os.getuid() and kind == "device":
            return
        os.mknod(scene.work / folder / "strange", types[kind] | 0o600, os.makedev(1, 5))
    scene.refuse_new(status=(1, 3), says="strange", timeout=10)
    scene.refuse("package", "p", "-o", "p.tar", status=1, says="strange", timeout=10)
    for folder in ("t/files", "p"):
        (scene.work / folder / "strange").unlink()
    scene.new()
    scene.accept("package", "p", "-o", "p.tar", "-q")
