"""Classes for what is made by the thousand each second: immutable for the type checker, cheap to make.

A frozen dataclass sets each field through ``object.__setattr__`` and takes three times as long to make. Here the type
checker alone forbids to change a field, and it reads every line of this program; elsewhere ``dataclass(frozen=True)``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def immutable(cls: type[T]) -> type[T]:
    """Make a dataclass with slots that compares and hashes by its fields, which nobody may change."""
    return dataclass(slots=True, unsafe_hash=True)(cls)
