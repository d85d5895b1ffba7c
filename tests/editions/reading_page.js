/* What a document looks like to somebody who reads it enlarged, spaced out, by night.
   Runs in the page before its own scripts; test_reading.py calls readingPage.lost() and
   readingPage.faint(). */

globalThis.readingPage = (() => {
  const SCROLLING = ".table-scroll, pre";
  /* Heads that stand, for those who see, beside every cell. */
  const REPEATED = "table.stacked thead";

  function texts() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.data.trim() && !node.parentElement.closest("[hidden], script, style, svg, math")) {
        nodes.push(node);
      }
    }
    return nodes;
  }

  function boxes(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
  }

  const quote = (node) => node.data.trim().replace(/\s+/g, " ").slice(0, 60);

  /* Text that cannot be read: not painted, cut off, outside the page, over other text. */
  function lost() {
    const wrong = [];
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > wide + 1) {
      wrong.push(`the page scrolls sideways: ${document.documentElement.scrollWidth} > ${wide}`);
    }
    const lines = [];
    for (const node of texts()) {
      const parent = node.parentElement;
      if (parent.closest(REPEATED) && getComputedStyle(parent.closest(REPEATED)).clipPath !== "none") {
        continue;
      }
      const found = boxes(node);
      if (found.length === 0 || !parent.checkVisibility({ visibilityProperty: true })) {
        wrong.push(`not shown: ${quote(node)}`);
      }
      const scrolling = parent.closest(SCROLLING);
      for (const box of found) {
        if (!scrolling && (box.left < -1 || box.right > wide + 1)) {
          wrong.push(`outside the page: ${quote(node)}`);
        }
        if (isCut(parent, box, scrolling)) {
          wrong.push(`cut off: ${quote(node)}`);
        }
        lines.push([box, node]);
      }
    }
    return [...new Set([...wrong, ...overlaps(lines)])];
  }

  function isCut(element, box, scrolling) {
    for (let at = element; at && at !== scrolling; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (![style.overflowX, style.overflowY].every((v) => v === "visible")) {
        const frame = at.getBoundingClientRect();
        if (box.left < frame.left - 1 || box.right > frame.right + 1 ||
            box.top < frame.top - 1 || box.bottom > frame.bottom + 1) {
          return true;
        }
      }
    }
    return false;
  }

  /* Pieces of text that share more than a third of the lower one's height. */
  function overlaps(lines) {
    lines.sort(([a], [b]) => a.top - b.top);
    const wrong = [];
    lines.forEach(([box, node], index) => {
      for (const [other, another] of lines.slice(index + 1)) {
        if (other.top >= box.bottom) {
          break;
        }
        const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
        const down = Math.min(box.bottom, other.bottom) - other.top;
        if (node !== another && across > 2 && down > Math.min(box.height, other.height) / 3) {
          wrong.push(`one over the other: ${quote(node)} / ${quote(another)}`);
        }
      }
    });
    return wrong;
  }

  /* Colours. Any notation to [r, g, b, alpha], alpha from 0 to 1. */
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  function rgba(colour) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  }

  /* What the browser itself paints below the page. */
  const paper = document.createElement("div");
  paper.style.background = "Canvas";
  paper.hidden = true;

  function ground(element) {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] === 1) {
        return colour;
      }
    }
    return rgba(getComputedStyle(paper).backgroundColor);
  }

  /* WCAG 2.2, «contrast ratio». */
  function luminance(colour) {
    const [r, g, b] = colour.slice(0, 3).map((value) => value / 255).map((value) =>
      value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function contrast(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  /* Text fainter than success criterion 1.4.3 allows, with the ratio and the least there is. */
  function faint() {
    const wrong = new Set();
    let least = 21;
    document.body.append(paper);
    for (const node of texts()) {
      const parent = node.parentElement;
      const style = getComputedStyle(parent);
      const size = parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const ratio = contrast(rgba(style.color), ground(parent));
      least = Math.min(least, ratio);
      if (ratio < (isLarge ? 3 : 4.5)) {
        const name = parent.className ? `${parent.localName}.${parent.className}` : parent.localName;
        wrong.add(`${name}: ${style.color}, ${ratio.toFixed(2)}:1`);
      }
    }
    return { wrong: [...wrong], least, texts: texts().length };
  }

  return { lost, faint };
})();
