"""One metric a file. Each names its `FIGURES`, and gives a question's `scores` as (met, counted) for each of them."""
