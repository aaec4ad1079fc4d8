"""The catalog ``desk-break``: eight exercises for a chair, two routines and advice."""
