"""What a question says about the articles that it wants, read without a model: their time and their outlet."""
