"""Questions that an article can be asked, proposed for a person to edit."""
