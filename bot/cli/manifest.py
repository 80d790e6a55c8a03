"""Where the app manifest is, and what it says."""

from importlib.resources import files
from pathlib import Path
from typing import Any

import typer
import yaml


def read_manifest(path: Path | None = None) -> dict[str, Any]:
    """The manifest at `path`, or Pairloop's own; typer.BadParameter for a file that is none."""
    source = path or files("bot") / "manifest.yml"
    try:
        manifest = yaml.safe_load(source.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise typer.BadParameter(f"{path} cannot be read as a manifest: {error}") from error
    if not isinstance(manifest, dict):
        raise typer.BadParameter(
            f"{path} is no app manifest: it should hold display_information, features, …"
        )
    return manifest
