"""Types for request bodies that Pydantic does not bring along."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict
from pydantic_core import PydanticCustomError


def well_formed(value: str) -> str:
    """Refuse half surrogates: JSON can spell them, but no file, log or answer can hold them."""
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise PydanticCustomError("text", "is not well-formed Unicode text") from error
    return value


Text = Annotated[str, AfterValidator(well_formed)]


class StrictBody(BaseModel):
    """A body with exactly the declared fields, in exactly the declared types."""

    model_config = ConfigDict(extra="forbid", strict=True)
