"""Drop the link from a result to the one before it.

Why      A round shows once, so there is none (ADR 0035).
Safe     The migration before this one has left no results.
Cost     None: the table is empty.
Undo     Adding the column.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("opinion", "0003_make_results_anew")]

    operations = [migrations.RemoveField(model_name="result", name="previous")]
