"""An organiser makes series and editions, and what an edition is made of."""
