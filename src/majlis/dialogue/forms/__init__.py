"""What may be sent to the dialogue."""
