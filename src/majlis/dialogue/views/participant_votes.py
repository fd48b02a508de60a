"""What a participant votes on."""
