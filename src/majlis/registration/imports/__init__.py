"""Lists of people as organisers have them: from the cells of a table to one person at a time.

Nothing here asks the database or the clock.

fields  what a column can hold, and by which headings it is known in three languages
cells   one cell: names, addresses, countries, groups, languages
answers one cell as the answer to a question of the form
people  a row becomes the people in it, each with what is wrong and what was understood
"""

from majlis.registration.imports.fields import FIELDS, guessed, is_heading
from majlis.registration.imports.people import Defaults, Found, people_in

__all__ = ["FIELDS", "Defaults", "Found", "guessed", "is_heading", "people_in"]
