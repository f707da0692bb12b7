"""What the bot says of itself."""

HELP = (
    "Ask me about trade relations, with `/ask` or by mentioning me: `@{name} why did talks stall on autos?` "
    "I answer from the articles that were given to me and show the passage behind every sentence."
)
TOO_LONG = "Your question has {length} characters; I read at most {most}. Please shorten it."
NOTHING_INGESTED = (
    "Nothing has been ingested yet, so there is nothing to answer from. "
    "A maintainer can put articles in with `accord ingest FOLDER`; I see them at once."
)
