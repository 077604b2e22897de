"""Whatever goes wrong, the client gets one shape, the right status and no echo."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

JSON = {"Content-Type": "application/json"}


def assert_error(response: object, status: int, code: str) -> str:
    assert response.status_code == status  # type: ignore[attr-defined]
    body = response.json()  # type: ignore[attr-defined]
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    assert body["error"]["code"] == code
    assert body["error"]["message"]
    return str(body["error"]["message"])


def test_a_good_request_passes(client: TestClient) -> None:
    response = client.post("/items", json={"name": "tent", "size": 2})
    assert response.status_code == 200
    assert response.json() == {"name": "tent", "size": 2}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": 1},
        {"name": None},
        {"name": ["a"]},
        {"name": "a", "size": "2"},
        {"name": "a", "size": True},
        [],
        "text",
        3,
    ],
)
def test_wrong_types_are_named(client: TestClient, body: object) -> None:
    assert_error(client.post("/items", json=body), 422, "invalid_request")


def test_the_message_names_the_field_but_not_its_value(client: TestClient) -> None:
    response = client.post("/items", json={"name": "a", "size": "sesame"})
    message = assert_error(response, 422, "invalid_request")
    assert "size" in message
    assert "sesame" not in response.text


def test_an_unknown_field_is_refused_without_repeating_it(client: TestClient) -> None:
    response = client.post("/items", json={"name": "a", "<script>": 1})
    assert_error(response, 422, "invalid_request")
    assert "script" not in response.text


def test_many_problems_give_a_short_message(client: TestClient) -> None:
    body = {"name": "a"} | {f"field{number}": 1 for number in range(1000)}
    response = client.post("/items", json=body)
    assert len(assert_error(response, 422, "invalid_request")) < 500


@pytest.mark.parametrize("body", [b"{", b"", b"{'name': 'a'}", b'{"name": }'])
def test_broken_json(client: TestClient, body: bytes) -> None:
    response = client.post("/items", content=body, headers=JSON)
    assert response.status_code in {400, 422}
    assert response.json()["error"]["code"] in {"invalid_json", "invalid_request"}


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 50_000,
        b'{"name": ' + b"9" * 50_000 + b"}",
        b'{"name": "\xff\xfe"}',
        b'{"name": "\\ud800"}',
        b'{"name": NaN}',
    ],
    ids=["deep", "long number", "not utf-8", "half a surrogate", "nan"],
)
def test_hostile_json(client: TestClient, body: bytes) -> None:
    response = client.post("/items", content=body, headers=JSON)
    assert response.status_code in {400, 422}
    assert set(response.json()) == {"error"}


def test_no_body_at_all(client: TestClient) -> None:
    assert_error(client.post("/items"), 415, "unsupported_media_type")
    assert_error(client.post("/items", headers=JSON), 422, "invalid_request")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "json"])
def test_other_content_types(client: TestClient, kind: str) -> None:
    response = client.post("/items", content=b'{"name": "a"}', headers={"Content-Type": kind})
    assert_error(response, 415, "unsupported_media_type")


def test_json_with_a_character_set_is_json(client: TestClient) -> None:
    kind = {"Content-Type": "Application/JSON; charset=utf-8"}
    assert client.post("/items", content=b'{"name": "a"}', headers=kind).status_code == 200


def test_unknown_address(client: TestClient) -> None:
    assert_error(client.get("/nothing/here"), 404, "not_found")


def test_wrong_type_in_the_path(client: TestClient) -> None:
    assert_error(client.get("/items/tent"), 422, "invalid_request")


def test_wrong_method_names_the_right_one(client: TestClient) -> None:
    response = client.delete("/items")
    assert_error(response, 405, "method_not_allowed")
    assert response.headers["allow"] == "POST"


def test_headers_of_an_error_are_kept(client: TestClient) -> None:
    response = client.get("/busy")
    assert assert_error(response, 429, "too_many_requests") == "Slow down."
    assert response.headers["retry-after"] == "1"


def test_a_status_without_a_name(client: TestClient) -> None:
    assert_error(client.get("/teapot"), 418, "error")


def test_a_crash_says_nothing_about_itself(client: TestClient) -> None:
    response = client.get("/broken")
    assert_error(response, 500, "internal_error")
    assert "typed" not in response.text
    assert "Traceback" not in response.text
    assert response.headers["x-request-id"]
    assert "content-security-policy" in response.headers


def test_an_announced_body_over_the_limit(client: TestClient) -> None:
    response = client.post("/items", json={"name": "a" * 70_000})
    assert "64 KiB" in assert_error(response, 413, "body_too_large")


def test_a_streamed_body_over_the_limit(client: TestClient) -> None:
    sent = 0

    def chunks() -> Iterator[bytes]:
        nonlocal sent
        yield b'{"name": "'
        for _ in range(100):
            sent += 1
            yield b"a" * 1024
        yield b'"}'

    response = client.post("/items", content=chunks(), headers=JSON)
    assert_error(response, 413, "body_too_large")


def test_a_streamed_body_within_the_limit(client: TestClient) -> None:
    response = client.post("/items", content=iter([b'{"name"', b': "a"}']), headers=JSON)
    assert response.status_code == 200


def test_a_nonsense_length_is_refused(client: TestClient) -> None:
    headers = JSON | {"Content-Length": "9" * 30}
    assert_error(client.post("/items", content=b"{}", headers=headers), 413, "body_too_large")


def test_a_route_may_raise_the_limit(client: TestClient) -> None:
    client.app.state.max_body_bytes = 100_000  # type: ignore[attr-defined]
    assert client.post("/items", json={"name": "a" * 70_000}).status_code == 200
