// Each field that must be filled says so, in words before the form and to screen readers on the field; each that need
// not be says so in its label. Answers a list of faults.
function exigences() {
  const faults = [];
  const tell = (e) => `<${e.tagName.toLowerCase()} name=${e.name || ""} id=${e.id}>`;
  const words = (e) => (e.tagName === "FIELDSET" ? e.querySelector(":scope > legend") : e.labels?.[0])?.textContent || "";
  const spared = (e) => /\((facultatif|à [^)]+)\)/.test(words(e).replace(/\s+/g, " "));
  for (const form of document.querySelectorAll("form[method=post]")) {
    const typed = [...form.elements].filter((e) => e.matches("input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea"));
    // A choice of communes belongs to the field that searched for them.
    const groups = [...form.querySelectorAll("fieldset:has(> .options > .option > [type=radio])")];
    const fields = [...typed, ...groups];
    const must = fields.filter((e) => e.required || e.getAttribute("aria-required") === "true");
    for (const e of fields) {
      const required = must.includes(e), free = spared(e);
      if (required && free) { faults.push(`${tell(e)} is required, and its label says the contrary`); }
      const received = e.closest(".depot-recu")?.querySelector("[data-depot-liste] li");
      if (!required && !free && !received) { faults.push(`${tell(e)} says neither that it is required nor that it is not`); }
      const wrong = e.getAttribute("aria-invalid") === "true" || e.classList.contains("champ--erreur");
      if (wrong && !e.value && !required && !free) { faults.push(`${tell(e)} is refused empty without having said that it is required`); }
    }
    if (must.length > 1 && !form.querySelector(".a-remplir")) { faults.push(`the form of ${form.getAttribute("action")} does not say which fields to fill`); }
    if (must.some((e) => e.required && e.type !== "file") && form.noValidate) { faults.push(`the form of ${form.getAttribute("action")} holds a required that the browser ignores`); }
  }
  return faults;
}
