//! The controls in SQL, the same on both databases. The rule, what is wrong, the objects. `{appelee}`: the state of
//! the request `d` calls for the deadline `e`; `{file}`: the kinds that are work of the queue.

use super::Controle;

const fn erreur(regle: &'static str, phrase: &'static str, sql: &'static str) -> Controle {
    Controle {
        regle,
        phrase,
        grave: true,
        sql,
    }
}

/// Every control that is one query, by subject.
pub const CONTROLES: &[Controle] = &[
    // The trunk: what it holds, and what each nature holds of its own
    erreur(
        "dossier",
        "le dossier n’a pas la fiche de sa nature, ou a celle d’une autre",
        "SELECT 'dossier ' || d.numero AS objet FROM dossier d \
         WHERE (d.nature = 'depart') <> EXISTS (SELECT 1 FROM depart c WHERE c.id = d.id) \
         OR (d.nature = 'demande') <> EXISTS (SELECT 1 FROM demande x WHERE x.id = d.id) \
         OR (d.nature = 'appel') <> EXISTS (SELECT 1 FROM appel a WHERE a.id = d.id) \
         OR (d.nature = 'recours') <> EXISTS (SELECT 1 FROM recours r WHERE r.id = d.id)",
    ),
    erreur(
        "dossier",
        "le dossier est dit en cours ou clos contre son état",
        "SELECT 'dossier ' || d.numero AS objet FROM dossier d LEFT JOIN place p ON p.id = d.id \
         LEFT JOIN demande x ON x.id = d.id LEFT JOIN recours r ON r.id = d.id WHERE d.ouvert <> CASE d.nature \
             WHEN 'recours' THEN d.etat IN ('devant_la_commission', 'devant_le_juge') OR (d.etat = 'repondu' AND r.notifiee_le IS NULL) \
             WHEN 'demande' THEN d.etat IN ('deposee', 'incomplete', 'complete', 'proposee', 'accordee') \
                 OR (d.etat = 'refusee' AND x.notifiee_le IS NULL) \
             WHEN 'appel' THEN d.etat = 'ouvert' \
             ELSE d.etat = 'declaree' OR (d.etat = 'confirmee' AND p.etat IS NOT NULL \
                 AND (p.etat IN ('a_examiner', 'ouverte') OR (p.etat = 'a_attribuer' AND NOT EXISTS (SELECT 1 FROM dossier a \
                     WHERE a.place_id = p.id AND a.nature = 'appel' AND a.etat = 'ouvert')))) END",
    ),
    erreur(
        "dossier",
        "le départ ou l’appel n’est pas rangé à sa date",
        "SELECT 'dossier ' || d.numero AS objet FROM dossier d LEFT JOIN depart c ON c.id = d.id \
         LEFT JOIN appel a ON a.id = d.id WHERE (d.nature <> 'depart' OR d.etat = 'declaree') \
         AND d.echeance <> COALESCE(c.date_cessation, a.cloture)",
    ),
    erreur(
        "dossier",
        "le départ n’est pas rangé à l’échéance qui court pour sa place",
        "SELECT 'dossier ' || d.numero AS objet FROM dossier d JOIN depart c ON c.id = d.id \
         WHERE d.echeance <> (SELECT MIN(e.finale) FROM echeance e WHERE e.dossier_id = d.id AND e.etat = 'en_cours')",
    ),
    erreur(
        "REG-1",
        "la demande de succession n’a pas de place, ou une autre demande en a une",
        "SELECT 'demande ' || d.numero AS objet FROM dossier d JOIN demande x ON x.id = d.id \
         WHERE (x.nature = 'succession') <> (d.place_id IS NOT NULL)",
    ),
    erreur(
        "REG-1",
        "la même personne a plusieurs demandes en cours sur la même place",
        "SELECT 'demande ' || MAX(d.numero) AS objet FROM dossier d WHERE d.nature = 'demande' \
         AND d.place_id IS NOT NULL AND d.etat IN ('deposee', 'incomplete', 'complete', 'proposee', 'accordee') \
         GROUP BY d.place_id, d.kine_id HAVING COUNT(*) > 1",
    ),
    erreur(
        "REG-17",
        "l’accord sous réserve n’a pas le délai de sa condition, ou son installation court déjà",
        "SELECT 'demande ' || d.numero AS objet FROM demande x JOIN dossier d ON d.id = x.id \
         WHERE d.etat = 'accordee' AND x.reserve_au IS NOT NULL AND x.reserve_levee_le IS NULL \
         AND (NOT EXISTS (SELECT 1 FROM echeance e WHERE e.dossier_id = d.id AND e.nature = 'reserve_accord' \
              AND e.etat = 'en_cours' AND e.finale = x.reserve_au) \
              OR EXISTS (SELECT 1 FROM echeance e WHERE e.dossier_id = d.id AND e.nature = 'installation' AND e.etat = 'en_cours'))",
    ),
    // Departures and places
    erreur(
        "REG-3",
        "le départ confirmé en zone régulée n’a pas de place",
        "SELECT 'départ ' || c.id AS objet FROM depart c JOIN dossier d ON d.id = c.id \
         WHERE d.etat = 'confirmee' AND c.categorie IN ('non_prioritaire', 'sur_dotee_av5') \
         AND NOT EXISTS (SELECT 1 FROM place p WHERE p.id = c.id)",
    ),
    erreur(
        "REG-2",
        "la place vient d’un départ qui n’est pas confirmé, ou vit après son annulation",
        "SELECT 'place ' || p.id AS objet FROM place p JOIN dossier d ON d.id = p.id \
         WHERE d.etat <> CASE p.etat WHEN 'annulee' THEN 'retiree' ELSE 'confirmee' END",
    ),
    erreur(
        "REG-19",
        "le départ est annulé, une désignation ou un appel en dépend encore",
        "SELECT 'place ' || p.id AS objet FROM place p WHERE p.etat = 'annulee' AND (\
             EXISTS (SELECT 1 FROM designation g WHERE g.place_id = p.id AND g.etat IN ('en_attente', 'acceptee')) \
             OR EXISTS (SELECT 1 FROM dossier a WHERE a.place_id = p.id AND a.nature = 'appel' AND a.etat = 'ouvert') \
             OR EXISTS (SELECT 1 FROM echeance e WHERE e.dossier_id = p.id AND e.etat = 'en_cours'))",
    ),
    erreur(
        "REG-16",
        "la place est sans objet, une désignation, un appel, une demande ou un délai en dépend encore",
        "SELECT 'place ' || p.id AS objet FROM place p WHERE p.etat = 'sans_objet' AND (\
             EXISTS (SELECT 1 FROM designation g WHERE g.place_id = p.id AND g.etat IN ('en_attente', 'acceptee')) \
             OR EXISTS (SELECT 1 FROM dossier a WHERE a.place_id = p.id AND a.ouvert) \
             OR EXISTS (SELECT 1 FROM echeance e WHERE e.dossier_id = p.id AND e.etat = 'en_cours'))",
    ),
    erreur(
        "REG-1",
        "la place n’est pas dans la zone ou la caisse de son départ",
        "SELECT 'place ' || p.id AS objet FROM place p JOIN dossier d ON d.id = p.id \
         WHERE d.bassin_code <> p.bassin_code OR d.caisse_code <> p.caisse_code",
    ),
    erreur(
        "REG-1",
        "la demande de succession n’est pas dans la zone de sa place",
        "SELECT 'demande ' || d.numero AS objet FROM dossier d JOIN place p ON p.id = d.place_id \
         WHERE d.nature = 'demande' AND d.bassin_code <> p.bassin_code",
    ),
    erreur(
        "REG-14",
        "la place est réservée sans demande accordée",
        "SELECT 'place ' || p.id AS objet FROM place p WHERE p.etat = 'reservee' \
         AND NOT EXISTS (SELECT 1 FROM dossier d WHERE d.place_id = p.id AND d.nature = 'demande' AND d.etat = 'accordee')",
    ),
    erreur(
        "REG-14",
        "la place est pourvue sans installation",
        "SELECT 'place ' || p.id AS objet FROM place p WHERE p.etat = 'pourvue' \
         AND NOT EXISTS (SELECT 1 FROM dossier d WHERE d.place_id = p.id AND d.nature = 'demande' AND d.etat = 'installee')",
    ),
    erreur(
        "REG-14",
        "la demande accordée ne réserve pas sa place",
        "SELECT 'demande ' || d.numero AS objet FROM dossier d JOIN place p ON p.id = d.place_id \
         WHERE d.nature = 'demande' AND d.etat = 'accordee' AND p.etat <> 'reservee'",
    ),
    erreur(
        "REG-14",
        "la demande installée ne pourvoit pas sa place",
        "SELECT 'demande ' || d.numero AS objet FROM dossier d JOIN place p ON p.id = d.place_id \
         WHERE d.nature = 'demande' AND d.etat = 'installee' AND p.etat <> 'pourvue'",
    ),
    erreur(
        "REG-8",
        "la personne accordée n’est pas le successeur qui a accepté",
        "SELECT 'demande ' || d.numero AS objet FROM dossier d JOIN demande x ON x.id = d.id \
         WHERE x.nature = 'succession' AND d.etat IN ('accordee', 'installee') \
         AND NOT EXISTS (SELECT 1 FROM designation g WHERE g.place_id = d.place_id \
             AND g.kine_id = d.kine_id AND g.etat = 'acceptee')",
    ),
    erreur(
        "REG-8",
        "la désignation acceptée ne dit pas par qui",
        "SELECT 'désignation ' || id AS objet FROM designation WHERE etat = 'acceptee' AND kine_id IS NULL",
    ),
    // The charter
    erreur(
        "REG-12",
        "la place à attribuer a déjà un successeur désigné",
        "SELECT 'place ' || p.id AS objet FROM place p JOIN designation g ON g.place_id = p.id \
         WHERE p.etat = 'a_attribuer' AND g.etat IN ('en_attente', 'acceptee')",
    ),
    erreur(
        "REG-12",
        "l’appel attribué n’a pas de candidature retenue, ou pas de classement gardé",
        "SELECT 'appel ' || a.id AS objet FROM appel a JOIN dossier d ON d.id = a.id \
         WHERE d.etat = 'attribue' AND (a.classement IS NULL \
         OR NOT EXISTS (SELECT 1 FROM candidature c WHERE c.appel_id = a.id AND c.etat = 'retenue'))",
    ),
    erreur(
        "REG-12",
        "les poids de la charte ne font pas cent",
        "SELECT 'charte ' || c.id AS objet FROM charte c WHERE c.appliquee \
         AND 100 <> (SELECT COALESCE(SUM(k.poids), 0) FROM charte_critere k WHERE k.charte_id = c.id)",
    ),
    erreur(
        "REG-12",
        "l’appel attribué n’a pas le délai de dépôt annoncé à son gagnant",
        "SELECT 'appel ' || a.id AS objet FROM appel a JOIN dossier d ON d.id = a.id \
         WHERE d.etat = 'attribue' AND a.depot_limite IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM echeance e WHERE e.dossier_id = d.place_id AND e.nature = 'depot_demande' \
             AND e.finale = a.depot_limite AND e.etat IN ('en_cours', 'satisfaite'))",
    ),
    erreur(
        "REG-12",
        "un délai de dépôt court alors que la place n’est attribuée à personne",
        "SELECT 'place ' || e.dossier_id AS objet FROM echeance e WHERE e.etat = 'en_cours' AND e.nature = 'depot_demande' \
         AND NOT EXISTS (SELECT 1 FROM dossier a WHERE a.place_id = e.dossier_id AND a.nature = 'appel' AND a.etat = 'attribue')",
    ),
    // Decisions
    erreur(
        "PRO-5",
        "la demande décidée n’a pas de décision dans ce sens",
        "SELECT 'demande ' || d.numero AS objet FROM dossier d \
         WHERE d.nature = 'demande' AND d.etat IN ('accordee', 'installee', 'caduque', 'refusee') \
         AND NOT EXISTS (SELECT 1 FROM decision x WHERE x.dossier_id = d.id AND x.etat = 'decidee' \
             AND (x.sens = 'refus') = (d.etat = 'refusee'))",
    ),
    erreur(
        "PRO-5",
        "une décision est prise alors que la demande ne l’est pas",
        "SELECT 'demande ' || d.numero AS objet FROM dossier d JOIN decision x ON x.dossier_id = d.id \
         WHERE x.etat = 'decidee' AND d.etat NOT IN ('accordee', 'installee', 'caduque', 'refusee')",
    ),
    erreur(
        "PRO-5",
        "la demande est à signer sans décision proposée",
        "SELECT 'demande ' || d.numero AS objet FROM dossier d WHERE d.nature = 'demande' AND d.etat = 'proposee' \
         AND NOT EXISTS (SELECT 1 FROM decision x WHERE x.dossier_id = d.id AND x.etat = 'proposee')",
    ),
    erreur(
        "PRO-5",
        "la décision prise ne porte pas son signataire",
        "SELECT 'décision ' || id AS objet FROM decision WHERE etat = 'decidee' \
         AND (decidee_par IS NULL OR decidee_le IS NULL OR signataire IS NULL OR signataire_qualite IS NULL)",
    ),
    erreur(
        "PRO-5",
        "la même personne a proposé et signé la décision",
        "SELECT 'décision ' || id AS objet FROM decision WHERE etat = 'decidee' AND decidee_par = proposee_par",
    ),
    // Deadlines
    erreur(
        "PRO-7",
        "la demande en instruction n’a pas de délai de décision implicite",
        "SELECT 'demande ' || d.numero AS objet FROM dossier d \
         WHERE d.nature = 'demande' AND d.etat IN ('deposee', 'incomplete', 'complete', 'proposee') \
         AND NOT EXISTS (SELECT 1 FROM echeance e WHERE e.dossier_id = d.id AND e.etat = 'en_cours' \
             AND e.nature = 'decision_implicite')",
    ),
    erreur(
        "PRO-3",
        "la demande à compléter n’a pas de délai pour ses pièces",
        "SELECT 'demande ' || d.numero AS objet FROM dossier d WHERE d.nature = 'demande' AND d.etat = 'incomplete' \
         AND NOT EXISTS (SELECT 1 FROM echeance e WHERE e.dossier_id = d.id AND e.etat = 'en_cours' \
             AND e.nature = 'pieces')",
    ),
    erreur(
        "REG-9",
        "l’accord notifié n’a pas de délai d’installation",
        "SELECT 'demande ' || d.numero AS objet FROM dossier d JOIN demande x ON x.id = d.id \
         WHERE d.etat = 'accordee' AND x.notifiee_le IS NOT NULL AND (x.reserve_au IS NULL OR x.reserve_levee_le IS NOT NULL) \
         AND NOT EXISTS (SELECT 1 FROM echeance e WHERE e.dossier_id = d.id AND e.nature = 'installation' \
             AND e.etat IN ('en_cours', 'satisfaite'))",
    ),
    erreur(
        "ECH-3",
        "une échéance court alors que l’état de la demande ne l’appelle pas",
        "SELECT 'échéance ' || e.id || ' (demande ' || d.numero || ')' AS objet \
         FROM echeance e JOIN dossier d ON d.id = e.dossier_id \
         WHERE d.nature = 'demande' AND e.etat = 'en_cours' AND NOT ({appelee})",
    ),
    erreur(
        "REG-5",
        "la place ouverte n’a ni délai de désignation ni successeur qui ait accepté",
        "SELECT 'place ' || p.id AS objet FROM place p WHERE p.etat = 'ouverte' \
         AND NOT EXISTS (SELECT 1 FROM echeance e WHERE e.dossier_id = p.id AND e.etat = 'en_cours' \
             AND e.nature = 'designation_successeur') \
         AND NOT EXISTS (SELECT 1 FROM designation g WHERE g.place_id = p.id AND g.etat = 'acceptee')",
    ),
    erreur(
        "REG-5",
        "un délai court alors que la place n’est pas ouverte",
        "SELECT 'place ' || p.id AS objet FROM place p JOIN echeance e ON e.dossier_id = p.id \
         WHERE e.etat = 'en_cours' AND e.nature <> 'contestation_decompte' AND p.etat <> 'ouverte'",
    ),
    erreur(
        "REG-3",
        "un délai de contestation court alors que la place n’est pas à examiner",
        "SELECT 'place ' || p.id AS objet FROM place p JOIN echeance e ON e.dossier_id = p.id \
         WHERE e.etat = 'en_cours' AND e.nature = 'contestation_decompte' AND p.etat <> 'a_examiner'",
    ),
    erreur(
        "REG-3",
        "la place est dite non transmissible alors qu’une contestation du nombre d’actes attend sa réponse",
        "SELECT 'place ' || p.id AS objet FROM place p JOIN depart c ON c.id = p.id WHERE p.etat = 'non_transmissible' \
         AND c.contestation_le IS NOT NULL AND c.contestation_reponse_le IS NULL",
    ),
    erreur(
        "REG-5",
        "la limite de désignation n’est pas celle de son échéance",
        "SELECT 'place ' || p.id AS objet FROM place p JOIN echeance e ON e.dossier_id = p.id \
         WHERE e.etat = 'en_cours' AND e.nature = 'designation_successeur' \
         AND (p.limite_designation IS NULL OR p.limite_designation <> e.finale)",
    ),
    erreur(
        "ECH-3",
        "la prochaine échéance affichée n’est pas la première qui court",
        "SELECT 'demande ' || d.numero AS objet FROM dossier d JOIN ( \
             SELECT dossier_id, MIN(finale) AS premiere FROM echeance \
             WHERE etat = 'en_cours' \
             AND nature IN ({file}) GROUP BY dossier_id) e ON e.dossier_id = d.id \
         WHERE d.nature = 'demande' AND d.echeance <> e.premiere",
    ),
    erreur(
        "PRO-1",
        "l’échéance n’est pas de la caisse de son objet",
        "SELECT 'échéance ' || e.id AS objet FROM echeance e \
         JOIN dossier d ON d.id = e.dossier_id WHERE e.caisse_code <> d.caisse_code",
    ),
    // Timeline: a state without the line that tells how it came
    erreur(
        "historique",
        "l’état de la demande n’a pas sa ligne dans l’historique",
        "SELECT 'demande ' || d.numero AS objet FROM dossier d WHERE d.nature = 'demande' AND NOT EXISTS ( \
             SELECT 1 FROM evenement v WHERE v.dossier_id = d.id AND v.code = CASE d.etat \
                 WHEN 'incomplete' THEN 'demande.pieces_demandees' WHEN 'complete' THEN 'demande.complete' \
                 WHEN 'proposee' THEN 'decision.proposee' WHEN 'accordee' THEN 'demande.accordee' \
                 WHEN 'installee' THEN 'demande.installee' WHEN 'refusee' THEN 'demande.refusee' \
                 WHEN 'caduque' THEN 'demande.caduque' WHEN 'retiree' THEN 'demande.retiree' \
                 WHEN 'sans_suite' THEN 'demande.sans_suite' ELSE 'demande.deposee' END)",
    ),
    erreur(
        "historique",
        "le dépôt de la demande n’est pas dans l’historique",
        "SELECT 'demande ' || d.numero AS objet FROM dossier d WHERE d.nature = 'demande' AND NOT EXISTS ( \
             SELECT 1 FROM evenement v WHERE v.dossier_id = d.id AND v.code = 'demande.deposee')",
    ),
    erreur(
        "historique",
        "l’état du départ n’a pas sa ligne dans l’historique",
        "SELECT 'départ ' || d.id AS objet FROM dossier d WHERE d.nature = 'depart' AND NOT EXISTS ( \
             SELECT 1 FROM evenement v WHERE v.dossier_id = d.id AND v.code = CASE d.etat \
                 WHEN 'confirmee' THEN 'depart.confirmee' WHEN 'rejetee' THEN 'depart.rejetee' \
                 WHEN 'retiree' THEN 'depart.retiree' ELSE 'depart.declaree' END)",
    ),
    erreur(
        "historique",
        "l’état de la place n’a pas sa ligne dans l’historique",
        "SELECT 'place ' || p.id AS objet FROM place p \
         WHERE p.etat IN ('reservee', 'pourvue', 'caduque') AND NOT EXISTS ( \
             SELECT 1 FROM evenement v WHERE (v.dossier_id = p.id OR v.lie_id = p.id) AND (v.code = CASE p.etat \
                 WHEN 'reservee' THEN 'place.reservee' WHEN 'pourvue' THEN 'place.pourvue' ELSE 'place.caduque' END \
                 OR (p.etat = 'caduque' AND v.code = 'depart.confirmee')))",
    ),
    // Zoning
    erreur(
        "ZON-4",
        "deux arrêtés de la même région et profession s’appliquent en même temps",
        "SELECT 'arrêtés ' || a.id || ' et ' || b.id AS objet FROM arrete a JOIN arrete b \
         ON a.profession = b.profession AND a.region = b.region AND a.id < b.id \
         WHERE a.etat = 'actif' AND b.etat = 'actif' \
         AND (a.date_fin IS NULL OR b.date_effet < a.date_fin) \
         AND (b.date_fin IS NULL OR a.date_effet < b.date_fin)",
    ),
    erreur(
        "ZON-6",
        "l’arrêté en vigueur ne classe aucune zone",
        "SELECT 'arrêté ' || a.id AS objet FROM arrete a WHERE a.etat = 'actif' \
         AND NOT EXISTS (SELECT 1 FROM zonage_bassin z WHERE z.arrete_id = a.id)",
    ),
    // Accounts
    erreur(
        "compte",
        "le compte n’a ni mandat, ni praticien : personne ne peut s’en servir",
        "SELECT 'compte ' || c.id AS objet FROM compte c \
         WHERE NOT EXISTS (SELECT 1 FROM mandat m WHERE m.compte_id = c.id) \
         AND NOT EXISTS (SELECT 1 FROM kine k WHERE k.compte_id = c.id)",
    ),
    erreur(
        "compte",
        "la connexion est ouverte sous le mandat d’un autre compte",
        "SELECT 'compte ' || s.compte_id AS objet FROM session s JOIN mandat m ON m.id = s.mandat_id \
         WHERE m.compte_id <> s.compte_id",
    ),
    erreur(
        "PRO-1",
        "la demande est suivie par un agent d’une autre caisse",
        "SELECT 'demande ' || d.numero AS objet FROM dossier d WHERE d.assigne_a IS NOT NULL AND NOT EXISTS \
         (SELECT 1 FROM mandat m WHERE m.compte_id = d.assigne_a AND m.caisse_code = d.caisse_code)",
    ),
    // Mail
    erreur(
        "tache",
        "la tâche a peut-être été faite, un courriel peut-être envoyé : vérifiez auprès du destinataire, puis «releve relances --renvoyer» ou, pour toute une période, «--renvoyer-depuis»",
        "SELECT 'tâche ' || t.id || ' (' || t.nature || COALESCE(', ' || c.modele, '') || ')' AS objet \
         FROM tache t LEFT JOIN courriel c ON c.id = t.id WHERE t.etat = 'incertaine'",
    ),
    erreur(
        "tache",
        "la tâche a échoué, un courriel n’a pas pu être remis : corrigez l’adresse ou prévenez la personne autrement, puis «releve relances --renvoyer» ou «--renvoyer-depuis»",
        "SELECT 'tâche ' || t.id || ' (' || t.nature || COALESCE(', ' || c.modele, '') || ')' AS objet \
         FROM tache t LEFT JOIN courriel c ON c.id = t.id WHERE t.etat = 'echec'",
    ),
];
