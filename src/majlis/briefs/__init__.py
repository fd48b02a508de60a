"""Documents issued to the world."""
