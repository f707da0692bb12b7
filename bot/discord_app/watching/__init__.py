"""What the bot does unasked: marks answers whose sources changed, tells of new articles, goes on after a restart."""
