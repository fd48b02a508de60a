"""Results of rounds: on the desk, and for participants."""
