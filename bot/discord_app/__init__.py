"""The Discord bot: receives events, has them answered and shows the answers.

Nothing outside this folder imports discord.py.
"""
