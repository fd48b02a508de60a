"""Forms of what an organiser makes."""
