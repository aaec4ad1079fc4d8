from supple.columns._arrays import (
    arrow_schema as arrow_schema,
    to_arrow as to_arrow,
    to_numpy as to_numpy,
)
from supple.columns._expand import expand as expand, templates as templates

__all__: list[str]
