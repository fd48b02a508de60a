"""Page shell, components and figures; it knows no room and has no models."""
