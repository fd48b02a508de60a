"""Forms of the moderation desk."""
