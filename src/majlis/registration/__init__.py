"""A person's place at an edition: form, consent, roles and voice."""
