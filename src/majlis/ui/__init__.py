"""Page shell, components and figures; it knows no app and has no models."""
