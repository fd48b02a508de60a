"""Results of closed rounds: on the desk, and for the room."""
