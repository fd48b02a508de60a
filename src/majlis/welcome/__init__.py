"""The welcome desk: badges, arrivals and people without a registration."""
