/* Relève: what JavaScript improves. Every page works without this file. */
(function () {
  "use strict";
  const tous = (selecteur, racine) => Array.from((racine || document).querySelectorAll(selecteur));
  const creer = (nom, attributs, texte) => {
    const e = document.createElement(nom);
    for (const [cle, valeur] of Object.entries(attributs || {})) e.setAttribute(cle, valeur);
    if (texte !== undefined) e.textContent = texte;
    return e;
  };
  document.documentElement.classList.add("js");

  /* What is redone when a part of the page is replaced. */
  function ameliorer(racine) {
    const resume = racine.querySelector("[data-resume-erreurs]");
    if (resume) resume.focus();
    tous("[data-commune]", racine).forEach(combobox);
    tous("form[data-televersement]", racine).forEach(televerser);
    tous("form[data-brouillon]", racine).forEach(brouillon);
    tous("[data-copier]", racine).forEach(copiable);
  }
  addEventListener("DOMContentLoaded", () => ameliorer(document));

  /* A text to take elsewhere: one press puts it in the clipboard. */
  function copiable(texte) {
    if (!navigator.clipboard) return;
    const bouton = creer("button", { class: "bouton bouton--second bouton--petit", type: "button" }, "Copier");
    const dit = creer("span", { role: "status", class: "discret" });
    bouton.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(texte.textContent);
        dit.textContent = " Copié.";
      } catch (erreur) {
        getSelection().selectAllChildren(texte);
        dit.textContent = " Le navigateur refuse de copier\u00a0: l’adresse est sélectionnée, copiez-la au clavier.";
      }
    });
    const ligne = creer("p", {});
    ligne.append(bouton, dit);
    (texte.closest("p") || texte).after(ligne);
  }

  /* A sentence of the caisse goes into its field, after what is written there. */
  document.addEventListener("click", (evenement) => {
    const lien = evenement.target.closest("[data-inserer]");
    const champ = lien && document.getElementById(lien.dataset.inserer);
    if (!champ || evenement.ctrlKey || evenement.metaKey || evenement.shiftKey) return;
    evenement.preventDefault();
    const avant = champ.value.trimEnd();
    champ.value = avant ? avant + "\n" + lien.dataset.texte : lien.dataset.texte;
    champ.dispatchEvent(new Event("input", { bubbles: true }));
    const plie = champ.closest("details");
    if (plie) plie.open = true;
    champ.focus();
  });

  /* A link of the error summary puts the cursor in the field. */
  document.addEventListener("click", (evenement) => {
    const lien = evenement.target.closest("[data-resume-erreurs] a[href^='#']");
    const cible = lien && document.getElementById(lien.hash.slice(1));
    if (!cible) return;
    evenement.preventDefault();
    (cible.closest(".champ") || cible).scrollIntoView({ block: "center" });
    cible.focus({ preventScroll: true });
  });

  /* The account menu closes with Escape or a click elsewhere. */
  for (const menu of tous(".compte-menu")) {
    document.addEventListener("click", (e) => { if (!menu.contains(e.target)) menu.open = false; });
    menu.addEventListener("keydown", (e) => {
      if (e.key === "Escape" && menu.open) { menu.open = false; menu.querySelector("summary").focus(); }
    });
  }

  /* So does what a key opened: the box of a refusal. */
  for (const volet of tous("details.examen__refus")) {
    volet.addEventListener("keydown", (e) => {
      if (e.key === "Escape" && volet.open) { volet.open = false; volet.querySelector("summary").focus(); }
    });
  }

  /* The session: said five minutes before its end, with a button that has it last longer without leaving the page.
     Another tab may have been used meanwhile: the latest end counts. */
  const finSession = document.querySelector("[data-fin-session]");
  if (finSession) {
    const CLE = "releve-fin-session", AVANT = 5 * 60;
    const [dire, prolonger] = [finSession.querySelector("[role=status]"), finSession.querySelector("form")];
    let fin = 0, reveil, dit = "";
    const garder = (secondes) => {
      fin = Date.now() + secondes * 1000;
      try { localStorage.setItem(CLE, String(fin)); } catch { /* kept by this page alone */ }
    };
    const ailleurs = () => { try { return Number(localStorage.getItem(CLE)) || 0; } catch { return 0; } };
    const annoncer = (phrase, boutonVisible) => {
      if (phrase === dit) return;
      dit = phrase;
      finSession.hidden = false;
      if (prolonger) prolonger.hidden = !boutonVisible;
      dire.textContent = phrase;
    };
    const veiller = () => {
      clearTimeout(reveil);
      fin = Math.max(fin, ailleurs());
      const reste = Math.round((fin - Date.now()) / 1000);
      if (reste <= 0) { annoncer("Votre connexion est terminée. Ce que vous avez tapé est encore là : en l’envoyant, vous pourrez vous reconnecter sans rien perdre.", false); return; }
      if (reste <= AVANT) {
        const minutes = Math.ceil(reste / 60);
        // Said once: nobody wants to hear a countdown.
        if (!dit) annoncer(`Votre connexion se termine dans ${minutes} minute${minutes > 1 ? "s" : ""}. Ce que vous tapez ne sera pas perdu.`, true);
      }
      reveil = setTimeout(veiller, Math.min(reste > AVANT ? reste - AVANT : reste, 3600) * 1000 + 500);
    };
    garder(Number(finSession.dataset.finSession));
    veiller();
    document.addEventListener("visibilitychange", () => { if (!document.hidden) veiller(); });
    if (prolonger) prolonger.addEventListener("submit", async (evenement) => {
      evenement.preventDefault();
      try {
        const reponse = await fetch(prolonger.action, { method: "POST", body: new URLSearchParams(new FormData(prolonger)) });
        const recue = new DOMParser().parseFromString(await reponse.text(), "text/html").querySelector("[data-fin-session]");
        if (!reponse.ok || !recue) throw new Error("no session any more");
        garder(Number(recue.dataset.finSession));
        annoncer(`Votre connexion est prolongée jusqu’à ${recue.dataset.heure}.`, false);
        dit = "";
        veiller();
      } catch {
        annoncer("La connexion n’a pas pu être prolongée. Ce que vous avez tapé ne sera pas perdu.", true);
      }
    });
  }

  /* A form that writes is sent once; a page brought back by the browser may send again. */
  document.addEventListener("submit", (evenement) => {
    const formulaire = evenement.target;
    if (formulaire.method !== "post" || evenement.defaultPrevented) return;
    if (formulaire.dataset.envoye) { evenement.preventDefault(); return; }
    formulaire.dataset.envoye = "oui";
    delete formulaire.dataset.modifie;
    for (const b of tous("button", formulaire)) b.setAttribute("aria-disabled", "true");
  });
  addEventListener("pageshow", () => {
    for (const f of tous("form[data-envoye]")) {
      delete f.dataset.envoye;
      for (const b of tous("button", f)) b.removeAttribute("aria-disabled");
    }
  });

  /* Leaving a form with something typed and not sent asks first. */
  document.addEventListener("input", (e) => {
    const f = e.target.form;
    if (f && f.hasAttribute("data-alerte-modifications")) f.dataset.modifie = "oui";
  });
  addEventListener("beforeunload", (e) => {
    if (document.querySelector("form[data-modifie]")) e.preventDefault();
  });

  /* Commune: the search box becomes a combobox with a list. */
  function combobox(bloc) {
    const champ = bloc.querySelector("input[type=text]");
    const liste = creer("ul", { class: "liste-flottante", role: "listbox", id: champ.id + "-liste", "aria-label": "Communes proposées" });
    const annonce = creer("p", { class: "sr", role: "status" });
    const choix = creer("input", { type: "hidden", name: bloc.dataset.commune });
    const coche = bloc.querySelector("input[type=radio]:checked");
    let options = [], active = -1, attente, demande, requete = 0;

    if (coche) {
      choix.value = coche.value;
      champ.value = bloc.querySelector("label[for='" + coche.id + "']").textContent;
    }
    tous("button, .champ-commune__resultats", bloc).forEach((e) => e.remove());
    liste.hidden = true;
    bloc.append(liste, annonce, choix);
    for (const [cle, valeur] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": liste.id })) champ.setAttribute(cle, valeur);

    function fermer() {
      liste.hidden = true;
      active = -1;
      champ.setAttribute("aria-expanded", "false");
      champ.removeAttribute("aria-activedescendant");
    }
    function activer(rang) {
      active = rang;
      Array.from(liste.children).forEach((li, i) => li.setAttribute("aria-selected", String(i === rang)));
      const li = liste.children[rang];
      if (!li) { champ.removeAttribute("aria-activedescendant"); return; }
      champ.setAttribute("aria-activedescendant", li.id);
      li.scrollIntoView({ block: "nearest" });
    }
    function choisir(rang) {
      const c = options[rang];
      if (!c) return;
      champ.value = c.nom + " (" + [c.cp, c.departement].filter(Boolean).join(", ") + ")";
      choix.value = c.insee;
      choix.dispatchEvent(new Event("input", { bubbles: true }));
      annonce.textContent = c.nom + " choisie";
      fermer();
    }
    function montrer(communes) {
      options = communes;
      liste.replaceChildren(...communes.map((c, i) => {
        const li = creer("li", { role: "option", id: champ.id + "-option-" + i, "aria-selected": "false" });
        li.append(creer("span", {}, c.nom), creer("span", { class: "discret" }, [c.cp, c.departement].filter(Boolean).join(", ")));
        return li;
      }));
      liste.hidden = communes.length === 0;
      champ.setAttribute("aria-expanded", String(!liste.hidden));
      annonce.textContent = communes.length === 0 ? "Aucune commune trouvée" : communes.length === 1 ? "Une commune proposée" : communes.length + " communes proposées";
      activer(-1);
    }
    async function chercher() {
      const q = champ.value.trim();
      if (!q) { fermer(); return; }
      if (demande) demande.abort();
      demande = new AbortController();
      const numero = ++requete;
      try {
        const reponse = await fetch(bloc.dataset.source + "?q=" + encodeURIComponent(q), { signal: demande.signal, headers: { Accept: "application/json" } });
        if (!reponse.ok) throw new Error(String(reponse.status));
        const communes = await reponse.json();
        if (numero === requete && document.activeElement === champ) montrer(communes);
      } catch (erreur) {
        if (erreur.name !== "AbortError") { fermer(); annonce.textContent = "La recherche ne répond pas. Réessayez dans un instant."; }
      }
    }
    champ.addEventListener("input", () => {
      choix.value = "";
      clearTimeout(attente);
      attente = setTimeout(chercher, 150);
    });
    champ.addEventListener("keydown", (e) => {
      const ouverte = !liste.hidden;
      if (e.key === "ArrowDown" || e.key === "ArrowUp") {
        e.preventDefault();
        if (!ouverte) { chercher(); return; }
        const n = options.length;
        activer(e.key === "ArrowDown" ? (active + 1) % n : (active <= 0 ? n : active) - 1);
      } else if (e.key === "Enter" && ouverte) {
        e.preventDefault();
        choisir(active < 0 ? 0 : active);
      } else if (e.key === "Escape" && ouverte) {
        e.preventDefault();
        fermer();
      }
    });
    champ.addEventListener("focus", () => { if (!choix.value && champ.value) chercher(); });
    champ.addEventListener("blur", () => setTimeout(fermer, 150));
    liste.addEventListener("mousedown", (e) => e.preventDefault());
    liste.addEventListener("click", (e) => choisir(Array.from(liste.children).indexOf(e.target.closest("li"))));
  }

  /* Files: dropped on their field, sent with a progress bar to the action of the same form. Cut off, nothing is stored
     and the files stay chosen: the same button sends them again. */
  function televerser(formulaire) {
    const champs = tous("input[type=file]", formulaire);
    if (!champs.length) return;
    for (const champ of champs) {
      const choix = creer("p", { class: "discret", "aria-live": "polite" });
      deposable(champ).append(choix);
      champ.addEventListener("change", async () => {
        const choisis = Array.from(champ.files);
        const fautes = (await Promise.all(choisis.map((f) => refuse(champ, f)))).filter(Boolean);
        choix.classList.toggle("champ__erreur", fautes.length > 0);
        choix.textContent = fautes.length ? fautes.join(" ") : choisis.map((f) => f.name + ", " + taille(f.size)).join(" ; ");
      });
    }
    const suivi = creer("div", { class: "suivi" }), jauge = creer("progress", { class: "jauge", max: "100", value: "0", "aria-label": "Envoi des fichiers" }), etat = creer("p", { role: "status" });
    jauge.hidden = true;
    suivi.append(jauge, etat);
    formulaire.append(suivi);
    formulaire.addEventListener("submit", async (e) => {
      if (formulaire.dataset.envoye || !champs.some((c) => c.files.length)) return;
      e.preventDefault();
      formulaire.dataset.envoye = "oui";
      const examens = champs.flatMap((c) => Array.from(c.files).map((f) => refuse(c, f)));
      const fautes = (await Promise.all(examens)).filter(Boolean);
      if (fautes.length) {
        delete formulaire.dataset.envoye;
        etat.classList.add("champ__erreur");
        etat.textContent = "Rien n’est envoyé. " + fautes.join(" ");
        return;
      }
      delete formulaire.dataset.modifie;
      const requete = new XMLHttpRequest();
      jauge.value = 0;
      jauge.hidden = false;
      etat.classList.remove("champ__erreur");
      etat.textContent = "Envoi en cours…";
      requete.open("POST", formulaire.action);
      requete.setRequestHeader("Accept", "text/html");
      let palier = 0;
      requete.upload.onprogress = (p) => {
        if (!p.lengthComputable) return;
        jauge.value = Math.round(100 * p.loaded / p.total);
        // Said by quarters: a screen reader that hears every step hears nothing else.
        const quart = Math.floor(4 * p.loaded / p.total);
        if (quart > palier) { palier = quart; etat.textContent = quart === 4 ? "Envoyé, vérification en cours…" : "Envoi en cours : " + 25 * quart + " %"; }
      };
      const echec = () => {
        delete formulaire.dataset.envoye;
        formulaire.dataset.modifie = "oui";
        jauge.hidden = true;
        etat.classList.add("champ__erreur");
        etat.textContent = palier < 4
          ? "La connexion a été coupée : rien n’est enregistré. Vos fichiers sont toujours choisis, appuyez de nouveau sur le bouton pour les envoyer."
          : "La réponse n’est pas arrivée. Vos fichiers sont toujours choisis, appuyez de nouveau sur le bouton : un même fichier n’est gardé qu’une fois.";
      };
      requete.onerror = requete.onabort = requete.ontimeout = echec;
      requete.onload = () => {
        const recue = new DOMParser().parseFromString(requete.responseText, "text/html");
        const page = recue.querySelector(".page");
        if (!page) { echec(); return; }
        // The answer is shown as it came, since what it says once («fichier reçu») is not said again.
        if (requete.responseURL && requete.responseURL !== location.href) history.pushState({}, "", requete.responseURL);
        addEventListener("popstate", () => location.reload(), { once: true });
        document.title = recue.title;
        document.querySelector(".page").replaceWith(document.adoptNode(page));
        page.querySelector("main").focus();
        scrollTo(0, 0);
        ameliorer(page);
      };
      requete.send(new FormData(formulaire, e.submitter));
    });
  }

  function taille(octets) {
    if (octets < 1e5) return Math.ceil(octets / 1000) + "\u00a0ko";
    return (octets / 1e6).toLocaleString("fr-FR", { maximumFractionDigits: 1 }) + "\u00a0Mo";
  }

  /* What the browser already knows of a file that would not arrive: too large, or changed since it was chosen. */
  async function refuse(champ, fichier) {
    const max = Number(champ.dataset.max);
    if (max && fichier.size > max) return "«\u00a0" + fichier.name + "\u00a0» fait " + taille(fichier.size) + ", pour " + taille(max) + " au plus\u00a0: réduisez-le ou envoyez-le en plusieurs parties.";
    try { await fichier.slice(0, 1).arrayBuffer(); } catch (erreur) {
      return "«\u00a0" + fichier.name + "\u00a0» a changé depuis que vous l’avez choisi\u00a0: choisissez-le de nouveau.";
    }
    return "";
  }

  /* A frame around a file field, in which files can be dropped. */
  function deposable(champ, recevoir) {
    const zone = creer("div", { class: "depot" });
    champ.before(zone);
    zone.append(champ, creer("span", { class: "discret" }, "Vous pouvez aussi déposer le fichier dans ce cadre."));
    for (const nom of ["dragenter", "dragover"]) zone.addEventListener(nom, (e) => { e.preventDefault(); zone.classList.add("depot--survol"); });
    for (const nom of ["dragleave", "drop"]) zone.addEventListener(nom, () => zone.classList.remove("depot--survol"));
    zone.addEventListener("drop", (e) => {
      e.preventDefault();
      if (!e.dataTransfer.files.length) return;
      if (typeof recevoir === "function") { recevoir(Array.from(e.dataTransfer.files)); return; }
      champ.files = e.dataTransfer.files;
      for (const type of ["input", "change"]) champ.dispatchEvent(new Event(type, { bubbles: true }));
    });
    return zone;
  }

  /* Drafts: the form is kept on the server as one types; a file is sent as soon as it is chosen. */
  function brouillon(formulaire) {
    const etat = formulaire.querySelector("[data-etat-brouillon]");
    const avertissement = creer("div", { class: "message message--a-faire", role: "alert", hidden: "" });
    formulaire.prepend(avertissement);
    const boutonSansScript = formulaire.querySelector("button[name=_brouillon]");
    if (boutonSansScript) boutonSansScript.hidden = true;
    let attente, enCours = null, encore = false, parti = false, essais = 0, fichiersEnRoute = 0;

    function donnees() {
      const envoi = new FormData(formulaire);
      for (const [nom, valeur] of Array.from(envoi.entries())) if (valeur instanceof File) envoi.delete(nom);
      envoi.append("_formulaire", formulaire.dataset.brouillon);
      return envoi;
    }
    function prevenir(texte, lien, mots) {
      avertissement.replaceChildren(creer("p", {}, texte));
      if (lien) {
        const p = creer("p");
        p.append(creer("a", { href: lien, target: "_blank", rel: "noopener" }, mots));
        avertissement.append(p);
      }
      avertissement.hidden = false;
      etat.textContent = "Pas encore enregistré";
    }
    function recu(lu) {
      essais = 0;
      avertissement.hidden = true;
      etat.textContent = lu.phrase;
      delete formulaire.dataset.modifie;
      // The page read again, or the browser opened again, shows the draft.
      if (lu.id) history.replaceState(history.state, "", formulaire.getAttribute("action") + "?brouillon=" + lu.id);
      montrerPieces(lu.pieces || []);
    }
    /* The session is over: what was sent is kept all the same, and the fields stay as they are. */
    function ailleurs(adresse) {
      const connexion = new URL(adresse).pathname === "/connexion";
      prevenir(connexion
        ? "Votre session a expiré. Ce que vous avez écrit est conservé. Connectez-vous de nouveau pour continuer."
        : "Vous vous êtes connecté de nouveau depuis l’ouverture de cette page. Ce que vous avez écrit est conservé.",
      adresse, connexion ? "Me connecter (nouvel onglet)" : "Reprendre mon brouillon (nouvel onglet)");
      etat.textContent = "Conservé dans vos brouillons";
      delete formulaire.dataset.modifie;
    }
    async function enregistrer() {
      clearTimeout(attente);
      if (parti) return;
      if (enCours) { encore = true; return; }
      enCours = new AbortController();
      etat.textContent = "Enregistrement…";
      try {
        const reponse = await fetch("/brouillons", { method: "POST", body: new URLSearchParams(donnees()), signal: enCours.signal, headers: { Accept: "application/json" } });
        const json = (reponse.headers.get("content-type") || "").includes("json");
        if (json) {
          const lu = await reponse.json();
          if (reponse.ok) recu(lu); else prevenir(lu.phrase);
        } else if (reponse.redirected) ailleurs(reponse.url);
        else throw new Error(String(reponse.status));
      } catch (erreur) {
        if (erreur.name !== "AbortError") {
          prevenir("Votre brouillon n’a pas pu être enregistré : la connexion est coupée ou le service ne répond pas. Gardez cette page ouverte, nous réessayons.");
          essais = Math.min(essais + 1, 5);
          attente = setTimeout(enregistrer, 2000 * 2 ** essais);
        }
      }
      enCours = null;
      if (encore) { encore = false; enregistrer(); }
    }
    formulaire.addEventListener("input", (e) => {
      if (e.target.type === "file") return;
      clearTimeout(attente);
      attente = setTimeout(enregistrer, 1500);
    });
    formulaire.addEventListener("change", (e) => { if (e.target.type !== "file") enregistrer(); });
    addEventListener("online", () => { if (!avertissement.hidden) enregistrer(); });
    formulaire.addEventListener("submit", (e) => {
      if (fichiersEnRoute > 0) {
        e.preventDefault();
        prevenir("Un fichier est encore en route : attendez qu’il soit reçu, puis envoyez.");
        return;
      }
      parti = true;
      clearTimeout(attente);
      if (enCours) enCours.abort();
    });
    addEventListener("pageshow", () => { parti = false; });

    /* A document in the page: read only once it is asked for. */
    function apercu(p) {
      const plus = creer("details", { class: "plus apercu-plus" }), resume = creer("summary", {}, "Aperçu"), adresse = "/brouillons/pieces/" + p.id + "?voir=1";
      resume.append(creer("span", { class: "sr" }, " de " + p.nom));
      plus.append(resume);
      plus.addEventListener("toggle", () => {
        plus.append(p.image
          ? creer("img", { class: "apercu__image", src: adresse, alt: p.nom })
          : creer("iframe", { class: "apercu__cadre", src: adresse + "#navpanes=0", title: p.nom }));
      }, { once: true });
      return plus;
    }

    /* Documents, field by field. */
    function montrerPieces(pieces) {
      for (const bloc of tous("[data-depot]", formulaire)) {
        const liste = bloc.querySelector("[data-depot-liste]");
        const miennes = pieces.filter((p) => p.champ === bloc.dataset.depot);
        liste.hidden = miennes.length === 0;
        liste.replaceChildren(...miennes.map((p) => {
          const li = creer("li", { class: "fichier" }), texte = creer("div", { class: "fichier__texte" }), ligne = creer("p");
          const lien = creer("a", { href: "/brouillons/pieces/" + p.id + "?voir=1", target: "_blank", rel: "noopener" }, p.nom);
          lien.append(creer("span", { class: "sr" }, " (nouvel onglet)"));
          ligne.append(lien, " ", creer("span", { class: "discret" }, p.detail + ", reçu"));
          texte.append(ligne, apercu(p));
          const retirer = creer("button", { class: "bouton bouton--second bouton--petit", formaction: "/brouillons/pieces/" + p.id + "/retirer", formnovalidate: "" }, "Retirer");
          retirer.append(creer("span", { class: "sr" }, " " + p.nom));
          li.append(texte, retirer);
          return li;
        }));
      }
    }
    for (const bloc of tous("[data-depot]", formulaire)) {
      const champ = bloc.querySelector("input[type=file]");
      const suivi = creer("div", { "aria-live": "polite" });
      deposable(champ, (fichiers) => fichiers.forEach(envoyer)).append(suivi);
      champ.addEventListener("change", () => {
        const choisis = Array.from(champ.files);
        champ.value = "";
        choisis.forEach(envoyer);
      });
      const envoyer = async (fichier) => {
        const faute = await refuse(champ, fichier);
        if (faute) { suivi.append(creer("p", { class: "champ__erreur" }, faute)); return; }
        const ligne = creer("p", {}, "Envoi de " + fichier.name + ", " + taille(fichier.size) + "…");
        const jauge = creer("progress", { class: "jauge", max: "100", value: "0", "aria-label": "Envoi de " + fichier.name });
        suivi.append(ligne, jauge);
        fichiersEnRoute += 1;
        const envoi = donnees();
        envoi.append(champ.name, fichier);
        const requete = new XMLHttpRequest();
        requete.open("POST", "/brouillons");
        requete.setRequestHeader("Accept", "application/json");
        requete.upload.onprogress = (p) => { if (p.lengthComputable) jauge.value = Math.round(100 * p.loaded / p.total); };
        /* The browser still holds the file: one press sends it again. */
        const echec = () => {
          jauge.remove();
          ligne.textContent = fichier.name + " n’est pas arrivé. Vérifiez votre connexion : rien n’est perdu. ";
          const reessayer = creer("button", { class: "bouton bouton--second bouton--petit", type: "button" }, "Réessayer");
          reessayer.addEventListener("click", () => { ligne.remove(); envoyer(fichier); });
          ligne.append(reessayer);
        };
        requete.onloadend = () => { fichiersEnRoute -= 1; };
        requete.onerror = requete.onabort = requete.ontimeout = echec;
        requete.onload = () => {
          let lu;
          try { lu = JSON.parse(requete.responseText); } catch (erreur) {
            echec();
            if (requete.responseURL && !requete.responseURL.endsWith("/brouillons")) ailleurs(requete.responseURL);
            return;
          }
          jauge.remove();
          const faute = (lu.fautes || []).find((f) => f.champ === champ.name);
          if (faute || requete.status !== 200) { ligne.textContent = faute ? faute.phrase : lu.phrase; ligne.classList.add("champ__erreur"); return; }
          ligne.textContent = fichier.name + " : reçu.";
          recu(lu);
        };
        requete.send(envoi);
      };
    }
  }

  /* Work that goes on behind the page: it is read again until it is over. */
  async function actualiser() {
    const bloc = document.querySelector("[data-actualiser]");
    if (!bloc) return;
    try {
      const reponse = await fetch(bloc.dataset.actualiser, { headers: { Accept: "text/html" } });
      if (!reponse.ok) throw new Error(String(reponse.status));
      const recue = new DOMParser().parseFromString(await reponse.text(), "text/html").querySelector("main");
      if (recue && !document.querySelector("main").contains(document.activeElement)) document.querySelector("main").replaceWith(document.adoptNode(recue));
      else if (recue && !recue.querySelector("[data-actualiser]")) { location.reload(); return; }
    } catch (erreur) { /* The link «Actualiser» is still there. */ }
    setTimeout(actualiser, 1500);
  }
  if (document.querySelector("[data-actualiser]")) setTimeout(actualiser, 1000);

  /* Keys: each page says its own, ? lists them all. Ignored while typing, and while a dialog is open. */
  const touches = new Map();
  const ajouter = (touche, effet, agir) => touches.set(touche, { effet, agir });

  /* The queue: j and k move, x ticks, Enter opens. The bar of acts shows when something is ticked. */
  const queue = document.querySelector("[data-queue]");
  if (queue) {
    const lignes = tous("[data-ligne]", queue);
    const lot = queue.querySelector("[data-lot]");
    let courante = -1;
    const compter = () => {
      if (!lot) return;
      const n = tous("input[name=dossier]:checked", queue).length;
      lot.hidden = n === 0;
      lot.querySelector("[data-lot-compte]").textContent = n < 2 ? "1 dossier choisi" : n + " dossiers choisis";
    };
    queue.addEventListener("change", compter);
    addEventListener("pageshow", compter);
    compter();
    const marquer = (rang) => {
      if (lignes[courante]) lignes[courante].removeAttribute("data-courante");
      courante = rang;
      lignes[rang].setAttribute("data-courante", "");
    };
    const aller = (rang) => {
      if (rang < 0 || rang >= lignes.length) return;
      marquer(rang);
      lignes[rang].querySelector("a").focus({ preventScroll: true });
      lignes[rang].scrollIntoView({ block: "nearest" });
    };
    queue.addEventListener("focusin", (e) => {
      const rang = lignes.indexOf(e.target.closest("[data-ligne]"));
      if (rang >= 0 && rang !== courante) marquer(rang);
    });
    ajouter("j", "ligne suivante de la liste", () => aller(courante + 1));
    ajouter("k", "ligne précédente de la liste", () => aller(courante < 0 ? 0 : courante - 1));
    if (lot) ajouter("x", "choisir le dossier, ou ne plus le choisir", () => {
      const caseACocher = lignes[courante] && lignes[courante].querySelector("input[type=checkbox]");
      if (caseACocher) caseACocher.click();
    });
    ajouter("Enter", "ouvrir la ligne", (e) => {
      if (!lignes[courante] || e.target.closest("a, button, summary")) return false;
      lignes[courante].querySelector("a").click();
    });
  }
  const filtres = document.querySelector(".file-filtres");
  if (filtres) ajouter("f", "filtrer la liste", () => {
    filtres.open = true;
    filtres.querySelector("input:not([type=hidden]), select").focus();
  });

  /* The page of a file: back to the list from which it was opened. */
  const retour = document.querySelector("[data-retour]");
  if (retour) ajouter("u", "revenir à la liste des dossiers", () => { location.href = retour.dataset.retour; });

  for (const e of tous("[data-raccourci]")) {
    e.setAttribute("aria-keyshortcuts", e.dataset.raccourci);
    ajouter(e.dataset.raccourci, e.dataset.effet, () => {
      // What a key opens, it opens to be filled.
      const plus = e.matches("summary") && e.parentElement;
      if (plus && plus.open) { plus.querySelector("textarea, select, input").focus(); return; }
      e.click();
      const champ = plus && plus.querySelector("textarea, select, input");
      if (champ) champ.focus();
    });
  }
  const recherche = document.getElementById("recherche-globale");
  if (recherche) ajouter("/", "chercher un dossier", () => recherche.focus());
  if (touches.size === 0) return;

  const aide = creer("dialog", { "aria-labelledby": "aide-clavier" });
  ajouter("?", "montrer cette aide", () => aide.showModal());
  const raccourcis = creer("dl", { class: "faits" });
  for (const [touche, effet] of [...Array.from(touches, ([t, { effet }]) => [t === "Enter" ? "Entrée" : t, effet]), ["Échap", "fermer cette aide"]]) {
    const rangee = creer("div"), dt = creer("dt");
    dt.append(creer("kbd", {}, touche));
    rangee.append(dt, creer("dd", {}, effet));
    raccourcis.append(rangee);
  }
  const fermeture = creer("button", { class: "bouton bouton--second", type: "button" }, "Fermer l’aide");
  fermeture.addEventListener("click", () => aide.close());
  const pied = creer("p", { class: "actions" });
  pied.append(fermeture);
  // Single keys can disturb those who dictate: they can be turned off, for this browser.
  const reglage = creer("div", { class: "option" });
  const lettres = creer("input", { type: "checkbox", id: "aide-clavier-lettres" });
  lettres.checked = localStorage.getItem("raccourcis") !== "non";
  const dites = () => { for (const t of tous("[data-touches]")) t.hidden = !lettres.checked; };
  dites();
  lettres.addEventListener("change", () => { localStorage.setItem("raccourcis", lettres.checked ? "oui" : "non"); dites(); });
  reglage.append(lettres, creer("label", { for: lettres.id }, "Utiliser ces touches dans ce navigateur"));
  aide.append(creer("h2", { id: "aide-clavier" }, "Au clavier"), raccourcis, reglage, pied);
  const ouverture = creer("button", { class: "lien", type: "button" }, "Raccourcis clavier");
  ouverture.addEventListener("click", () => aide.showModal());
  const place = creer("li");
  place.append(ouverture);
  document.body.append(aide);
  document.querySelector(".pied ul").append(place);

  document.addEventListener("keydown", (e) => {
    const dansUneSaisie = e.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (!lettres.checked || dansUneSaisie || e.ctrlKey || e.metaKey || e.altKey || document.querySelector("dialog[open]")) return;
    const touche = touches.get(e.key);
    if (touche && touche.agir(e) !== false) e.preventDefault();
  });
})();
