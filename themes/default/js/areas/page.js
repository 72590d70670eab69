// Finds the area of a postcode. It fetches the file of all postcodes that begin alike and looks there, so that nobody is told which one
// was meant. Without this script the list of areas is the way.
function findArea(form) {
  const words = form.dataset;
  const field = form.querySelector("input");
  const said = form.querySelector("[role=status]");
  const shapes = words.shapes ? words.shapes.split("|") : [];
  let asked = 0;

  const say = (text, areas) => {
    field.removeAttribute("aria-invalid");
    said.textContent = "";
    const line = document.createElement("p");
    line.textContent = text;
    said.append(line);
    if (!areas) return;
    const list = document.createElement("ul");
    list.setAttribute("role", "list");
    areas.forEach((one) => {
      const [item, link] = [document.createElement("li"), document.createElement("a")];
      link.href = one.href;
      link.textContent = one.name;
      item.append(link);
      list.append(item);
    });
    said.append(list);
  };
  const refuse = (text) => {
    say(text);
    field.setAttribute("aria-invalid", "true");
    field.focus();
  };
  // The areas of all postcodes that begin alike; of those that the site does not know, nothing is fetched.
  const shard = async (first) => {
    const name = first.toLowerCase();
    if (!words.first.split(" ").includes(name)) return [];
    const answer = await fetch(`${words.folder}${name}.json`);
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  };
  const find = async (first, rest) => {
    asked += 1;
    const own = asked;
    const shown = (text) => text.replace("{}", shapes.length ? `${first} ${rest}` : first + rest);
    try {
      const all = await shard(first);
      const areas = all.filter((one) => one.rest.split(" ").includes(rest));
      if (own === asked) say(shown(areas.length ? words.found : words.unknown), areas.length ? areas : null);
    } catch (error) {
      if (own === asked) say(words.broken);
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = field.value.trim();
    const code = parted(typed, shapes);
    if (!typed) refuse(words.empty);
    else if (!code) refuse(words.wrong.replace("{}", typed));
    else find(...code);
  });
  form.hidden = false;
}

document.querySelectorAll(".find-area").forEach(findArea);
