// Opens what is folded while the page is printed: paper has nothing to press.
(function () {
  "use strict";

  var opened = [];

  addEventListener("beforeprint", function () {
    opened = Array.from(document.querySelectorAll("details:not([open])"));
    opened.forEach(function (details) { details.open = true; });
  });

  addEventListener("afterprint", function () {
    opened.forEach(function (details) { details.open = false; });
  });
})();
