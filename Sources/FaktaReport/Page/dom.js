// Elements and text nodes. Nothing here, and nothing elsewhere, turns a string into markup.

const SVG = "http://www.w3.org/2000/svg";

/** Makes an element: attributes, `on…` listeners, and children; strings become text nodes. */
function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child);
    else if (child !== null && child !== undefined && child !== false) element.append(child);
  }
}

/** A link to the web, for http and https only; anything else is shown as text. */
function webLink(url, label) {
  if (!/^https?:\/\//i.test(url)) return h("span", {}, label ?? url);
  return h("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, label ?? url);
}

/** Makes a group of SVG or a row act like a button for mouse and keyboard. */
function pressable(element, action) {
  element.setAttribute("tabindex", "0");
  if (!element.hasAttribute("role")) element.setAttribute("role", "button");
  element.addEventListener("click", action);
  element.addEventListener("keydown", event => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    action(event);
  });
  return element;
}

/** Adds the next rows of a long list whenever its end comes into sight. */
function lazyList(container, items, render, batch = 40) {
  let next = 0;
  const sentinel = h(container.tagName === "OL" || container.tagName === "UL" ? "li" : "div", { class: "sentinel" });
  const more = () => {
    const rows = items.slice(next, next + batch).map((item, i) => render(item, next + i));
    next += rows.length;
    sentinel.before(...rows);
    if (next >= items.length) {
      observer.disconnect();
      sentinel.remove();
    }
  };
  const observer = whenSeen(sentinel, more, "600px");
  container.append(sentinel);
  more();
  if (next < items.length) observer.observe(sentinel);
  return container;
}

/** Calls `more` as long as an element is in sight or near. */
function whenSeen(element, more, margin) {
  const observer = new IntersectionObserver(entries => {
    if (!entries.at(-1).isIntersecting) return;
    more();
    // Only a change is reported: ask again, the element may still be in sight.
    observer.unobserve(element);
    if (element.isConnected) observer.observe(element);
  }, { rootMargin: margin });
  return observer;
}

/** Cuts a text to a length at a word, with an ellipsis. */
function shorten(text, length) {
  if (text.length <= length) return text;
  const cut = text.lastIndexOf(" ", length);
  return text.slice(0, cut > length / 2 ? cut : length).replace(/[\uD800-\uDBFF]$/, "") + "…";
}

function plural(count, one, many = one + "s") {
  return `${group(count)} ${count === 1 ? one : many}`;
}
