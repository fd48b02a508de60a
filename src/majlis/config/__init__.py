"""Settings, root addresses, server and the menu."""
