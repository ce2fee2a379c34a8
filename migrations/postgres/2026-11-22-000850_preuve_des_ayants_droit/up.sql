-- REG-7: to entitle somebody is to have verified the proof: what was entitled before this was said is accepted too.
UPDATE piece SET etat = 'acceptee',
    examinee_le = (SELECT a.habilite_le FROM ayant_droit a WHERE a.piece_id = piece.id),
    examinee_par = (SELECT a.habilite_par FROM ayant_droit a WHERE a.piece_id = piece.id)
WHERE etat = 'recue' AND id IN (SELECT piece_id FROM ayant_droit);
