"""From a routine to its timeline: events, their layout in time, and what can be asked of it."""
