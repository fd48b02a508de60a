"""What is done in the dialogue. Only actions write."""
