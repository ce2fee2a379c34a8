-- ZON-10, ZON-8: the places and requests of a region are found by its bassins, and its communes by their region.
CREATE INDEX bassin_region_attribution ON bassin (region_attribution);
CREATE INDEX commune_region ON commune (region);
