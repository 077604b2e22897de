"""A language model behind any OpenAI-compatible address: hosted, Ollama or vLLM. Never required."""

import importlib
from typing import Any

from pydantic import Field, SecretStr

from .settings import ENV_PREFIX, ConfigurationError, ProjectSettings

MISSING_NAME = (
    f"A language model needs both {ENV_PREFIX}LLM_BASE_URL and {ENV_PREFIX}LLM_MODEL; "
    "set the other one as well, or neither"
)
MISSING_EXTRA = "A language model needs a further package: pip install -e '.[llm]'"


class LlmSettings(ProjectSettings):
    """Shared settings, and how to reach a language model if there is one."""

    llm_base_url: str | None = None
    llm_model: str | None = None
    llm_api_key: SecretStr | None = None
    llm_timeout_s: float = Field(default=20.0, gt=0, le=120)

    @property
    def llm_enabled(self) -> bool:
        """Either name switches the language model on; `connect` wants both."""
        return bool(self.llm_model or self.llm_base_url)


def connect(settings: LlmSettings) -> Any:
    """Return a client for the language model that the settings name, or None if they name none.

    Without an address the client would send what people typed to its maker's hosted service.
    """
    if not settings.llm_enabled:
        return None
    if not (settings.llm_model and settings.llm_base_url):
        raise ConfigurationError(MISSING_NAME)
    try:
        openai = importlib.import_module("openai")
    except ModuleNotFoundError as missing:
        raise ConfigurationError(MISSING_EXTRA) from missing
    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else "none"
    return openai.OpenAI(
        base_url=settings.llm_base_url, api_key=key, timeout=settings.llm_timeout_s, max_retries=1
    )


def complete(client: Any, model: str, system: str, user: str, max_tokens: int = 300) -> str:
    """Return the model's reply to one message, with as little chance in it as the model allows."""
    response = client.chat.completions.create(
        model=model,
        temperature=0,
        max_tokens=max_tokens,
        messages=[{"role": "system", "content": system}, {"role": "user", "content": user}],
    )
    return str(response.choices[0].message.content or "")
