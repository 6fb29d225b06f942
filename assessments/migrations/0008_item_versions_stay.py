"""A version of an item is never changed and never deleted: the database itself refuses both.

What holds: no UPDATE and no DELETE of a row, from this program or from any other, on SQLite and on
PostgreSQL. What does not: who owns the database may drop the triggers, or the table. TRUNCATE passes on
PostgreSQL, which `manage.py flush` uses; on SQLite a flush is a DELETE and is refused once there is a
version (tests that empty the database take that one trigger away: tests/conftest.py).

SQLite drops the triggers of a table with the table, and Django makes the table anew to alter it: a
later migration that alters ItemVersion must run `protect` again.
"""

from django.db import migrations

TABLE = "assessments_itemversion"
MESSAGE = "A version of an item is kept as it is."


def protect(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"""
            CREATE OR REPLACE FUNCTION keep_item_version() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$
            """
        )
        schema_editor.execute(
            f"CREATE OR REPLACE TRIGGER keep_item_version BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION keep_item_version()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER IF NOT EXISTS keep_item_version_{verb.lower()} BEFORE {verb} ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )


def release(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS keep_item_version ON {TABLE}")
        schema_editor.execute("DROP FUNCTION IF EXISTS keep_item_version()")
        return
    for verb in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS keep_item_version_{verb}")


class Migration(migrations.Migration):
    dependencies = [("assessments", "0007_item_bank")]
    operations = [migrations.RunPython(protect, release)]
