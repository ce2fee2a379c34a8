-- REG-12: the delay of the winner of a call to file becomes a deadline of its place.
ALTER TABLE echeance DROP CONSTRAINT echeance_nature_check;
ALTER TABLE echeance ADD CONSTRAINT echeance_nature_check CHECK (nature IN ('designation_successeur', 'installation', 'pieces',
    'decision_implicite', 'reduction_titulaire', 'reduction_collaborateur', 'depot_demande'));
