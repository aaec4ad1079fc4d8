"""The bundled catalog ``lower-back``: six gentle exercises, two routines and advice."""
