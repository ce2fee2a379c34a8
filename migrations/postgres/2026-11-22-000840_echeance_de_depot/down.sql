DELETE FROM rappel WHERE echeance_id IN (SELECT id FROM echeance WHERE nature = 'depot_demande');
DELETE FROM echeance WHERE nature = 'depot_demande';
ALTER TABLE echeance DROP CONSTRAINT echeance_nature_check;
ALTER TABLE echeance ADD CONSTRAINT echeance_nature_check CHECK (nature IN ('designation_successeur', 'installation', 'pieces',
    'decision_implicite', 'reduction_titulaire', 'reduction_collaborateur'));
