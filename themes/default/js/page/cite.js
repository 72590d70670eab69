// Offers, at the place that a link led to, to copy the link, the citation, or the words with their citation.
// Without it the address bar has the link, and the foot of the page the citation.
(function () {
  "use strict";

  var words = document.querySelector("footer.colophon");
  var cited = document.querySelector(".cite-text");
  var offered = null;

  if (!words || !cited || !words.dataset.copyLink) return;

  function address() {
    var canonical = document.querySelector("link[rel=canonical]");
    return canonical ? canonical.href : location.href.split("#")[0];
  }

  // The number as printed; of a paragraph without one, its first words.
  function place(target, id) {
    var kind = { item: words.dataset.item, para: words.dataset.paragraph, sec: words.dataset.section };
    var parts = id.match(/^(item|para|sec)-(.+)$/);
    if (parts) return kind[parts[1]].replace("{}", parts[2]);
    var first = text(target).split(/\s+/).slice(0, 6).join(" ");
    return words.dataset.beginning.replace("{}", first);
  }

  // What stands in a text and is not of it: signs, tags, facts from fields, whatever is shown in place.
  var added = ".pilcrow, .cite-tools, .cite-words, .record-note, .record-facts, .record-file, .votes, .correction, .folds, .since, " +
    ".page, .file, .alert-title, figure, figure + .table, [role=doc-noteref], [role=doc-backlink]";

  // The words of a place as they were typed, without the number by which it is cited.
  function text(target) {
    var copy = target.cloneNode(true);
    copy.querySelectorAll(added).forEach(function (other) { other.remove(); });
    var number = copy.querySelector(".number");
    if (number && !said(copy, number).trim()) number.remove();
    copy.querySelectorAll("p, li, dd, dt, td, th, div, br").forEach(function (block) { block.before(" "); });
    return copy.textContent.trim().replace(/\s+/g, " ");
  }

  // The words of an element before a part of it.
  function said(whole, part) {
    var range = document.createRange();
    range.setStart(whole, 0);
    range.setEndBefore(part);
    return range.toString();
  }

  function citation(target, id) {
    var whole = address();
    var source = cited.textContent.trim();
    if (source.endsWith(whole)) source = source.slice(0, -whole.length).replace(/,\s*$/, "");
    return source + ", " + place(target, id) + ", " + whole + "#" + encodeURI(id);
  }

  function copy(what, said, tools) {
    function done() { said.textContent = words.dataset.copied; }
    function byHand() {
      var field = document.createElement("textarea");
      field.value = what;
      field.readOnly = true;
      field.setAttribute("aria-label", words.dataset.copyByHand);
      tools.appendChild(field);
      field.select();
      said.textContent = words.dataset.copyByHand;
    }
    if (navigator.clipboard) navigator.clipboard.writeText(what).then(done, byHand);
    else byHand();
  }

  function offer() {
    if (offered) offered.remove();
    offered = null;
    var id = decodeURIComponent(location.hash.slice(1));
    var target = id && document.getElementById(id);
    if (!target || !target.closest(".prose") || target.matches(".since")) return;
    // A second name of a place is an empty element in front of its words.
    if (target.matches("span:empty")) target = target.parentElement;
    var tools = document.createElement("div");
    tools.className = "cite-tools";
    var said = document.createElement("p");
    said.setAttribute("role", "status");
    [
      [words.dataset.copyLink, function () { return address() + "#" + encodeURI(id); }],
      [words.dataset.copyCitation, function () { return citation(target, id); }],
      [words.dataset.copyQuotation, function () { return "“" + text(target) + "” (" + citation(target, id) + ")"; }],
    ].forEach(function (choice) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = choice[0];
      button.addEventListener("click", function () { copy(choice[1](), said, tools); });
      tools.appendChild(button);
    });
    tools.appendChild(said);
    var block = target.closest(".heading, .place") || target;
    if (block.matches("li, [role=listitem], td, dd, section, div.record, blockquote")) block.appendChild(tools);
    else block.insertAdjacentElement("afterend", tools);
    offered = tools;
  }

  addEventListener("hashchange", offer);
  offer();
})();
