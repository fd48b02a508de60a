"""Country codes of trade files, and the countries they stand for."""
