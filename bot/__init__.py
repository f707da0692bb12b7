"""How questions get answered; `answering` knows nothing of Discord, `discord_app` is thin."""
