"""The real linters and schemas of what the options bring: each file is put before those that know it.

Not to be had from the package index, and so not asked: actionlint (zizmor and the workflow schema stand in for
it), kustomize (check_kustomize looks at what it would read) and promtool (the monitoring layer's own test holds
the alerts and the dashboard against what the service exports).
"""

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

SCHEMAS = Path(__file__).with_name("schemas.py")
YAML_RULES = (
    "{extends: default, rules: {line-length: disable, document-start: disable, truthy: disable, "
    "braces: {max-spaces-inside: 1}, comments: {min-spaces-from-content: 1}}}"
)
# Which linter looks at which files, as globs, with what. Each takes any number of files.
LINTERS: tuple[tuple[str, Sequence[str]], ...] = (
    ("Dockerfile", ["hadolint"]),
    (".github/workflows/*.yml", ["check-jsonschema", "--builtin-schema", "vendor.github-workflows"]),
    (".github/workflows/*.yml", ["zizmor", "--offline", "--quiet", "--no-progress", "--persona=pedantic"]),
    (".github/dependabot.yml", ["check-jsonschema", "--builtin-schema", "vendor.dependabot"]),
    (".gitlab-ci.yml", ["check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"]),
    ("compose*.yaml", ["check-jsonschema", "--builtin-schema", "vendor.compose-spec"]),
    (".pre-commit-config.yaml", ["pre-commit", "validate-config"]),
    ("deploy/kubernetes/base/[!k]*.yaml", ["kubernetes-validate", "--strict", "--quiet"]),
    ("deploy/kubernetes/overlays/*/[!kr]*.yaml", ["kubernetes-validate", "--strict", "--quiet"]),
    ("deploy/aws/*.yaml", ["cfn-lint"]),
    ("**/*.y*ml", ["yamllint", "--strict", "--config-data", YAML_RULES]),
)


def check_with_linters(project: Path, tools: Path) -> Iterator[str]:
    """Put all files before the linters that know them."""
    for pattern, (tool, *words) in LINTERS:
        found = [path.relative_to(project) for path in sorted(project.glob(pattern))]
        names = [str(path) for path in found if not {".git", ".venv"} & {*path.parts}]
        if names:
            yield from _run([str(tools / tool), *words, *names], project)
    yield from _run([str(tools / "ruff"), "check", "--no-cache", "."], project)
    yield from _run([str(tools / "ruff"), "format", "--check", "--no-cache", "."], project)


def _run(command: Sequence[str], folder: Path) -> Iterator[str]:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        yield f"{Path(command[0]).name}:\n{done.stdout}{done.stderr}"


def check_cloud_run(project: Path, tools: Path) -> Iterator[str]:
    """The service on Cloud Run against the published description of its API."""
    path = project / "deploy/gcp/service.yaml"
    if path.is_file():
        yield from _run([str(tools / "python"), str(SCHEMAS), "cloud-run", str(path)], project)


def check_container_apps(project: Path, tools: Path) -> Iterator[str]:
    """The app on Azure Container Apps against the models of the provider's client."""
    path = project / "deploy/azure/main.json"
    if path.is_file():
        yield from _run([str(tools / "python"), str(SCHEMAS), "container-apps", str(path)], project)


def check_kustomize(project: Path, _: Path) -> Iterator[str]:
    """What a kustomization names is there, and all that is there is named."""
    for path in sorted(project.glob("deploy/kubernetes/**/kustomization.yaml")):
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        named = {*said.get("resources", []), *(patch["path"] for patch in said.get("patches", []))}
        for name in sorted(named):
            if not (path.parent / name).exists():
                yield f"{path.relative_to(project)}: {name} is not there"
        there = {other.name for other in path.parent.glob("*.yaml")} - {path.name}
        for name in sorted(there - named):
            yield f"{path.parent.relative_to(project)}/{name}: no kustomization names it"


CHECKS = (check_with_linters, check_cloud_run, check_container_apps, check_kustomize)
