"""``wattelier licences``: what others have written, and under which licence."""

from __future__ import annotations

import argparse
import json

from core.errors import ProfileError
from core.licences import Component, components

REPLACEABLE = "Files of their own in the program's folder, so that another build may take their place (LGPL):"


def licences(options: argparse.Namespace) -> int:
    """List them, or print the text of one."""
    parts = components()
    if options.name is not None:
        print(_named(parts, options.name).text() or "It brings no text of its licence.")
    elif options.json:
        print(json.dumps([_facts(part) for part in parts], ensure_ascii=False))
    else:
        for part in parts:
            print(f"{part.name:<26} {part.version:<12} {part.licence:<52} {part.url}")
        print(f"\n{REPLACEABLE} {', '.join(part.name for part in parts if part.replaceable)}")
        print("The text of each: wattelier licences NAME")
    return 0


def _named(parts: list[Component], name: str) -> Component:
    found = next((part for part in parts if part.name.lower() == name.lower()), None)
    if found is None:
        raise ProfileError(f"there is no part {name!r}; `wattelier licences` lists them")
    return found


def _facts(part: Component) -> dict[str, object]:
    return {
        "name": part.name,
        "version": part.version,
        "licence": part.licence,
        "url": part.url,
        "replaceable": part.replaceable,
        "files": [file.name for file in part.texts],
    }
