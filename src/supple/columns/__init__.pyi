from supple.columns._arrow import schema as schema, to_arrow as to_arrow
from supple.columns._expand import expand as expand, templates as templates
from supple.columns._numpy import to_numpy as to_numpy

__all__: list[str]
