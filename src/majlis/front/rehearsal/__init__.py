"""A rehearsal: an edition of its own, today, with invented people, words and votes.

It goes through the same actions as the day itself, so that what an organiser tries is the product.
"""
