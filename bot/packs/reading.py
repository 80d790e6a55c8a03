"""How a file of texts is read: YAML into a shape; what is wrong there is told with the file, the line and the place."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from operator import attrgetter
from typing import Annotated, Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from bot.domain.languages import LANGUAGES
from bot.domain.texts import TEXT_LIMIT

OPTION_LIMIT = 75  # characters of an option, and of a button, in Slack
ENDING = ".yml"
LINE_WIDTH = 120

T = TypeVar("T")

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=TEXT_LIMIT)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=OPTION_LIMIT)]


class Strict(BaseModel):
    """Holds what it names and nothing else."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Spoken(Strict, Generic[T]):
    """The same in each language."""

    en: T
    de: T

    def each(self) -> dict[str, T]:
        """By language."""
        return {language: getattr(self, language) for language in LANGUAGES}


@dataclass(frozen=True)
class Fault:
    """What is wrong; `line` is from 1 on, and `place` a path of names, "" where the file is none at all."""

    line: int
    place: str
    what: str

    def __str__(self) -> str:
        return ", ".join(filter(None, (f"line {self.line}", self.place))) + f": {self.what}"


class WrongFile(ValueError):
    """All that is wrong in a file."""

    def __init__(self, name: str, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(f"{name}, {fault}" for fault in faults))
        self.name = name
        self.faults = faults


_NOTHING_ELSE = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class _Texts(yaml.SafeLoader):
    """Whatever is written is a text, or nothing: a `no` is no boolean here, and a date no date."""

    yaml_implicit_resolvers = _NOTHING_ELSE


class _Written(yaml.SafeDumper):
    """Writes what `_Texts` reads."""

    yaml_implicit_resolvers = _NOTHING_ELSE


def read_beside(package: str, shape: TypeAdapter[T]) -> dict[str, T]:
    """What the files beside a package's module say, by their names without ending. Raises WrongFile."""
    found = sorted(files(package).iterdir(), key=attrgetter("name"))
    return {
        file.name.removesuffix(ENDING): read_text(file.name, file.read_text("utf-8"), shape)
        for file in found
        if file.name.endswith(ENDING)
    }


@dataclass(frozen=True)
class Document(Generic[T]):
    """What a text says, and where in it."""

    value: T
    root: yaml.Node | None

    def fault(self, path: tuple[int | str, ...], what: str) -> Fault:
        """Something that is wrong at this place."""
        return _fault(self.root, path, what)


def read_text(name: str, text: str, shape: TypeAdapter[T]) -> T:
    """What a text of YAML says in this shape. Raises WrongFile with all that is wrong."""
    return read_document(name, text, shape).value


def written(content: object) -> str:
    """The YAML of which `read_text` makes the same again."""
    text: str = yaml.dump(content, Dumper=_Written, allow_unicode=True, sort_keys=False, width=LINE_WIDTH)
    return text


def read_document(name: str, text: str, shape: TypeAdapter[T]) -> Document[T]:
    """The same with its places. Raises WrongFile with all that is wrong."""
    root = None
    try:
        loader = _Texts(text)
        root = loader.get_single_node()
        if twice := tuple(_twice(root)):
            raise WrongFile(name, twice)
        content = loader.construct_document(root) if root is not None else None
        return Document(shape.validate_python(content), root)
    except yaml.YAMLError as error:
        raise WrongFile(name, (_no_yaml(error, text),)) from error
    except ValidationError as error:
        faults = tuple(_fault(root, one["loc"], one["msg"]) for one in error.errors(include_url=False))
        raise WrongFile(name, faults) from error
    except RecursionError as error:
        raise WrongFile(name, (Fault(1, "", "It holds itself, or is nested too deep"),)) from error


def _twice(node: yaml.Node | None, place: tuple[str, ...] = ()) -> Iterator[Fault]:
    """Names that stand twice, of which YAML would keep the last without a word."""
    if isinstance(node, yaml.SequenceNode):
        for at, each in enumerate(node.value):
            yield from _twice(each, (*place, str(at)))
    if not isinstance(node, yaml.MappingNode):
        return
    known: set[str] = set()
    for key, value in node.value:
        here = (*place, str(key.value))
        if here[-1] in known:
            yield Fault(_line_at(key), ".".join(here), "This name stands twice")
        known.add(here[-1])
        yield from _twice(value, here)


def _fault(root: yaml.Node | None, path: tuple[int | str, ...], what: str) -> Fault:
    node = root
    for step in path:
        node = _below(node, step) or node
    return Fault(_line_at(node), ".".join(map(str, path)), what)


def _below(node: yaml.Node | None, step: int | str) -> yaml.Node | None:
    held: Any = node.value if isinstance(node, yaml.CollectionNode) else ()
    if isinstance(node, yaml.MappingNode):
        return next((key if value.value == "" else value for key, value in held if key.value == step), None)
    return held[step] if isinstance(step, int) and step < len(held) else None


def _line_at(node: yaml.Node | None) -> int:
    return node.start_mark.line + 1 if node is not None else 1


def _no_yaml(error: yaml.YAMLError, text: str) -> Fault:
    mark, place = getattr(error, "problem_mark", None), getattr(error, "position", 0)
    line = mark.line + 1 if mark is not None else text[:place].count("\n") + 1
    why = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    return Fault(line, "", f"This is not YAML: {why}")
