"""Series, editions, themes, challenges, sessions, partners and public texts."""
