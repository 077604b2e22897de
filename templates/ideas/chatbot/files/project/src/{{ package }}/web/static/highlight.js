// Finds a quote in rendered text, however it is spread over elements, and marks it.

// Letters and digits only: the page and the quote may differ in spaces, dashes and quotation marks.
const SIGNIFICANT = /[\p{L}\p{N}]/u;

function significantCharacters(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const places = [];
  let text = "";
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (let offset = 0; offset < node.data.length; offset += 1) {
      const character = node.data[offset];
      if (SIGNIFICANT.test(character)) {
        text += character.toLowerCase()[0];
        places.push({ node, offset });
      }
    }
  }
  return { text, places };
}

function reduce(quote) {
  return [...quote].filter((c) => SIGNIFICANT.test(c)).map((c) => c.toLowerCase()[0]).join("");
}

function find({ text, places }, quote) {
  const wanted = reduce(quote);
  const start = wanted === "" ? -1 : text.indexOf(wanted);
  return start < 0 ? null : places.slice(start, start + wanted.length);
}

function mark(places) {
  const spans = new Map(); // text node -> first and last offset to mark
  for (const { node, offset } of places) {
    const span = spans.get(node);
    if (span === undefined) spans.set(node, { from: offset, to: offset });
    else span.to = offset;
  }
  for (const [node, { from, to }] of spans) {
    const closing = /^[.!?…)”"’']+/.exec(node.data.slice(to + 1))?.[0].length ?? 0;
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to + 1 + closing);
    range.surroundContents(document.createElement("mark"));
  }
}

/**
 * Marks the quote wherever it stands below `root`; a quote with sentences or list items left
 * out is marked piece by piece. Returns the first mark, or null if nothing of it is there.
 */
export function highlight(root, quote) {
  const whole = find(significantCharacters(root), quote);
  if (whole !== null) {
    mark(whole);
  } else {
    for (const sentence of quote.split(/(?<=[.!?])\s+|(?:^|\s)- /)) {
      const places = find(significantCharacters(root), sentence); // anew: marking splits text nodes
      if (places !== null) mark(places);
    }
  }
  return root.querySelector("mark");
}
