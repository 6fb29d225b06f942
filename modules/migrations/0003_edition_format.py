from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("modules", "0002_practice_block")]

    operations = [
        # Every manifest of before says 1.
        migrations.AddField("edition", "format", models.PositiveSmallIntegerField(default=1)),
    ]
