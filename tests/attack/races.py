"""Links that are swapped in while the program works: whoever may write beside the target tries to lead it out."""

import os
import random
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

from scene import Scene, attack, expect

FOLDERS = [f"d{number:03}" for number in range(120)]


class Racer(threading.Thread):
    """Does `swap` again and again; `tries` counts how often it changed something."""

    def __init__(self, swap: Callable[[], int]) -> None:
        super().__init__(daemon=True)
        self.swap, self.over, self.tries = swap, threading.Event(), 0

    def run(self) -> None:
        while not self.over.is_set():
            self.tries += self.swap()

    def __enter__(self) -> "Racer":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.join()


def replace_by_link(path: Path, target: Path, chance: random.Random) -> int:
    """Puts a link where a folder is or will be."""
    try:
        if path.is_symlink():
            return 0
        if path.exists():
            path.rename(path.with_name(f"moved-{chance.random()}"))
        path.symlink_to(target)
        return 1
    except OSError:
        return 0


def temporaries(scene: Scene) -> list[Path]:
    return [Path(item.path) for item in os.scandir(scene.work) if item.name.startswith(".aiscaffold-")]


def swap_subfolders(scene: Scene, target: Path, chance: random.Random) -> Callable[[], int]:
    def swap() -> int:
        done = 0
        for temporary in temporaries(scene):
            for name in chance.sample(FOLDERS, 30):
                done += replace_by_link(temporary / name, target, chance)
        return done
    return swap


def write_by_name(place: Path) -> None:
    """What a program does that has no defence: it makes folders and writes files by their paths."""
    temporary = place / ".aiscaffold-0000000000000000.tmp"
    temporary.mkdir()
    for name in FOLDERS:
        os.makedirs(temporary / name, exist_ok=True)
        (temporary / name / "f").write_text("written\n")


def clean(scene: Scene) -> None:
    """Removes all but the template, also under the racer's hands."""
    while rest := [item for item in os.scandir(scene.work) if item.name != "t"]:
        for item in rest:
            if item.is_dir(follow_symlinks=False):
                shutil.rmtree(item.path, ignore_errors=True)
            else:
                Path(item.path).unlink(missing_ok=True)


@attack()
def subfolders_of_the_temporary(scene: Scene) -> None:
    chance, trap = random.Random(1), scene.root / "trap"
    scene.template({f"{name}/f": "written\n" for name in FOLDERS})
    refused, until = 0, time.monotonic() + 60
    with Racer(swap_subfolders(scene, scene.outside, chance)) as racer:
        while racer.tries < 5000 and time.monotonic() < until:
            result = scene.run("new", "./t", "out", "-q", "--no-git")
            refused += result.status != 0
            expect(scene.state() == scene.before, f"written outside after {racer.tries} tries: {result}")
            clean(scene)
    expect(racer.tries >= 1000 and refused, f"only {racer.tries} tries, {refused} runs noticed one")
    trap.mkdir()
    until = time.monotonic() + 60
    with Racer(swap_subfolders(scene, trap, chance)):
        while not os.listdir(trap) and time.monotonic() < until:
            try:
                write_by_name(scene.work)
            except OSError:
                pass
            clean(scene)
    clean(scene)
    expect(os.listdir(trap), "the control was never led out: the race shows nothing")


@attack()
def the_temporary_itself(scene: Scene) -> None:
    chance = random.Random(2)
    scene.template({f"{name}/f": "written\n" for name in FOLDERS})

    def swap() -> int:
        return sum(replace_by_link(path, scene.outside, chance) for path in temporaries(scene))
    with Racer(swap) as racer:
        for _ in range(60):
            scene.run("new", "./t", "out", "-q", "--package")
            expect(scene.state() == scene.before, "written outside")
            clean(scene)
    expect(racer.tries >= 20, "too few tries")
    clean(scene)
    scene.new()


@attack("template", "package")
def a_file_that_is_read(scene: Scene, what: str) -> None:
    """A regular file becomes a link to the sentinel and back, while it is looked at and opened."""
    scene.template({f"{name}/f": "harmless\n" for name in FOLDERS[:40]})
    victim = scene.work / "t/files" / FOLDERS[20] / "f"
    spare, link = victim.with_name("spare"), scene.root / "link"
    link.symlink_to(scene.sentinel)
    spare.write_text("harmless\n")

    def swap() -> int:
        new = scene.root / "new"
        for source in (link, spare):
            if source is link:
                os.symlink(scene.sentinel, new)
            else:
                new.write_text("harmless\n")
            os.rename(new, victim)
        return 1
    command = ("new", "./t", "out", "-q", "--no-git") if what == "template" else \
        ("package", "t", "-o", "out.tar", "-q")
    refused, until = 0, time.monotonic() + 40
    with Racer(swap) as racer:
        while (racer.tries < 3000 or not refused) and time.monotonic() < until:
            result = scene.run(*command)
            refused += result.status != 0
            made = [path for top in scene.work.glob("out*") for path in (top, *top.rglob("f"))]
            for path in made:
                expect(path.is_dir() or b"SENTINEL" not in path.read_bytes(), f"the sentinel was read: {result}")
            clean(scene)
    expect(refused and racer.tries >= 500, f"only {racer.tries} tries, {refused} runs noticed one")


@attack()
def the_targets_folder_vanishes(scene: Scene) -> None:
    scene.template({f"{name}/f": "x\n" for name in FOLDERS})
    gone = scene.work / "gone"

    def swap() -> int:
        if not gone.exists():
            return 0
        chance = random.random()
        time.sleep(chance * 0.03)
        shutil.rmtree(gone, ignore_errors=True)
        return 1
    refused = 0
    with Racer(swap):
        for _ in range(60):
            gone.mkdir(exist_ok=True)
            result = scene.run("new", "./t", "gone/out", "-q", "--package")
            expect(result.status in (0, 1) and result.err.count(b"\n") == (result.status != 0), str(result))
            refused += result.status != 0
            shutil.rmtree(gone, ignore_errors=True)
    shutil.rmtree(gone, ignore_errors=True)
    expect(refused, "it never vanished in time")
    gone.mkdir()
    scene.new(target="gone/out")
