"use strict";
// Which questions are shown: by words, type, outcome, and whether the baseline answered otherwise.
(() => {
  const form = document.querySelector("#filter");
  const shown = document.querySelector("#shown");
  const none = document.querySelector("#none");
  const questions = [...document.querySelectorAll("details.question")];

  const apply = () => {
    const wanted = new FormData(form);
    const words = String(wanted.get("words")).toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const question of questions) {
      const data = question.dataset;
      const text = question.textContent.toLowerCase();
      const fits =
        (!wanted.get("type") || data.type === wanted.get("type")) &&
        (!wanted.get("outcome") || data.outcome === wanted.get("outcome")) &&
        (!wanted.get("changed") || data.changed.split(" ").includes(wanted.get("changed"))) &&
        words.every((word) => text.includes(word));
      question.hidden = !fits;
      count += fits ? 1 : 0;
    }
    shown.textContent = `${count} of ${questions.length} questions`;
    none.hidden = count > 0;
  };

  // A click on an outcome in the summary leads to its questions.
  for (const link of document.querySelectorAll("a[data-outcome]")) {
    link.addEventListener("click", () => {
      form.elements.outcome.value = link.dataset.outcome;
      apply();
    });
  }
  document.querySelector("#open").addEventListener("click", () => {
    const fitting = questions.filter((question) => !question.hidden);
    const closed = fitting.some((question) => !question.open);
    for (const question of fitting) question.open = closed;
  });
  // An address with #id opens its question, also when a filter has hidden it.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.matches("details.question")) {
      target.hidden = false;
      target.open = true;
      target.scrollIntoView();
    }
  };
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", reveal);
  form.hidden = false;
  apply();
  reveal();
})();
