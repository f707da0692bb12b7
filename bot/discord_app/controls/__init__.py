"""Buttons, menus and forms. What they need is in their ids and in the catalogue, so they outlive a restart."""
