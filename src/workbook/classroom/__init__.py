"""What a teacher does: make the learners' notebooks, read hand-ins, write a gradebook.

Nothing a student wrote is ever executed here.
"""
