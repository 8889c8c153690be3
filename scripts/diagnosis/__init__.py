"""What can be answered with what has landed, and what unlocks the rest."""
