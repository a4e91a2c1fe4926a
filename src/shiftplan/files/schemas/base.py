"""What all forms share: numbers, and an object that is written.

Fields -> a model with a JSON schema.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Share = Annotated[float, Field(ge=0, le=1)]
Amount = Annotated[int, Field(ge=0)]
Quantity = Annotated[float, Field(ge=0)]
LevelName = Annotated[str, Field(pattern="^[1-9][0-9]*$")]


class Written(BaseModel):
    """A JSON object that is written; a test holds that no other key is."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class SentenceForm(Written):
    """A sentence in both languages."""

    en: str
    """English."""
    vi: str
    """Vietnamese."""
