"""From plain data to the model: cattrs walks the tables, the model judges every value.

cattrs converts nothing here. It looks keys up, misses those that are missing, refuses those
that are unknown, and gathers what each table, element and value is refused for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from inspect import Parameter
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import NOTHING, fields
from cattrs import ClassValidationError, Converter
from cattrs.gen import make_dict_structure_fn_from_attrs, override

from supple._errors import ModelError
from supple._model import Circuit, Dose, Exercise, Hold, Prescription, Rest, RoutineItem, Step
from supple.catalog._catalog import Catalog
from supple.catalog._format import FORMAT, LISTS, TABLES, Segment
from supple.catalog._refused import RefusedError

if TYPE_CHECKING:
    from supple.catalog._format import Table, Tables

Hook: TypeAlias = Callable[[Any, Any], Any]

_SEGMENT_TEXT = re.compile(r"\.?(?P<list>\w*)\[(?P<index>\d+)\]\.text")


def new_converter(find: Callable[..., Exercise], tables: Tables = TABLES) -> Converter:
    """Return a converter that structures an ``Exercise``, and a ``Catalog`` without exercises.

    Both raise :class:`RefusedError` for what is no table, and ``ClassValidationError`` for what
    is refused inside of it.

    Args:
        find: Returns the exercise for a routine that the keys of an item beside its dose name,
            ``NOTHING`` for one that is not given, or raises :class:`RefusedError`.
        tables: The tables that there are.
    """
    converter = Converter()

    def structured_as(cls: type) -> Hook:
        return lambda value, _: converter.structure(value, cls)

    def prescription(value: dict[str, Any], _: object) -> Any:
        named = {key: value.get(key, NOTHING) for key in tables[Dose].also}
        dose = {key: value[key] for key in value if key not in named}
        return _prescription(converter, lambda: find(*named.values()), dose)

    for table in tables.values():
        converter.register_structure_hook(table.cls, _table_hook(converter, table))
    converter.register_structure_hook(Catalog, _of_format(converter.get_structure_hook(Catalog)))
    converter.register_structure_hook(
        Segment, _by_key({"step": structured_as(Step), "hold": structured_as(Hold)})
    )
    converter.register_structure_hook(
        RoutineItem,
        _by_key(
            {
                "exercise": prescription,
                "circuit": structured_as(Circuit),
                "rest": structured_as(Rest),
            },
            shared="rest",
        ),
    )
    return converter


def _table_hook(converter: Converter, table: Table) -> Hook:
    parameters = table.parameters
    overrides: dict[str, Any] = {
        name: override(
            rename=table.words.get(name), struct_hook=_value_hook(converter, table, name)
        )
        for name in parameters
    }
    structure: Hook = make_dict_structure_fn_from_attrs(
        [
            attribute.evolve(default=_default(parameters[attribute.name]))
            for attribute in fields(table.cls)
            if attribute.name in parameters
        ],
        table.cls,
        converter,
        _cattrs_forbid_extra_keys=True,
        _cattrs_detailed_validation=True,
        _cattrs_use_linecache=False,
        **overrides,
    )

    def hook(value: Any, _: object) -> Any:
        require_table(value)
        try:
            return structure(value, table.cls)
        except ClassValidationError as group:
            match group.exceptions:
                case [ModelError() as error]:
                    raise _refused(error, table.cls.__name__, value) from None
            raise

    return hook


def _value_hook(converter: Converter, table: Table, parameter: str) -> Hook:
    """Let the model judge one value, in the midst of a faultless example."""

    def hook(value: Any, _: object) -> Any:
        if value is None:
            raise RefusedError("must not be null: leave the key out instead")
        kept = value
        if parameter in LISTS:
            if not isinstance(value, list):
                raise RefusedError("must be a list", got=value)
            kept = converter.structure(value, LISTS[parameter])
        try:
            table.cls(**table.arguments(parameter, kept))
        except ModelError as error:
            raise _refused(error, f"{table.cls.__name__}.{parameter}", value) from None
        return kept

    return hook


def _by_key(hooks: dict[str, Hook], *, shared: str | None = None) -> Hook:
    """Tell tables apart by the one key that each kind has; a shared one decides last."""
    requirement = f"must have exactly one of the keys {', '.join(hooks)}"

    def hook(value: Any, cls: object) -> Any:
        require_table(value)
        found = [key for key in hooks if key in value]
        if len(found) > 1 and shared in found:
            found.remove(shared)
        if len(found) != 1:
            raise RefusedError(requirement, got=value)
        return hooks[found[0]](value, cls)

    return hook


def _prescription(
    converter: Converter, find: Callable[[], Exercise], value: dict[str, Any]
) -> Exercise | Prescription:
    exercise: Exercise
    exercise, dose = all_of(Dose, find, lambda: converter.structure(value, Dose))
    if dose == Dose():
        return exercise
    try:
        return Prescription(exercise, dose=dose)
    except ModelError as error:
        raise RefusedError(error.requirement, path=".hold", got=value["hold"]) from None


def _of_format(hook: Hook) -> Hook:
    """Look at the format, too. Of a newer one nothing else is known."""

    def checked(value: Any, cls: type) -> Any:
        require_table(value)
        require_no_newer_format(value)
        rest = {key: value[key] for key in value if key != "format"}
        _, catalog = all_of(cls, lambda: require_format(value), lambda: hook(rest, cls))
        return catalog

    return checked


def require_no_newer_format(value: dict[str, Any]) -> None:
    """Require of a document that it is of no format that is newer than this one."""
    got = value.get("format")
    if type(got) is int and got > FORMAT:
        requirement = f"must be {FORMAT}; a newer supple may read it"
        raise RefusedError(requirement, path=".format", got=got)


def require_format(value: dict[str, Any]) -> None:
    """Require of a document that it says that it is of this format."""
    got = value.get("format", NOTHING)
    if got is NOTHING:
        raise RefusedError(f"must be given: format = {FORMAT}", path=".format")
    if type(got) is not int or got != FORMAT:
        raise RefusedError(f"must be {FORMAT}", path=".format", got=got)


def require_table(value: object) -> None:
    """Require a table."""
    if not isinstance(value, dict):
        raise RefusedError("must be a table of keys and values", got=value)


def all_of(cls: type, *parts: Callable[[], Any]) -> list[Any]:
    """Return what every part returns, or raise together what any of them refuse."""
    done: list[Any] = []
    errors: list[Exception] = []
    for part in parts:
        try:
            done.append(part())
        except RefusedError as error:
            errors.append(error)
        except ClassValidationError as group:
            errors += group.exceptions
    if errors:
        raise ClassValidationError("refused", errors, cls)
    return done


def _default(parameter: Parameter) -> object:
    return NOTHING if parameter.default is Parameter.empty else parameter.default


def _refused(error: ModelError, where: str, value: Any) -> RefusedError:
    """Say in terms of the file what the model refuses; ``where`` is what it was given there."""
    path = error.where.removeprefix(where)
    if match := _SEGMENT_TEXT.fullmatch(path):
        segments = value[match["list"]] if match["list"] else value
        word = "step" if "step" in segments[int(match["index"])] else "hold"
        path = f"{path.removesuffix('text')}{word}"
    return RefusedError(error.requirement, path=path, got=error.got if path else value)
