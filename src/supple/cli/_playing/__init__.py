"""Playing a routine to a person: a screen, keys, a bell and a voice around a player."""
