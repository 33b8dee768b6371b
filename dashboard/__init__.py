"""Shows what was published. Never computes a figure, never sees a person."""

NAME = "Involvement in improvement"
