"""Pages drawn as raster pictures: covers, cards, thumbnails, the pages in the report."""
