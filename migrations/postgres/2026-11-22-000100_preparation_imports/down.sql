DROP INDEX commune_codes_multiples;
DROP INDEX commune_codes_postaux;
DROP TABLE commune_prepare;
DROP TABLE bassin_prepare;
