"""What the big screen shows now."""
