DELETE FROM rappel WHERE echeance_id IN (SELECT id FROM echeance WHERE nature LIKE 'reduction_%');
DELETE FROM echeance WHERE nature LIKE 'reduction_%';
ALTER TABLE echeance DROP CONSTRAINT echeance_nature_check;
ALTER TABLE echeance ADD CONSTRAINT echeance_nature_check CHECK (nature IN ('designation_successeur', 'installation', 'pieces',
    'decision_implicite'));
DROP TABLE reduction;
DROP TABLE motif_derogation;
