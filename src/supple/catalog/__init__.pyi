from supple._check import check as check
from supple.catalog import free_exercise_db as free_exercise_db, spreadsheet as spreadsheet
from supple.catalog._finding.installed import installed as installed
from supple.catalog._load import load_errors as load_errors
from supple.catalog._rules.check import RULES as RULES, Checked as Checked
from supple.catalog._rules.rule import Finding as Finding, Rule as Rule, Severity as Severity
from supple.catalog._schema import schema as schema
from supple.catalog._standalone import (
    RoutineLimits as RoutineLimits,
    dumps_routine as dumps_routine,
    loads_routine as loads_routine,
    read_pose as read_pose,
    read_routine as read_routine,
    routine_as_dict as routine_as_dict,
    write_routine as write_routine,
)
from supple.catalog._template import new_catalog as new_catalog
from supple.catalog._translation import Translation as Translation
from supple.catalog._writing.write import write_catalog as write_catalog

__all__: list[str]
