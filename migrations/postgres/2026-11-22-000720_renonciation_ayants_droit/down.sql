-- What an heir designated has no author to go back to: it is removed. What was given up counts as declined.
DELETE FROM designation WHERE auteur_id IS NULL;
UPDATE designation SET etat = 'declinee' WHERE etat = 'renoncee';
ALTER TABLE designation DROP CONSTRAINT designation_auteur;
ALTER TABLE designation DROP COLUMN ayant_droit_id;
ALTER TABLE designation ALTER COLUMN auteur_id SET NOT NULL;
ALTER TABLE designation DROP CONSTRAINT designation_etat_check;
ALTER TABLE designation ADD CONSTRAINT designation_etat_check
    CHECK (etat IN ('en_attente', 'acceptee', 'declinee', 'remplacee'));
DROP TABLE ayant_droit;
