DROP INDEX commune_region;
DROP INDEX bassin_region_attribution;
