"""Rating recommendations by a rule that is stored and locked before anybody rates."""
