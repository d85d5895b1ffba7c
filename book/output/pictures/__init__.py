"""Raster pictures of pages: covers, cards, thumbnails, the report's pages."""
