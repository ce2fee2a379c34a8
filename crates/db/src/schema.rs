// @generated automatically by Diesel CLI.

diesel::table! {
    absence (id) {
        id -> Int8,
        caisse_code -> Text,
        compte_id -> Int8,
        remplacant_id -> Nullable<Int8>,
        du -> Date,
        au -> Date,
        cree_par -> Int8,
        cree_le -> Timestamp,
    }
}

diesel::table! {
    agenda (compte_id) {
        compte_id -> Int8,
        jeton_empreinte -> Text,
        cree_le -> Timestamp,
    }
}

diesel::table! {
    appel (id) {
        id -> Int8,
        charte_id -> Int8,
        ouvert_le -> Date,
        cloture -> Date,
        explication -> Text,
        ouvert_par -> Int8,
        cpd_le -> Nullable<Date>,
        cpd_motif -> Nullable<Text>,
        clos_le -> Nullable<Timestamp>,
        clos_par -> Nullable<Int8>,
        motif -> Nullable<Text>,
        classement -> Nullable<Text>,
        delai -> Nullable<Text>,
        depot_limite -> Nullable<Date>,
        cpd_par -> Nullable<Int8>,
        cpd_saisi_le -> Nullable<Timestamp>,
    }
}

diesel::table! {
    arrete (id) {
        id -> Int8,
        profession -> Text,
        region -> Text,
        reference -> Nullable<Text>,
        date_signature -> Nullable<Date>,
        date_publication -> Nullable<Date>,
        date_effet -> Date,
        date_fin -> Nullable<Date>,
        regime -> Text,
        empreinte -> Text,
        etat -> Text,
        importe_le -> Timestamp,
        population_comparee -> Nullable<Int8>,
    }
}

diesel::table! {
    arrete_deplacement (arrete_id, categorie) {
        arrete_id -> Int8,
        categorie -> Text,
        bassins -> Int8,
        population -> Int8,
        limite_mille -> Int8,
    }
}

diesel::table! {
    attestation (id) {
        id -> Int8,
        dossier_id -> Int8,
        nature -> Text,
        code -> Text,
        document -> Text,
        empreinte -> Text,
        faite_le -> Timestamp,
    }
}

diesel::table! {
    audition (dossier_id) {
        dossier_id -> Int8,
        demandee_le -> Nullable<Date>,
        assistance -> Nullable<Text>,
        le -> Nullable<Date>,
        heure -> Nullable<Text>,
        lieu -> Nullable<Text>,
        entendue -> Nullable<Bool>,
        raison -> Nullable<Text>,
    }
}

diesel::table! {
    avis_rendu (dossier_id) {
        dossier_id -> Int8,
        le -> Date,
        motif -> Nullable<Text>,
    }
}

diesel::table! {
    ayant_droit (id) {
        id -> Int8,
        depart_id -> Int8,
        nom -> Text,
        qualite -> Text,
        courriel -> Text,
        telephone -> Nullable<Text>,
        piece_id -> Int8,
        jeton_empreinte -> Text,
        habilite_par -> Int8,
        habilite_le -> Timestamp,
        retire_le -> Nullable<Timestamp>,
    }
}

diesel::table! {
    bassin (code) {
        code -> Text,
        nom -> Text,
        nature -> Text,
        region_attribution -> Text,
        population -> Int8,
        interregional -> Bool,
    }
}

diesel::table! {
    bassin_prepare (lot, code) {
        lot -> Text,
        code -> Text,
        nom -> Text,
        nature -> Text,
        region_attribution -> Text,
        population -> Int8,
        interregional -> Bool,
    }
}

diesel::table! {
    brouillon (id) {
        id -> Int8,
        compte_id -> Int8,
        formulaire -> Text,
        chemin -> Text,
        cle -> Text,
        champs -> Text,
        cree_le -> Timestamp,
        modifie_le -> Timestamp,
    }
}

diesel::table! {
    brouillon_piece (id) {
        id -> Int8,
        brouillon_id -> Int8,
        champ -> Text,
        nom -> Text,
        media -> Text,
        taille -> Int8,
        empreinte -> Text,
        cle -> Text,
        deposee_le -> Timestamp,
    }
}

diesel::table! {
    caisse (code) {
        code -> Text,
        nom -> Text,
        type_caisse -> Text,
        departements -> Text,
        region -> Text,
        siege -> Text,
        territoire -> Text,
        adresse -> Nullable<Text>,
        courriel -> Nullable<Text>,
        telephone -> Nullable<Text>,
        service -> Nullable<Text>,
        horaires -> Nullable<Text>,
        cra_adresse -> Nullable<Text>,
        ta_ville -> Nullable<Text>,
        ta_adresse -> Nullable<Text>,
        directeur -> Nullable<Text>,
        directeur_qualite -> Nullable<Text>,
        dpo -> Nullable<Text>,
        siret -> Nullable<Text>,
        logo_cle -> Nullable<Text>,
        logo_empreinte -> Nullable<Text>,
        logo_media -> Nullable<Text>,
        version -> Int4,
    }
}

diesel::table! {
    candidature (id) {
        id -> Int8,
        appel_id -> Int8,
        kine_id -> Int8,
        etat -> Text,
        motif -> Nullable<Text>,
        rang_cpd -> Nullable<Int4>,
        deposee_le -> Timestamp,
        close_le -> Nullable<Timestamp>,
    }
}

diesel::table! {
    candidature_valeur (candidature_id, critere_id) {
        candidature_id -> Int8,
        critere_id -> Int8,
        declaree -> Nullable<Int8>,
        retenue -> Nullable<Int8>,
        verifiee_par -> Nullable<Int8>,
        verifiee_le -> Nullable<Timestamp>,
    }
}

diesel::table! {
    chaine (code) {
        code -> Text,
        caisse_code -> Nullable<Text>,
        seq -> Int8,
        empreinte -> Bytea,
    }
}

diesel::table! {
    changement (id) {
        id -> Int8,
        kine_id -> Int8,
        caisse_code -> Text,
        nature -> Text,
        insee_avant -> Nullable<Text>,
        adresse_avant -> Nullable<Text>,
        insee -> Nullable<Text>,
        adresse -> Nullable<Text>,
        bassin_code -> Nullable<Text>,
        du -> Nullable<Date>,
        au -> Nullable<Date>,
        expose -> Nullable<Text>,
        cle_idempotence -> Text,
        declare_le -> Timestamp,
        traite_le -> Nullable<Timestamp>,
        traite_par -> Nullable<Int8>,
        reponse -> Nullable<Text>,
    }
}

diesel::table! {
    charte (id) {
        id -> Int8,
        caisse_code -> Text,
        du -> Date,
        appliquee -> Bool,
        auteur_id -> Int8,
        cree_le -> Timestamp,
    }
}

diesel::table! {
    charte_critere (id) {
        id -> Int8,
        charte_id -> Int8,
        rang -> Int4,
        code -> Text,
        libelle -> Text,
        genre -> Text,
        sens -> Text,
        poids -> Int8,
        maximum -> Int8,
    }
}

diesel::table! {
    code_etat_dossier (nature, code) {
        nature -> Text,
        code -> Text,
    }
}

diesel::table! {
    code_nature_dossier (code) {
        code -> Text,
    }
}

diesel::table! {
    code_nature_echeance (code) {
        code -> Text,
    }
}

diesel::table! {
    code_nature_tache (code) {
        code -> Text,
    }
}

diesel::table! {
    code_role (code) {
        code -> Text,
        etendue -> Text,
    }
}

diesel::table! {
    commune (insee) {
        insee -> Text,
        nom -> Text,
        nom_recherche -> Text,
        nature -> Text,
        codes_postaux -> Text,
        departement -> Text,
        region -> Text,
        population -> Int8,
        bassin_code -> Nullable<Text>,
        caisse_code -> Nullable<Text>,
        caisse_methode -> Text,
        commune_parente -> Nullable<Text>,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    commune_prepare (lot, insee) {
        lot -> Text,
        insee -> Text,
        nom -> Text,
        nom_recherche -> Text,
        nature -> Text,
        codes_postaux -> Text,
        departement -> Text,
        region -> Text,
        population -> Int8,
        bassin_code -> Nullable<Text>,
        caisse_code -> Nullable<Text>,
        caisse_methode -> Text,
        commune_parente -> Nullable<Text>,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    compte (id) {
        id -> Int8,
        courriel -> Text,
        courriel_verifie_le -> Nullable<Timestamp>,
        mot_de_passe -> Nullable<Text>,
        prenom -> Text,
        nom -> Text,
        actif -> Bool,
        echecs -> Int4,
        verrouille_jusqua -> Nullable<Timestamp>,
        sceaux_depuis -> Nullable<Timestamp>,
        cree_le -> Timestamp,
    }
}

diesel::table! {
    consentement (id) {
        id -> Int8,
        kine_id -> Int8,
        texte -> Text,
        donne_le -> Timestamp,
        retire_le -> Nullable<Timestamp>,
        effet_le -> Nullable<Date>,
    }
}

diesel::table! {
    correction (id) {
        id -> Int8,
        decision_id -> Int8,
        faux -> Text,
        juste -> Text,
        document -> Text,
        empreinte -> Text,
        faite_par -> Int8,
        faite_le -> Timestamp,
    }
}

diesel::table! {
    courriel (id) {
        id -> Int8,
        modele -> Text,
        destinataire -> Text,
        sujet -> Text,
        texte -> Text,
        html -> Text,
    }
}

diesel::table! {
    decision (id) {
        id -> Int8,
        dossier_id -> Int8,
        sens -> Text,
        fondement -> Text,
        motifs -> Text,
        ecart_motive -> Nullable<Text>,
        reserve -> Nullable<Text>,
        malgre_recours -> Nullable<Text>,
        categorie -> Text,
        faits -> Text,
        resultat -> Text,
        explication -> Text,
        parametres -> Text,
        etat -> Text,
        proposee_par -> Int8,
        proposee_le -> Timestamp,
        decidee_par -> Nullable<Int8>,
        decidee_le -> Nullable<Timestamp>,
        signataire -> Nullable<Text>,
        signataire_qualite -> Nullable<Text>,
        effet -> Nullable<Date>,
        document -> Nullable<Text>,
        empreinte -> Nullable<Text>,
    }
}

diesel::table! {
    delegation (id) {
        id -> Int8,
        caisse_code -> Text,
        compte_id -> Int8,
        titre -> Text,
        delegant -> Nullable<Text>,
        delegant_qualite -> Nullable<Text>,
        actes -> Text,
        acte_du -> Date,
        reference -> Text,
        du -> Date,
        au -> Nullable<Date>,
        cree_par -> Nullable<Int8>,
        cree_le -> Timestamp,
        finie_le -> Nullable<Date>,
        finie_par -> Nullable<Int8>,
    }
}

diesel::table! {
    demande (id) {
        id -> Int8,
        nature -> Text,
        derogation_famille -> Nullable<Text>,
        derogation_motif -> Nullable<Text>,
        derogation_expose -> Nullable<Text>,
        derogation_avis_cpd -> Nullable<Text>,
        categorie_depot -> Text,
        adresse -> Text,
        deja_conventionne_zone -> Nullable<Bool>,
        entree_formation -> Nullable<Int4>,
        heures_etablissement -> Nullable<Int4>,
        heures_clinicat -> Nullable<Int4>,
        engagement_zone -> Nullable<Bool>,
        actes_zone_sous_dotee -> Nullable<Int4>,
        complete_le -> Nullable<Date>,
        notifiee_le -> Nullable<Date>,
        notification_mode -> Nullable<Text>,
        installee_le -> Nullable<Date>,
        reserve_au -> Nullable<Date>,
        reserve_levee_le -> Nullable<Date>,
        reserve_piece_id -> Nullable<Int8>,
        generales -> Nullable<Text>,
        premier_acte -> Nullable<Date>,
        sur_papier -> Bool,
        renvoi_par -> Nullable<Text>,
        renvoi_motif -> Nullable<Text>,
        pieces_attendues -> Nullable<Text>,
        pieces_venues_le -> Nullable<Date>,
    }
}

diesel::table! {
    depart (id) {
        id -> Int8,
        categorie -> Text,
        adresse -> Text,
        date_cessation -> Date,
        actes_12_mois -> Nullable<Int4>,
        par_derogation -> Nullable<Bool>,
        deces -> Bool,
        categorie_cessation -> Nullable<Text>,
        motif -> Nullable<Text>,
        traitee_le -> Nullable<Timestamp>,
        traitee_par -> Nullable<Int8>,
        actes_du -> Nullable<Date>,
        actes_au -> Nullable<Date>,
        actes_auteur -> Nullable<Text>,
        actes_extrait_le -> Nullable<Date>,
        decompte_communique_le -> Nullable<Date>,
        contestation_le -> Nullable<Date>,
        contestation_actes -> Nullable<Int4>,
        contestation_raisons -> Nullable<Text>,
        contestation_reponse_le -> Nullable<Date>,
        contestation_reponse -> Nullable<Text>,
    }
}

diesel::table! {
    designation (id) {
        id -> Int8,
        place_id -> Int8,
        rpps -> Text,
        courriel -> Text,
        kine_id -> Nullable<Int8>,
        etat -> Text,
        jeton_empreinte -> Text,
        auteur_id -> Nullable<Int8>,
        ayant_droit_id -> Nullable<Int8>,
        cree_le -> Timestamp,
        close_le -> Nullable<Timestamp>,
        candidature_id -> Nullable<Int8>,
    }
}

diesel::table! {
    document_emis (id) {
        id -> Int8,
        dossier_id -> Int8,
        decision_id -> Nullable<Int8>,
        nature -> Text,
        document -> Text,
        empreinte -> Text,
        code -> Text,
        emis_le -> Timestamp,
        pdf_cle -> Nullable<Text>,
        pdf_empreinte -> Nullable<Text>,
        imprime_le -> Nullable<Timestamp>,
    }
}

diesel::table! {
    domicile (kine_id) {
        kine_id -> Int8,
        adresse -> Text,
        insee -> Text,
        dit_le -> Timestamp,
    }
}

diesel::table! {
    dossier (id) {
        id -> Int8,
        nature -> Text,
        numero -> Text,
        caisse_code -> Text,
        kine_id -> Nullable<Int8>,
        insee -> Text,
        bassin_code -> Text,
        place_id -> Nullable<Int8>,
        etat -> Text,
        ouvert -> Bool,
        arrivee -> Bool,
        assigne_a -> Nullable<Int8>,
        echeance -> Date,
        echeance_nature -> Text,
        depose_le -> Timestamp,
        cle_idempotence -> Nullable<Text>,
        version -> Int4,
    }
}

diesel::table! {
    dossier_etiquette (etiquette_id, dossier_id) {
        etiquette_id -> Int8,
        dossier_id -> Int8,
    }
}

diesel::table! {
    dossier_mot (caisse_code, mot, dossier_id) {
        caisse_code -> Text,
        mot -> Text,
        dossier_id -> Int8,
        nature -> Text,
    }
}

diesel::table! {
    echeance (id) {
        id -> Int8,
        caisse_code -> Text,
        nature -> Text,
        dossier_id -> Int8,
        regle -> Text,
        depart -> Date,
        delai -> Text,
        brute -> Date,
        suspensions -> Text,
        apres_suspensions -> Date,
        finale -> Date,
        explication -> Text,
        etat -> Text,
        motif -> Nullable<Text>,
        cree_le -> Timestamp,
        cree_par -> Nullable<Int8>,
        close_le -> Nullable<Timestamp>,
    }
}

diesel::table! {
    envoi (id) {
        id -> Int8,
        dossier_id -> Int8,
        decision_id -> Nullable<Int8>,
        moyen -> Text,
        envoye_le -> Timestamp,
        par -> Nullable<Int8>,
        numero -> Nullable<Text>,
        avisee_le -> Nullable<Date>,
        remise_le -> Nullable<Date>,
        retour -> Nullable<Text>,
        ouverte_le -> Nullable<Timestamp>,
        terme -> Nullable<Date>,
        notifiee_le -> Nullable<Date>,
    }
}

diesel::table! {
    etiquette (id) {
        id -> Int8,
        caisse_code -> Text,
        nom -> Text,
        nom_recherche -> Text,
        cree_par -> Int8,
        cree_le -> Timestamp,
    }
}

diesel::table! {
    evenement (id) {
        id -> Int8,
        chaine -> Text,
        seq -> Int8,
        code -> Text,
        le -> Timestamp,
        dossier_id -> Nullable<Int8>,
        lie_id -> Nullable<Int8>,
        texte -> Text,
        precedente -> Bytea,
        empreinte -> Bytea,
        acteur_id -> Nullable<Int8>,
        sel -> Nullable<Bytea>,
        personnel -> Nullable<Text>,
    }
}

diesel::table! {
    identite_verifiee (kine_id) {
        kine_id -> Int8,
        caisse_code -> Nullable<Text>,
        moyen -> Text,
        observation -> Nullable<Text>,
        verifiee_le -> Timestamp,
        par -> Nullable<Int8>,
    }
}

diesel::table! {
    incitation (id) {
        id -> Int8,
        code -> Text,
        contenu -> Text,
        caisse_code -> Nullable<Text>,
        du -> Date,
        raison -> Text,
        etat -> Text,
        proposee_par -> Int8,
        proposee_le -> Timestamp,
        examinee_par -> Nullable<Int8>,
        examinee_le -> Nullable<Timestamp>,
        examen_raison -> Nullable<Text>,
        cle_idempotence -> Text,
        version -> Int4,
    }
}

diesel::table! {
    jalon (id) {
        id -> Int8,
        le -> Timestamp,
        note -> Text,
        jeton -> Nullable<Bytea>,
    }
}

diesel::table! {
    jalon_chaine (jalon_id, rang) {
        jalon_id -> Int8,
        rang -> Int8,
        chaine -> Text,
        taille -> Int8,
        racine -> Bytea,
    }
}

diesel::table! {
    jeton (empreinte) {
        empreinte -> Text,
        compte_id -> Int8,
        usage -> Text,
        cree_le -> Timestamp,
        expire_le -> Timestamp,
        utilise_le -> Nullable<Timestamp>,
        remplace_le -> Nullable<Timestamp>,
        courriel -> Nullable<Text>,
    }
}

diesel::table! {
    kine (id) {
        id -> Int8,
        compte_id -> Nullable<Int8>,
        rpps -> Text,
        cle_confirmee -> Bool,
        prenom -> Text,
        nom -> Text,
        nom_recherche -> Text,
        telephone -> Nullable<Text>,
        courriel -> Nullable<Text>,
        cree_le -> Timestamp,
        version -> Int4,
    }
}

diesel::table! {
    lettre (id) {
        id -> Int8,
        dossier_id -> Int8,
        cle -> Text,
        modele -> Text,
        destinataire -> Text,
        sujet -> Text,
        texte -> Text,
        cree_le -> Timestamp,
        postee_le -> Nullable<Date>,
        postee_par -> Nullable<Int8>,
    }
}

diesel::table! {
    lot (id) {
        id -> Int8,
        caisse_code -> Text,
        auteur_id -> Int8,
        acte -> Text,
        cible_id -> Nullable<Int8>,
        cible_nom -> Text,
        message -> Nullable<Text>,
        selection -> Text,
        total -> Int4,
        etat -> Text,
        cree_le -> Timestamp,
        fini_le -> Nullable<Timestamp>,
    }
}

diesel::table! {
    lot_dossier (lot_id, dossier_id) {
        lot_id -> Int8,
        dossier_id -> Int8,
        etat -> Text,
        avant -> Nullable<Int8>,
        message -> Nullable<Text>,
    }
}

diesel::table! {
    mandat (id) {
        id -> Int8,
        compte_id -> Int8,
        role -> Text,
        etendue -> Text,
        caisse_code -> Nullable<Text>,
        region -> Nullable<Text>,
        qualite -> Nullable<Text>,
        du -> Date,
        au -> Nullable<Date>,
        cree_le -> Timestamp,
    }
}

diesel::table! {
    message (id) {
        id -> Int8,
        caisse_code -> Text,
        kine_id -> Int8,
        dossier_id -> Int8,
        cote -> Text,
        auteur_id -> Int8,
        auteur -> Text,
        texte -> Text,
        cle_idempotence -> Text,
        envoye_le -> Timestamp,
        lu_le -> Nullable<Timestamp>,
        lu_par -> Nullable<Int8>,
        mises_a_part -> Int4,
    }
}

diesel::table! {
    message_piece (id) {
        id -> Int8,
        message_id -> Int8,
        nom -> Text,
        media -> Text,
        taille -> Int8,
        empreinte -> Text,
        cle -> Text,
    }
}

diesel::table! {
    mot_a_refaire (dossier_id) {
        dossier_id -> Int8,
    }
}

diesel::table! {
    mot_variante (variante, mot) {
        variante -> Text,
        mot -> Text,
    }
}

diesel::table! {
    motif_derogation (id) {
        id -> Int8,
        acte -> Text,
        code -> Text,
        famille -> Text,
        libelle -> Text,
        pieces -> Text,
        precision -> Nullable<Text>,
        suivi -> Nullable<Text>,
        source -> Text,
        statut -> Text,
        le -> Date,
        raison -> Text,
        etat -> Text,
        propose_par -> Int8,
        propose_le -> Timestamp,
        examine_par -> Nullable<Int8>,
        examine_le -> Nullable<Timestamp>,
        examen_raison -> Nullable<Text>,
        cle_idempotence -> Text,
        version -> Int4,
    }
}

diesel::table! {
    moyen_signature (id) {
        id -> Int8,
        caisse_code -> Text,
        moyen -> Text,
        reference -> Nullable<Text>,
        homologuee_le -> Nullable<Date>,
        homologuee_au -> Nullable<Date>,
        choisi_par -> Nullable<Int8>,
        choisi_le -> Timestamp,
    }
}

diesel::table! {
    note (id) {
        id -> Int8,
        dossier_id -> Int8,
        auteur_id -> Int8,
        texte -> Text,
        cle_idempotence -> Text,
        cree_le -> Timestamp,
    }
}

diesel::table! {
    nouveaute (compte_id, dossier_id) {
        compte_id -> Int8,
        dossier_id -> Int8,
        caisse_code -> Nullable<Text>,
        depuis -> Timestamp,
        dernier -> Timestamp,
        lue_le -> Nullable<Timestamp>,
    }
}

diesel::table! {
    numerotation (caisse_code, nature, annee) {
        caisse_code -> Text,
        nature -> Text,
        annee -> Int4,
        dernier -> Int4,
    }
}

diesel::table! {
    parametre_valeur (id) {
        id -> Int8,
        cle -> Text,
        valeur -> Text,
        du -> Date,
        source -> Text,
        statut -> Text,
        motif -> Text,
        etat -> Text,
        proposee_par -> Int8,
        proposee_le -> Timestamp,
        proposee_jour -> Date,
        examinee_par -> Nullable<Int8>,
        examinee_le -> Nullable<Timestamp>,
        examinee_jour -> Nullable<Date>,
        examen_motif -> Nullable<Text>,
        retiree_par -> Nullable<Int8>,
        retiree_le -> Nullable<Timestamp>,
        retrait_motif -> Nullable<Text>,
        cle_idempotence -> Text,
        version -> Int4,
    }
}

diesel::table! {
    phrase (id) {
        id -> Int8,
        caisse_code -> Text,
        emploi -> Text,
        titre -> Text,
        texte -> Text,
        modifie_par -> Int8,
        modifie_le -> Timestamp,
        version -> Int4,
    }
}

diesel::table! {
    piece (id) {
        id -> Int8,
        dossier_id -> Int8,
        candidature_id -> Nullable<Int8>,
        nature -> Text,
        sante -> Bool,
        nom -> Text,
        media -> Text,
        taille -> Int8,
        empreinte -> Text,
        cle -> Text,
        etat -> Text,
        motif -> Nullable<Text>,
        deposee_par -> Int8,
        deposee_le -> Timestamp,
        examinee_le -> Nullable<Timestamp>,
        examinee_par -> Nullable<Int8>,
        remplacee_le -> Nullable<Timestamp>,
        remplacee_par -> Nullable<Int8>,
    }
}

diesel::table! {
    piece_demandee (id) {
        id -> Int8,
        dossier_id -> Int8,
        nature -> Text,
        precision -> Nullable<Text>,
        demandee_le -> Timestamp,
        limite -> Date,
        recue_le -> Nullable<Timestamp>,
        piece_id -> Nullable<Int8>,
    }
}

diesel::table! {
    place (id) {
        id -> Int8,
        caisse_code -> Text,
        bassin_code -> Text,
        limite_designation -> Nullable<Date>,
        avis_cpd -> Nullable<Text>,
        etat -> Text,
        explication -> Text,
        parametres -> Text,
        version -> Int4,
        cree_le -> Timestamp,
        faits -> Nullable<Text>,
    }
}

diesel::table! {
    preference (compte_id, sujet) {
        compte_id -> Int8,
        sujet -> Text,
        frequence -> Text,
        modifiee_le -> Timestamp,
    }
}

diesel::table! {
    presence (dossier_id, compte_id) {
        dossier_id -> Int8,
        compte_id -> Int8,
        vue_le -> Timestamp,
    }
}

diesel::table! {
    rappel (id) {
        id -> Int8,
        echeance_id -> Int8,
        code -> Text,
        envoye_le -> Timestamp,
    }
}

diesel::table! {
    recours (id) {
        id -> Int8,
        conteste_id -> Int8,
        decision_id -> Nullable<Int8>,
        contestee -> Text,
        contestee_le -> Nullable<Date>,
        terme -> Nullable<Date>,
        degre -> Text,
        envoye_le -> Date,
        recu_le -> Date,
        papier -> Bool,
        moyens -> Text,
        accuse_le -> Nullable<Date>,
        repondre_avant -> Date,
        issue -> Nullable<Text>,
        decide_le -> Nullable<Date>,
        motifs -> Nullable<Text>,
        reponses -> Nullable<Text>,
        document -> Nullable<Text>,
        empreinte -> Nullable<Text>,
        notifiee_le -> Nullable<Date>,
        tribunal_avant -> Nullable<Date>,
    }
}

diesel::table! {
    recours_tribunal (recours_id, degre) {
        recours_id -> Int8,
        degre -> Text,
        saisi_le -> Date,
        numero -> Nullable<Text>,
        juge_le -> Nullable<Date>,
        issue -> Nullable<Text>,
        motifs -> Nullable<Text>,
    }
}

diesel::table! {
    reduction (demande_id) {
        demande_id -> Int8,
        rpps -> Text,
        baisse -> Int4,
        debut -> Date,
        duree_mois -> Int4,
    }
}

diesel::table! {
    reglement_conserve (version) {
        version -> Text,
        contenu -> Text,
        conserve_le -> Timestamp,
    }
}

diesel::table! {
    reponse_gardee (id) {
        id -> Int8,
        cle -> Text,
        session -> Nullable<Text>,
        visiteur -> Nullable<Text>,
        statut -> Int4,
        apercu -> Bool,
        contenu -> Bytea,
        gardee_le -> Timestamp,
    }
}

diesel::table! {
    representant (id) {
        id -> Int8,
        dossier_id -> Int8,
        nom -> Text,
        courriel -> Text,
        du -> Date,
        au -> Nullable<Date>,
        piece_id -> Int8,
        etat -> Text,
        motif -> Nullable<Text>,
        cree_le -> Timestamp,
        change_le -> Nullable<Timestamp>,
        change_par -> Nullable<Int8>,
    }
}

diesel::table! {
    session (empreinte) {
        empreinte -> Text,
        compte_id -> Int8,
        mandat_id -> Nullable<Int8>,
        cree_le -> Timestamp,
        vue_le -> Timestamp,
        expire_le -> Timestamp,
        adresse_ip -> Text,
        navigateur -> Text,
    }
}

diesel::table! {
    signature (decision_id) {
        decision_id -> Int8,
        moyen -> Text,
        delegation_id -> Int8,
        reference -> Nullable<Text>,
        cle -> Nullable<Text>,
        empreinte -> Nullable<Text>,
        media -> Nullable<Text>,
        octets -> Nullable<Int8>,
        nom -> Nullable<Text>,
        deposee_le -> Nullable<Timestamp>,
        deposee_par -> Nullable<Int8>,
    }
}

diesel::table! {
    silence (dossier_id) {
        dossier_id -> Int8,
        effet -> Text,
        le -> Date,
        demande_le -> Nullable<Date>,
        reponse_le -> Nullable<Date>,
        reponse -> Nullable<Text>,
        repondu_par -> Nullable<Int8>,
        recue_le -> Nullable<Date>,
    }
}

diesel::table! {
    statistique_nationale (mois) {
        mois -> Int4,
        du -> Date,
        releve_le -> Timestamp,
        figures -> Text,
    }
}

diesel::table! {
    tache (id) {
        id -> Int8,
        nature -> Text,
        cle -> Text,
        etat -> Text,
        tentatives -> Int4,
        prochain_essai -> Timestamp,
        bail -> Int8,
        reclame_le -> Nullable<Timestamp>,
        engagee_le -> Nullable<Timestamp>,
        derniere_erreur -> Nullable<Text>,
        cree_le -> Timestamp,
        conclue_le -> Nullable<Timestamp>,
        dossier_id -> Nullable<Int8>,
        donnees -> Text,
    }
}

diesel::table! {
    transmission (id) {
        id -> Int8,
        dossier_id -> Int8,
        de -> Text,
        vers -> Text,
        transmise_le -> Timestamp,
        par -> Int8,
        raison -> Text,
    }
}

diesel::table! {
    tribunal (insee) {
        insee -> Text,
        ville -> Text,
        adresse -> Text,
        verifie_le -> Date,
    }
}

diesel::table! {
    vue_enregistree (id) {
        id -> Int8,
        compte_id -> Int8,
        caisse_code -> Text,
        nom -> Text,
        requete -> Text,
        partagee -> Bool,
        cree_le -> Timestamp,
    }
}

diesel::table! {
    zonage_bassin (arrete_id, bassin_code) {
        arrete_id -> Int8,
        bassin_code -> Text,
        categorie -> Text,
        mixte -> Bool,
    }
}

diesel::table! {
    zonage_commune (arrete_id, insee) {
        arrete_id -> Int8,
        insee -> Text,
        bassin_code -> Text,
        categorie -> Text,
    }
}

diesel::joinable!(absence -> caisse (caisse_code));
diesel::joinable!(agenda -> compte (compte_id));
diesel::joinable!(appel -> charte (charte_id));
diesel::joinable!(appel -> dossier (id));
diesel::joinable!(arrete_deplacement -> arrete (arrete_id));
diesel::joinable!(attestation -> dossier (dossier_id));
diesel::joinable!(audition -> dossier (dossier_id));
diesel::joinable!(avis_rendu -> dossier (dossier_id));
diesel::joinable!(ayant_droit -> compte (habilite_par));
diesel::joinable!(ayant_droit -> depart (depart_id));
diesel::joinable!(ayant_droit -> piece (piece_id));
diesel::joinable!(brouillon -> compte (compte_id));
diesel::joinable!(brouillon_piece -> brouillon (brouillon_id));
diesel::joinable!(candidature -> appel (appel_id));
diesel::joinable!(candidature -> kine (kine_id));
diesel::joinable!(candidature_valeur -> candidature (candidature_id));
diesel::joinable!(candidature_valeur -> charte_critere (critere_id));
diesel::joinable!(candidature_valeur -> compte (verifiee_par));
diesel::joinable!(chaine -> caisse (caisse_code));
diesel::joinable!(changement -> bassin (bassin_code));
diesel::joinable!(changement -> caisse (caisse_code));
diesel::joinable!(changement -> compte (traite_par));
diesel::joinable!(changement -> kine (kine_id));
diesel::joinable!(charte -> caisse (caisse_code));
diesel::joinable!(charte -> compte (auteur_id));
diesel::joinable!(charte_critere -> charte (charte_id));
diesel::joinable!(code_etat_dossier -> code_nature_dossier (nature));
diesel::joinable!(commune -> bassin (bassin_code));
diesel::joinable!(commune -> caisse (caisse_code));
diesel::joinable!(consentement -> kine (kine_id));
diesel::joinable!(correction -> compte (faite_par));
diesel::joinable!(correction -> decision (decision_id));
diesel::joinable!(courriel -> tache (id));
diesel::joinable!(decision -> dossier (dossier_id));
diesel::joinable!(delegation -> caisse (caisse_code));
diesel::joinable!(demande -> dossier (id));
diesel::joinable!(demande -> piece (reserve_piece_id));
diesel::joinable!(depart -> compte (traitee_par));
diesel::joinable!(depart -> dossier (id));
diesel::joinable!(designation -> ayant_droit (ayant_droit_id));
diesel::joinable!(designation -> candidature (candidature_id));
diesel::joinable!(designation -> compte (auteur_id));
diesel::joinable!(designation -> kine (kine_id));
diesel::joinable!(designation -> place (place_id));
diesel::joinable!(document_emis -> decision (decision_id));
diesel::joinable!(document_emis -> dossier (dossier_id));
diesel::joinable!(document_emis -> tache (id));
diesel::joinable!(domicile -> commune (insee));
diesel::joinable!(domicile -> kine (kine_id));
diesel::joinable!(dossier -> bassin (bassin_code));
diesel::joinable!(dossier -> caisse (caisse_code));
diesel::joinable!(dossier -> commune (insee));
diesel::joinable!(dossier -> compte (assigne_a));
diesel::joinable!(dossier -> kine (kine_id));
diesel::joinable!(dossier -> place (place_id));
diesel::joinable!(dossier_etiquette -> dossier (dossier_id));
diesel::joinable!(dossier_etiquette -> etiquette (etiquette_id));
diesel::joinable!(dossier_mot -> dossier (dossier_id));
diesel::joinable!(echeance -> caisse (caisse_code));
diesel::joinable!(echeance -> code_nature_echeance (nature));
diesel::joinable!(echeance -> compte (cree_par));
diesel::joinable!(echeance -> dossier (dossier_id));
diesel::joinable!(envoi -> compte (par));
diesel::joinable!(envoi -> decision (decision_id));
diesel::joinable!(envoi -> dossier (dossier_id));
diesel::joinable!(etiquette -> caisse (caisse_code));
diesel::joinable!(etiquette -> compte (cree_par));
diesel::joinable!(evenement -> chaine (chaine));
diesel::joinable!(evenement -> compte (acteur_id));
diesel::joinable!(identite_verifiee -> caisse (caisse_code));
diesel::joinable!(identite_verifiee -> compte (par));
diesel::joinable!(identite_verifiee -> kine (kine_id));
diesel::joinable!(incitation -> caisse (caisse_code));
diesel::joinable!(jalon_chaine -> chaine (chaine));
diesel::joinable!(jalon_chaine -> jalon (jalon_id));
diesel::joinable!(jeton -> compte (compte_id));
diesel::joinable!(kine -> compte (compte_id));
diesel::joinable!(lettre -> compte (postee_par));
diesel::joinable!(lettre -> dossier (dossier_id));
diesel::joinable!(lot -> caisse (caisse_code));
diesel::joinable!(lot -> compte (auteur_id));
diesel::joinable!(lot_dossier -> dossier (dossier_id));
diesel::joinable!(lot_dossier -> lot (lot_id));
diesel::joinable!(mandat -> caisse (caisse_code));
diesel::joinable!(mandat -> compte (compte_id));
diesel::joinable!(message -> caisse (caisse_code));
diesel::joinable!(message -> dossier (dossier_id));
diesel::joinable!(message -> kine (kine_id));
diesel::joinable!(message_piece -> message (message_id));
diesel::joinable!(mot_a_refaire -> dossier (dossier_id));
diesel::joinable!(moyen_signature -> caisse (caisse_code));
diesel::joinable!(moyen_signature -> compte (choisi_par));
diesel::joinable!(note -> compte (auteur_id));
diesel::joinable!(note -> dossier (dossier_id));
diesel::joinable!(nouveaute -> caisse (caisse_code));
diesel::joinable!(nouveaute -> compte (compte_id));
diesel::joinable!(nouveaute -> dossier (dossier_id));
diesel::joinable!(numerotation -> caisse (caisse_code));
diesel::joinable!(numerotation -> code_nature_dossier (nature));
diesel::joinable!(phrase -> caisse (caisse_code));
diesel::joinable!(phrase -> compte (modifie_par));
diesel::joinable!(piece -> candidature (candidature_id));
diesel::joinable!(piece -> dossier (dossier_id));
diesel::joinable!(piece_demandee -> dossier (dossier_id));
diesel::joinable!(piece_demandee -> piece (piece_id));
diesel::joinable!(place -> bassin (bassin_code));
diesel::joinable!(place -> caisse (caisse_code));
diesel::joinable!(place -> depart (id));
diesel::joinable!(preference -> compte (compte_id));
diesel::joinable!(presence -> compte (compte_id));
diesel::joinable!(presence -> dossier (dossier_id));
diesel::joinable!(rappel -> echeance (echeance_id));
diesel::joinable!(recours -> decision (decision_id));
diesel::joinable!(recours_tribunal -> recours (recours_id));
diesel::joinable!(reduction -> demande (demande_id));
diesel::joinable!(reponse_gardee -> session (session));
diesel::joinable!(representant -> compte (change_par));
diesel::joinable!(representant -> dossier (dossier_id));
diesel::joinable!(representant -> piece (piece_id));
diesel::joinable!(session -> compte (compte_id));
diesel::joinable!(session -> mandat (mandat_id));
diesel::joinable!(signature -> compte (deposee_par));
diesel::joinable!(signature -> decision (decision_id));
diesel::joinable!(signature -> delegation (delegation_id));
diesel::joinable!(silence -> compte (repondu_par));
diesel::joinable!(silence -> dossier (dossier_id));
diesel::joinable!(tache -> code_nature_tache (nature));
diesel::joinable!(tache -> dossier (dossier_id));
diesel::joinable!(transmission -> compte (par));
diesel::joinable!(transmission -> dossier (dossier_id));
diesel::joinable!(tribunal -> commune (insee));
diesel::joinable!(vue_enregistree -> caisse (caisse_code));
diesel::joinable!(vue_enregistree -> compte (compte_id));
diesel::joinable!(zonage_bassin -> arrete (arrete_id));
diesel::joinable!(zonage_bassin -> bassin (bassin_code));
diesel::joinable!(zonage_commune -> arrete (arrete_id));

diesel::allow_tables_to_appear_in_same_query!(
    absence,
    agenda,
    appel,
    arrete,
    arrete_deplacement,
    attestation,
    audition,
    avis_rendu,
    ayant_droit,
    bassin,
    bassin_prepare,
    brouillon,
    brouillon_piece,
    caisse,
    candidature,
    candidature_valeur,
    chaine,
    changement,
    charte,
    charte_critere,
    code_etat_dossier,
    code_nature_dossier,
    code_nature_echeance,
    code_nature_tache,
    code_role,
    commune,
    commune_prepare,
    compte,
    consentement,
    correction,
    courriel,
    decision,
    delegation,
    demande,
    depart,
    designation,
    document_emis,
    domicile,
    dossier,
    dossier_etiquette,
    dossier_mot,
    echeance,
    envoi,
    etiquette,
    evenement,
    identite_verifiee,
    incitation,
    jalon,
    jalon_chaine,
    jeton,
    kine,
    lettre,
    lot,
    lot_dossier,
    mandat,
    message,
    message_piece,
    mot_a_refaire,
    mot_variante,
    motif_derogation,
    moyen_signature,
    note,
    nouveaute,
    numerotation,
    parametre_valeur,
    phrase,
    piece,
    piece_demandee,
    place,
    preference,
    presence,
    rappel,
    recours,
    recours_tribunal,
    reduction,
    reglement_conserve,
    reponse_gardee,
    representant,
    session,
    signature,
    silence,
    statistique_nationale,
    tache,
    transmission,
    tribunal,
    vue_enregistree,
    zonage_bassin,
    zonage_commune,
);
