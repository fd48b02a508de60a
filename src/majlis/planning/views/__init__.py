"""Pages on which an organiser makes series and editions."""
