"""Reading what officers did in tests: for the pages of trainers and coordinators, and for authors."""
