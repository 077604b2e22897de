"""The binary and its run: hardening, interrupts, two runs at once, and what a killed run leaves."""

import os
import shutil
import signal
import subprocess
import time

from scene import Scene, attack, expect


def readelf(scene: Scene, *options: str) -> str:
    return subprocess.run(["readelf", "-W", *options, scene.program], capture_output=True, text=True, check=True,
                          env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"}).stdout


@attack("position independent", "relocations read-only", "bound at start", "stack not executable", "stack protector",
        "fortified", "no segment writable and executable", "no search path")
def hardening(scene: Scene, what: str) -> None:
    if scene.sanitized:
        return  # built to find faults, not to withstand them
    header, segments, dynamic, symbols = (readelf(scene, option) for option in ("-h", "-l", "-d", "--dyn-syms"))
    loads = [line.split() for line in segments.splitlines() if line.split()[:1] in (["LOAD"], ["GNU_STACK"])]
    flags = {" ".join(words[6:-1]): words[0] for words in loads}
    seen = {
        "position independent": "DYN (Position-Independent Executable file)" in header,
        "relocations read-only": "GNU_RELRO" in segments,
        "bound at start": "BIND_NOW" in dynamic and "NOW" in dynamic,
        "stack not executable": any(words[0] == "GNU_STACK" and "E" not in words[6:-1] for words in loads),
        "stack protector": "__stack_chk_fail" in symbols,
        "fortified": "_chk@" in symbols.replace("__stack_chk_fail", ""),
        "no segment writable and executable": flags and not any("W" in key and "E" in key for key in flags),
        "no search path": "RPATH" not in dynamic and "RUNPATH" not in dynamic,
    }
    expect(seen[what], f"the binary is not so: {what}")


def lay_slow_template(scene: Scene) -> None:
    """Each value ends within its bound; all of them together take very long."""
    scene.template(tree=[{"from": "a.txt", "to": "{{ range(400000) | sum }}/{{ n }}", "each": "n in range(90000)"}])


@attack(*(signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
def an_interrupt_ends_a_plan_that_takes_long(scene: Scene, number: signal.Signals) -> None:
    lay_slow_template(scene)
    process = subprocess.Popen([scene.program, "new", "./t", "out", "-q"], cwd=scene.work, stderr=subprocess.PIPE,
                               env={"HOME": str(scene.home)})
    time.sleep(1)
    expect(process.poll() is None, "the template is not slow")
    process.send_signal(number)
    try:
        _, err = process.communicate(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        expect(False, "it goes on after an interrupt")
    expect(process.returncode == 128 + number and err == b"aiscaffold: interrupted\n", f"{process.returncode} {err!r}")
    expect(os.listdir(scene.work) == ["t"], "something was left")


@attack()
def an_interrupt_while_files_are_written(scene: Scene) -> None:
    scene.template({f"{n}.txt": "x" * 1000 for n in range(3000)})
    written = 0
    for number in range(20):
        process = subprocess.Popen([scene.program, "new", "./t", "out", "-q", "--package"], cwd=scene.work,
                                   stderr=subprocess.PIPE, env={"HOME": str(scene.home)})
        until = time.monotonic() + 20
        while len(os.listdir(scene.work)) == 1 and process.poll() is None and time.monotonic() < until:
            pass
        time.sleep(0.004 * number)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
        left = sorted(os.listdir(scene.work))
        if process.returncode == 0:
            expect(left == ["out", "out.tar.gz", "t"], f"not all was made: {left}")
            shutil.rmtree(scene.work / "out")
            (scene.work / "out.tar.gz").unlink()
        else:
            written += 1
            expect(process.returncode == 130 and err == b"aiscaffold: interrupted\n", f"{process.returncode} {err!r}")
            expect(left == ["t"], f"something was left: {left}")
    expect(written, "no interrupt came while files were written")


@attack("new", "package")
def two_runs_for_one_target(scene: Scene, what: str) -> None:
    """One wins, the other says so, and nothing else is left."""
    scene.template({f"{n}.txt": "x" * 100 for n in range(100)})
    command = ["new", "./t", "out", "-q", "--package"] if what == "new" else ["package", "t", "-o", "out.tar.gz", "-q"]
    made = ["out", "out.tar.gz", "t"] if what == "new" else ["out.tar.gz", "t"]
    both = 0
    for _ in range(60):
        runs = [subprocess.Popen([scene.program, *command], cwd=scene.work, stderr=subprocess.PIPE,
                                 env={"HOME": str(scene.home)}) for _ in range(3)]
        errors = [run.communicate(timeout=60)[1] for run in runs]
        codes = sorted(run.returncode for run in runs)
        expect(codes == [0, 1, 1], f"statuses {codes}: {errors}")
        expect(sorted(os.listdir(scene.work)) == made, f"left: {os.listdir(scene.work)}")
        lost = [err for run, err in zip(runs, errors) if run.returncode]
        expect(all(err.count(b"\n") == 1 and b"nothing is replaced" in err for err in lost), f"{lost}")
        both += 1
        shutil.rmtree(scene.work / "out", ignore_errors=True)
        (scene.work / "out.tar.gz").unlink()
    expect(both == 60, "too few rounds")


@attack()
def without_standard_streams(scene: Scene) -> None:
    """No file of the project becomes what the program takes for its output."""
    scene.template()
    for closed in ((0,), (1,), (2,), (0, 1, 2)):
        process = subprocess.Popen([scene.program, "new", "./t", "out", "--package", "--json"], cwd=scene.work,
                                   env={"HOME": str(scene.home)}, preexec_fn=lambda c=closed: [os.close(fd) for fd in c],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        process.wait(timeout=30)
        if (scene.work / "out").exists():
            expect((scene.work / "out/a.txt").read_text() == "a\n", "what was printed is in a file")
            record = (scene.work / "out/.aiscaffold.json").read_text()
            expect("aiscaffold.project/1" in record and "aiscaffold.new/1" not in record, "the record is not itself")
        shutil.rmtree(scene.work / "out", ignore_errors=True)
        (scene.work / "out.tar.gz").unlink(missing_ok=True)
