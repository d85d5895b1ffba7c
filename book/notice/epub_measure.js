/* Measures what the browser shows of the co-financing notice on a page.

   The script runs in the page, before the page's own scripts; it defines noticeReader. The module
   epub_reader.py calls noticeReader.measure() and noticeReader.textNodes(); both list the same text
   nodes in the same order, so that Python can match them by index. Lengths are in CSS px, from the
   upper left corner of the page.

   A measurement is what a reader sees, not what the style sheet says: computed styles, boxes after
   layout and transforms, colours with all that lies behind them. */

globalThis.noticeReader = (() => {
  const EMBLEM = ".notice-emblem :is(img, svg)";
  const PICTURES = "img, svg";

  /* The block of the house's template. A brand's own template may have no such block: then all of
     the page counts. */
  const region = () => document.querySelector(".notice-block") ?? document.body;

  const pictures = () => [...document.body.querySelectorAll(PICTURES)].filter(isShown);

  /* Whether an element takes up room and is visible. A picture that failed to load has a box, but
     natural width 0. */
  function isShown(element) {
    const box = element.getBoundingClientRect();
    const painted = !(element instanceof HTMLImageElement) || element.naturalWidth > 0;
    return painted && box.width > 0 && box.height > 0 && element.checkVisibility({
      visibilityProperty: true,
    });
  }

  /* The emblem among the pictures: by the class of the house's template, else by its alternative
     text, else by its file name. Templates of brands keep at least one of these. */
  function findEmblem(alt) {
    const shown = pictures();
    const named = (element) => (nameOf(element).split("/").pop() ?? "").startsWith("emblem");
    return shown.find((element) => element.matches(EMBLEM)) ??
      shown.find((element) => altOf(element) === alt) ?? shown.find(named) ?? null;
  }

  const nameOf = (element) => element.getAttribute("src") ?? "";

  /* The alternative text; inline SVG has it in aria-label. */
  const altOf = (element) =>
    element.getAttribute("alt") ?? element.getAttribute("aria-label") ?? "";

  /* The text nodes of the notice that are visible and not empty, in document order. */
  function textNodes() {
    const walker = document.createTreeWalker(region(), NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const parent = node.parentElement;
      if (node.data.trim() && !parent.closest("script, style, svg") &&
          parent.checkVisibility({ visibilityProperty: true })) {
        nodes.push(node);
      }
    }
    return nodes;
  }

  /* Colours. rgba() turns any of CSS's notations into [r, g, b, alpha], with alpha from 0 to 1: it
     paints a pixel in that colour and reads it back. */
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  function rgba(colour) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  }

  /* The opaque colour that a half-transparent one gives over an opaque one. */
  const over = (upper, lower) =>
    [0, 1, 2].map((i) => upper[i] * upper[3] + lower[i] * (1 - upper[3])).concat(1);

  const hex = (colour) => "#" + colour.slice(0, 3)
    .map((part) => Math.round(part).toString(16).padStart(2, "0")).join("").toUpperCase();

  /* The colour of the empty page. It is dark in the dark scheme if the document declares by
     color-scheme that it supports that. The system colour Canvas knows. */
  function pageColour() {
    const probe = document.createElement("div");
    probe.style.backgroundColor = "Canvas";
    document.documentElement.append(probe);
    const colour = rgba(getComputedStyle(probe).backgroundColor);
    probe.remove();
    return colour;
  }

  /* The colour behind an element: background colours are collected up to the first opaque one, and
     laid one over the other from the back. */
  function groundOf(element) {
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      const colour = rgba(getComputedStyle(e).backgroundColor);
      layers.push(colour);
      if (colour[3] === 1) {
        break;
      }
    }
    return layers.reduceRight((lower, upper) => over(upper, lower), pageColour());
  }

  /* Whether a background picture or gradient lies behind an element, above the first opaque colour.
     Then no single colour is behind it, and its contrast cannot be told. */
  function standsOnPicture(element) {
    for (let e = element; e; e = e.parentElement) {
      const style = getComputedStyle(e);
      if (style.backgroundImage !== "none") return true;
      if (rgba(style.backgroundColor)[3] === 1) return false;
    }
    return false;
  }

  /* The colour behind the emblem, and whether a border in a colour of its own frames it.

     A uniform border of the picture that is as wide as the white border of rule EU-20 (a
     twenty-fifth of the height) is itself the ground that a reader sees round the emblem. One pixel
     less is enough, because browsers cut borders down to whole pixels. A border that is neither
     white nor of the colour of the ground modifies the emblem. */
  function emblemGround(emblem, height) {
    const ground = groundOf(emblem.parentElement);
    const style = getComputedStyle(emblem);
    const sides = ["Top", "Right", "Bottom", "Left"].map((side) => ({
      width: parseFloat(style[`border${side}Width`]),
      colour: hex(over(rgba(style[`border${side}Color`]), ground)),
      solid: style[`border${side}Style`] === "solid",
    }));
    const [first] = sides;
    const isUniform = sides.every((s) =>
      s.solid && s.colour === first.colour && s.width > height / 25 - 1);
    const isFramed = sides.some((s) => s.width > 0 && s.colour !== "#FFFFFF" &&
      s.colour !== hex(ground));
    return { colour: isUniform ? first.colour : hex(ground), isFramed };
  }

  /* Boxes. getBoundingClientRect() counts from the corner of the viewport. The page is scrolled to
     its start whenever a box is taken, so that this is the corner of the page, too. */
  const boxOf = (rect) => ({ x: rect.x, y: rect.y, width: rect.width, height: rect.height });

  /* The part of an element's box in which its picture is painted: without border and padding, and
     without the room that object-fit leaves beside it.

     For object-fit: fill the box is returned as it is. Reading systems differ in whether they
     stretch a drawing to it, so a box with wrong proportions has to show up in the measures.
     offsetWidth is the width before transforms; the quotient is how much a transform scales. */
  function paintedBox(element) {
    const rect = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const px = (property) => parseFloat(style[property]) || 0;
    const scaleX = element.offsetWidth ? rect.width / element.offsetWidth : 1;
    const scaleY = element.offsetHeight ? rect.height / element.offsetHeight : 1;
    const left = (px("borderLeftWidth") + px("paddingLeft")) * scaleX;
    const top = (px("borderTopWidth") + px("paddingTop")) * scaleY;
    const box = {
      x: rect.x + left,
      y: rect.y + top,
      width: rect.width - left - (px("borderRightWidth") + px("paddingRight")) * scaleX,
      height: rect.height - top - (px("borderBottomWidth") + px("paddingBottom")) * scaleY,
    };
    if (!["contain", "scale-down", "none"].includes(style.objectFit) || !element.naturalWidth) {
      return box;
    }
    const { naturalWidth, naturalHeight } = element;
    const fitted = Math.min(box.width / naturalWidth, box.height / naturalHeight);
    const scale = { contain: fitted, "scale-down": Math.min(1, fitted), none: 1 }[style.objectFit];
    const width = Math.min(box.width, naturalWidth * scale);
    const height = Math.min(box.height, naturalHeight * scale);
    const position = style.objectPosition.split(" ");
    /* object-position: a percentage is a share of the room left over (CSS Images 3, 5.6). */
    const place = (room, value) =>
      value.endsWith("%") ? room * parseFloat(value) / 100 : parseFloat(value) || 0;
    return {
      x: box.x + place(box.width - width, position[0]),
      y: box.y + place(box.height - height, position[1] ?? "50%"),
      width,
      height,
    };
  }

  /* Effects are named as in CSS. Those of this function are not inherited, but an ancestor that has
     one applies it to everything in it; so the ancestors are asked, too.

     A transform that only moves or enlarges is no effect. One that turns, skews or mirrors is: the
     matrix is [a c; b d], with b and c other than 0 for turned or skewed axes, a or d negative for
     mirrored ones. */
  function effectsAround(element) {
    const found = new Set();
    for (let e = element; e; e = e.parentElement) {
      const style = getComputedStyle(e);
      const differs = (property, ...plain) => {
        const value = style.getPropertyValue(property);
        return value !== "" && !plain.includes(value);
      };
      const matrix = new DOMMatrix(style.transform);
      if (differs("rotate", "none") || /-/.test(style.scale) || matrix.b || matrix.c ||
          matrix.a < 0 || matrix.d < 0 || !matrix.is2D) {
        found.add("transform");
      }
      if (differs("filter", "none")) found.add("filter");
      if (differs("opacity", "1")) found.add("opacity");
      if (differs("mix-blend-mode", "normal")) found.add("mix-blend-mode");
      if (differs("clip-path", "none")) found.add("clip-path");
      if (differs("mask-image", "none")) found.add("mask-image");
      if (differs("writing-mode", "horizontal-tb")) found.add("writing-mode");
    }
    return found;
  }

  /* The effects on a picture. With object-fit: cover a box of other proportions crops it. */
  function pictureEffects(element) {
    const found = effectsAround(element);
    const style = getComputedStyle(element);
    if (style.objectFit === "cover" && element.naturalWidth) {
      const box = paintedBox(element);
      const ratio = element.naturalWidth / element.naturalHeight;
      if (Math.abs(box.width / box.height / ratio - 1) > 0.01) found.add("cropped");
    }
    if (parseFloat(style.borderTopLeftRadius) > 0) found.add("border-radius");
    if (style.boxShadow !== "none") found.add("box-shadow");
    if (standsOnPicture(element.parentElement)) found.add("background-image");
    return found;
  }

  /* The effects on the text in an element; any transform is one, because type may not be scaled. */
  function textEffects(style, parent) {
    const found = effectsAround(parent);
    const deformed = (e) => ["transform", "scale"].some((p) => getComputedStyle(e)[p] !== "none");
    for (let e = parent; e; e = e.parentElement) {
      if (deformed(e)) found.add("transform");
    }
    if (style.textShadow !== "none") found.add("text-shadow");
    if (parseFloat(style.webkitTextStrokeWidth) > 0) found.add("text-stroke");
    if (!["normal", "0px"].includes(style.letterSpacing)) found.add("letter-spacing");
    if (style.wordSpacing !== "0px") found.add("word-spacing");
    if (style.textTransform !== "none") found.add("text-transform");
    if (style.fontVariantCaps !== "normal") found.add("small-caps");
    if (style.fontStretch !== "100%") found.add("font-stretch");
    if (style.textEmphasisStyle !== "none") found.add("text-emphasis");
    if (style.backgroundClip === "text") found.add("background-clip");
    if (standsOnPicture(parent)) found.add("background-image");
    for (const pseudo of ["::first-line", "::first-letter"]) {
      if (hasOwnLook(parent, pseudo)) found.add(pseudo.slice(2));
    }
    for (const line of decorationLines(parent)) {
      if (line !== "underline") found.add(line);
    }
    return found;
  }

  /* Whether the first line or letter of the block that holds an element has a look of its own.
     These pseudo-elements belong to the block, not to the inline elements in it. */
  function hasOwnLook(element, pseudo) {
    let block = element;
    while (block.parentElement && getComputedStyle(block).display === "inline") {
      block = block.parentElement;
    }
    const plain = getComputedStyle(block);
    const own = getComputedStyle(block, pseudo);
    return ["fontStyle", "fontFamily", "fontSize", "fontWeight", "fontVariantCaps", "color",
      "webkitTextFillColor", "textDecorationLine", "textShadow", "textTransform", "opacity",
      "letterSpacing"].some((property) => own[property] !== plain[property]);
  }

  /* The lines that decorate the text of an element. text-decoration is not inherited: an ancestor
     draws its line through all its descendants, except through inline blocks. */
  function decorationLines(element) {
    const lines = new Set();
    for (let e = element; e; e = e.parentElement) {
      getComputedStyle(e).textDecorationLine.split(" ").forEach((line) => lines.add(line));
      if (/^inline-/.test(getComputedStyle(e).display)) break;
    }
    lines.delete("none");
    return lines;
  }

  /* The share of a box, from 0 to 1, in which the element is visible: the rest is covered, cut off
     or outside of the page.

     The browser is asked which element is on top at the points of a grid of across × down points.
     It answers for points in the viewport only, so the page is scrolled until the box is in its
     middle; rectNow() gives the box at the current scroll position. */
  function visibleShare(element, rectNow, across, down) {
    const before = rectNow();
    scrollTo({ left: 0, top: before.y + (before.height - innerHeight) / 2, behavior: "instant" });
    const rect = rectNow();
    let hits = 0;
    for (let i = 0; i < across * down; i += 1) {
      const x = rect.x + rect.width * ((i % across) + 0.5) / across;
      const y = rect.y + rect.height * (Math.floor(i / across) + 0.5) / down;
      hits += element.contains(document.elementFromPoint(x, y)) ? 1 : 0;
    }
    scrollTo({ left: 0, top: 0, behavior: "instant" });
    return hits / (across * down);
  }

  /* Words. linesOf() gives one entry for each line of a text node. The DOM does not know lines, so
     the words are asked for their boxes: a word whose box is at about the height of the last one
     belongs to the same line. Soft hyphens are taken out of the text. */
  function linesOf(node) {
    const lines = [];
    const range = document.createRange();
    for (const match of node.data.matchAll(/\S+/g)) {
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      const rects = [...range.getClientRects()].filter((r) => r.width > 0 && r.height > 0);
      if (!rects.length) continue;
      const last = lines.at(-1);
      const rect = range.getBoundingClientRect();
      if (last && Math.abs(last.y - rect.y) < rect.height / 2) {
        last.text += " " + match[0];
        last.end = range.endOffset;
      } else {
        lines.push({ text: match[0], y: rect.y, start: match.index, end: range.endOffset });
      }
    }
    return lines.map((line) => {
      const rectNow = () => {
        range.setStart(node, line.start);
        range.setEnd(node, line.end);
        return range.getBoundingClientRect();
      };
      return { text: line.text.replaceAll("\u00AD", ""), box: boxOf(rectNow()), rectNow };
    });
  }

  /* The style of a run of words. The colour is that which a reader sees: -webkit-text-fill-color
     overrides color, and a half-transparent colour shows the ground. */
  function styleOf(style, parent) {
    const ground = groundOf(parent);
    return {
      family: style.fontFamily,
      size: parseFloat(style.fontSize) * (parent.currentCSSZoom ?? 1),
      weight: Number(style.fontWeight),
      italic: style.fontStyle !== "normal",
      underlined: decorationLines(parent).has("underline"),
      colour: hex(over(rgba(style.webkitTextFillColor), ground)),
      ground: hex(ground),
    };
  }

  function wordsOf(node, index) {
    const parent = node.parentElement;
    const style = getComputedStyle(parent);
    return linesOf(node).map(({ text, box, rectNow }) => {
      const effects = [...textEffects(style, parent)].sort();
      const seen = visibleShare(parent, rectNow, 5, 1);
      return { ...styleOf(style, parent), node: index, text, box, effects, seen };
    });
  }

  /* Words that the style sheet adds by ::before and ::after. The DOM gives no box for them, so they
     get that of their element, and no text node, so node is null. */
  function addedWords() {
    const added = [];
    for (const element of region().querySelectorAll("*")) {
      for (const pseudo of ["::before", "::after"]) {
        const style = getComputedStyle(element, pseudo);
        const text = /^"(.*)"$/.exec(style.content)?.[1].trim();
        if (text && isShown(element) && style.display !== "none") {
          const effects = [...textEffects(style, element).add("generated")].sort();
          const box = boxOf(element.getBoundingClientRect());
          added.push({ ...styleOf(style, element), node: null, text, box, effects, seen: 1 });
        }
      }
    }
    return added;
  }

  const pictureOf = (element) => ({
    source: element instanceof HTMLImageElement ? element.currentSrc : null,
    markup: element instanceof HTMLImageElement ? null
      : new XMLSerializer().serializeToString(element),
    alt: altOf(element),
    box: paintedBox(element),
    effects: [...pictureEffects(element)].sort(),
    seen: visibleShare(element, () => element.getBoundingClientRect(), 12, 8),
    natural: [element.naturalWidth ?? 0, element.naturalHeight ?? 0],
  });

  /* Measures the page; alt is the emblem's alternative text in the language of the edition. Waits
     for the fonts, because they change the layout. */
  async function measure(alt) {
    await document.fonts.ready;
    scrollTo({ left: 0, top: 0, behavior: "instant" });
    // elementFromPoint() passes over elements with pointer-events: none, which are visible, too.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { pointer-events: auto !important; }");
    document.adoptedStyleSheets = [sheet];
    const root = document.documentElement;
    const emblem = findEmblem(alt);
    const found = emblem ? pictureOf(emblem) : null;
    const ground = emblem ? emblemGround(emblem, found.box.height) : null;
    if (ground?.isFramed) found.effects = [...found.effects, "border"].sort();
    const measured = {
      page: { x: 0, y: 0, width: innerWidth, height: Math.max(innerHeight, root.scrollHeight) },
      emblem: found,
      ground: ground?.colour ?? null,
      words: [...textNodes().flatMap(wordsOf), ...addedWords()],
      logos: pictures().filter((element) => element !== emblem).map(pictureOf),
      links: [...region().querySelectorAll("a[href]")].map((a) => a.getAttribute("href")),
    };
    document.adoptedStyleSheets = [];
    return measured;
  }

  return { measure, textNodes };
})();
