"""The answerer with a chat model: what it is shown, what it writes, and what of that may stay."""
