"""What a statement was made of, back to the words said."""
