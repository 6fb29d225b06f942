from hypothesis import settings

# A rule that is asked while the machine is busy is not wrong.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
