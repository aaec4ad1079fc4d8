"""Find and read catalogs: named sets of exercises, routines, advice and pictures.

A catalog is a folder of data. A package that ships one registers it as an entry point of the
group ``supple.catalogs``, and :func:`supple.load_catalog` finds it there by its name; a path
to a folder or a ``.zip`` file works too.

>>> from supple.catalog import installed
>>> "lower-back" in installed()
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple._lazy import lazy_names

if TYPE_CHECKING:
    from supple.catalog._finding.installed import installed as installed
    from supple.catalog._languages.translation import Translation as Translation
    from supple.catalog._load import load_errors as load_errors
    from supple.catalog._rules.check import (
        RULES as RULES,
        Checked as Checked,
        Finding as Finding,
        check as check,
    )
    from supple.catalog._rules.rule import Rule as Rule, Severity as Severity
    from supple.catalog._schema import schema as schema
    from supple.catalog._standalone import (
        Limits as Limits,
        dumps_routine as dumps_routine,
        loads_routine as loads_routine,
        read_pose as read_pose,
        read_routine as read_routine,
        routine_as_dict as routine_as_dict,
        write_routine as write_routine,
    )
    from supple.catalog._template import new_catalog as new_catalog
    from supple.catalog._writing.write import write_catalog as write_catalog

    __all__: list[str]
else:
    __getattr__, __dir__, __all__ = lazy_names(
        __name__,
        {
            "_finding.installed": "installed",
            "_languages.translation": "Translation",
            "_load": "load_errors",
            "_rules.check": "RULES Checked Finding check",
            "_rules.rule": "Rule Severity",
            "_schema": "schema",
            "_standalone": (
                "Limits dumps_routine loads_routine read_pose read_routine routine_as_dict "
                "write_routine"
            ),
            "_template": "new_catalog",
            "_writing.write": "write_catalog",
        },
        rooms="free_exercise_db spreadsheet",
    )
