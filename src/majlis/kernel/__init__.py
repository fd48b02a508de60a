"""What every app stands on; it knows no app."""
