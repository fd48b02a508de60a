"""What a participant offers."""
