// Leads on from an old address, to the place that was meant. A refresh by `<meta>` would forget which one that was.
var name = location.hash.slice(1);
try {
  name = decodeURIComponent(name);
} catch (error) {
  // Whoever typed the address has a percent sign in it that stands for nothing: the name is as typed.
}
var place = document.getElementById(name);
var link = place && place.href ? place : document.querySelector("main a");
location.replace(link.href + (link === place || link.hash ? "" : location.hash));
