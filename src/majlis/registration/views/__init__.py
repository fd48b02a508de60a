"""Pages of this app: the public form, the voice, one's own data, the desk."""
