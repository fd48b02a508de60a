"""Recommendations, their citations, review and adoption."""
