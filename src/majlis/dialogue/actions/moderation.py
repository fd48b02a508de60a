"""What is made of contributions and statements, step by step."""
