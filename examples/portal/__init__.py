"""A small portal: a therapist posts a routine, and a person does it in the browser.

``store`` keeps everything in SQLite, ``sessions`` runs what people are doing, ``web`` answers
requests. ``README.md`` says how to try it, and what is left to do before patients see it.
"""
