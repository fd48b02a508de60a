"""The moderation desk."""
