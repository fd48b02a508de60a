"""Pages of this room: the public form, the voice, one's own data, the desk."""
