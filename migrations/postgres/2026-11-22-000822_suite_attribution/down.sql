ALTER TABLE candidature DROP CONSTRAINT candidature_etat_check;
ALTER TABLE candidature ADD CONSTRAINT candidature_etat_check
    CHECK (etat IN ('deposee', 'retiree', 'ecartee', 'retenue', 'non_retenue'));
DROP INDEX appel_depot;
ALTER TABLE designation DROP COLUMN candidature_id;
ALTER TABLE appel DROP COLUMN cpd_saisi_le;
ALTER TABLE appel DROP COLUMN cpd_par;
ALTER TABLE appel DROP COLUMN depot_limite;
