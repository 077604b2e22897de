"""Checks a file against the schema that a provider's own client carries; runs where those are installed."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

KINDS = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}


def cloud_run(path: Path) -> Iterator[str]:
    """The service along the description of the Cloud Run API that the client library ships."""
    import googleapiclient
    import yaml

    folder = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents"
    schemas = json.loads((folder / "run.v1.json").read_text(encoding="utf-8"))["schemas"]
    service = yaml.safe_load(path.read_text(encoding="utf-8"))
    yield from along(service, schemas["Service"], schemas, "service")


def along(value: Any, schema: dict[str, Any], schemas: dict[str, Any], place: str) -> Iterator[str]:
    """What of the value the schema doesn't know, or knows as another kind."""
    schema = schemas[schema["$ref"]] if "$ref" in schema else schema
    kind = KINDS.get(schema["type"])
    if kind is not None and not isinstance(value, kind):
        yield f"{place}: {value!r} is no {schema['type']}"
    elif isinstance(value, dict):
        for name, item in value.items():
            inner = schema.get("properties", {}).get(name) or schema.get("additionalProperties")
            if inner is None:
                yield f"{place}: {name} is not known"
            else:
                yield from along(item, inner, schemas, f"{place}.{name}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from along(item, schema["items"], schemas, f"{place}[{number}]")


def container_apps(path: Path) -> Iterator[str]:
    """The app and its environment along the client's models, by the names that fields have on the wire."""
    from azure.mgmt.appcontainers import models

    kinds = {"Microsoft.App/containerApps": "ContainerApp", "Microsoft.App/managedEnvironments": "ManagedEnvironment"}
    for resource in json.loads(path.read_text(encoding="utf-8"))["resources"]:
        if resource["type"] in kinds:
            # These two are the deployment's, not the resource's.
            body = {key: value for key, value in resource.items() if key not in ("apiVersion", "dependsOn")}
            yield from fields(body, kinds[resource["type"]], models, resource["type"])


def fields(value: dict[str, Any], model: str, models: Any, place: str) -> Iterator[str]:
    """What of the value the model has no field for."""
    known = wire_names(getattr(models, model), models)
    for name, item in value.items():
        if name not in known:
            yield f"{place}: {name} is not known"
        elif known[name]:
            for part in item if isinstance(item, list) else [item]:
                if isinstance(part, dict):
                    yield from fields(part, known[name], models, f"{place}.{name}")


def wire_names(model: Any, models: Any) -> dict[str, str | None]:
    """Field by its name on the wire -> the name of the model of its values, None for plain ones and maps."""
    model()  # the names are worked out when the first one is made
    hints: dict[str, str] = {}
    for kind in reversed(model.__mro__):
        hints |= {name: str(hint) for name, hint in vars(kind).get("__annotations__", {}).items()}
    found: dict[str, str | None] = {}
    for attribute, field in model._attr_to_rest_field.items():
        hint = hints.get(attribute, "")
        inner = re.search(r"_models\.(\w+)", hint)
        modelled = inner is not None and "dict" not in hint.lower() and hasattr(models, inner[1])
        found[field._rest_name] = inner[1] if inner and modelled else None
    return found


if __name__ == "__main__":
    told = list({"cloud-run": cloud_run, "container-apps": container_apps}[sys.argv[1]](Path(sys.argv[2])))
    print("\n".join(told))
    sys.exit(bool(told))
