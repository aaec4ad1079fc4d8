"""Arrays in memory of Arrow's pool.

The pool keeps what is given back. Memory of the system's own is new each time, and to touch it
first takes several times as long as to fill it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from numpy.typing import DTypeLike, NDArray


def empty(size: int, dtype: DTypeLike) -> NDArray[Any]:
    """Return an array whose values mean nothing yet."""
    dtype = np.dtype(dtype)
    return np.frombuffer(pa.allocate_buffer(size * dtype.itemsize), dtype)


def taken(values: NDArray[Any], numbers: NDArray[np.int64]) -> NDArray[Any]:
    """Return the values of some numbers, all of which must be in range."""
    out = empty(numbers.size, values.dtype)
    return values.take(numbers, out=out, mode="wrap")  # which spares the look whether they are
