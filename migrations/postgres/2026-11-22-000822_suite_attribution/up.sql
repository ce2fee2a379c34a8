-- REG-12: until when the winner may file, and who recorded the ranking of the commission.
ALTER TABLE appel ADD COLUMN depot_limite DATE;
ALTER TABLE appel ADD COLUMN cpd_par BIGINT REFERENCES utilisateur (id);
ALTER TABLE appel ADD COLUMN cpd_saisi_le TIMESTAMP;
ALTER TABLE designation ADD COLUMN candidature_id BIGINT REFERENCES candidature (id);
CREATE INDEX appel_depot ON appel (id) WHERE etat = 'attribue' AND depot_limite IS NOT NULL;
ALTER TABLE candidature DROP CONSTRAINT candidature_etat_check;
ALTER TABLE candidature ADD CONSTRAINT candidature_etat_check
    CHECK (etat IN ('deposee', 'retiree', 'ecartee', 'retenue', 'non_retenue', 'defaillante'));
