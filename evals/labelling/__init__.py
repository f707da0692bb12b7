"""A person's judgement of answers, on a terminal, kept beside the results."""
