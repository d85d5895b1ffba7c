"""What a build has to tell: the facts, a page to look at, data for machines."""
