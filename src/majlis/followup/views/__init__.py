"""Pages of the follow-up: the team's, those behind a personal link, and everybody's."""
