// Leads on from an old address, to the place that was meant. A refresh by `<meta>` would forget which one that was.
var place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
var link = place && place.href ? place : document.querySelector("main a");
location.replace(link.href + (link === place || link.hash ? "" : location.hash));
