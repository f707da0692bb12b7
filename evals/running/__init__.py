"""Running a set: open the store, ask every question, keep what is done, write results with all that they depend on."""
