"""One metric a file. Each gives a share of questions as (met, counted) per question, or None where it says nothing."""
