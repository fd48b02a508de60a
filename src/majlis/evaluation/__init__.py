"""What participants made of an edition: asked after the day and at six months, without names."""
