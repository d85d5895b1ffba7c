/* What a page shows of the co-financing notice, in CSS pixels from the page's upper left corner.
   Runs in the page before its own scripts; epub_reader.py calls noticeReader.measure() and
   noticeReader.textNodes(), which list the same text nodes in the same order. */

globalThis.noticeReader = (() => {
  const EMBLEM = ".notice-emblem :is(img, svg)";
  const PICTURES = "img, svg";

  /* The block of the house's template; a brand's own template may name it otherwise. */
  const region = () => document.querySelector(".notice-block") ?? document.body;

  const pictures = () => [...document.body.querySelectorAll(PICTURES)].filter(isShown);

  function isShown(element) {
    const box = element.getBoundingClientRect();
    const painted = !(element instanceof HTMLImageElement) || element.naturalWidth > 0;
    return painted && box.width > 0 && box.height > 0 && element.checkVisibility({
      visibilityProperty: true,
    });
  }

  function findEmblem(alt) {
    const shown = pictures();
    const named = (element) => (nameOf(element).split("/").pop() ?? "").startsWith("emblem");
    return shown.find((element) => element.matches(EMBLEM)) ??
      shown.find((element) => altOf(element) === alt) ?? shown.find(named) ?? null;
  }

  const nameOf = (element) => element.getAttribute("src") ?? "";

  const altOf = (element) =>
    element.getAttribute("alt") ?? element.getAttribute("aria-label") ?? "";

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

  /* Colours. Any notation to [r, g, b, alpha], alpha from 0 to 1. */
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  function rgba(colour) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  }

  const over = (upper, lower) =>
    [0, 1, 2].map((i) => upper[i] * upper[3] + lower[i] * (1 - upper[3])).concat(1);

  const hex = (colour) => "#" + colour.slice(0, 3)
    .map((part) => Math.round(part).toString(16).padStart(2, "0")).join("").toUpperCase();

  /* The colour of the empty page: the scheme's, when the document says that it knows the dark. */
  function pageColour() {
    const probe = document.createElement("div");
    probe.style.backgroundColor = "Canvas";
    document.documentElement.append(probe);
    const colour = rgba(getComputedStyle(probe).backgroundColor);
    probe.remove();
    return colour;
  }

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

  /* Whether a picture or a gradient lies between an element and the colour that it stands on. */
  function standsOnPicture(element) {
    for (let e = element; e; e = e.parentElement) {
      const style = getComputedStyle(e);
      if (style.backgroundImage !== "none") return true;
      if (rgba(style.backgroundColor)[3] === 1) return false;
    }
    return false;
  }

  /* A border of the picture itself is the ground that the eye sees, once it is as wide as the
     white border of Reg. (EU) 763/2014; browsers cut borders down to whole pixels. */
  function emblemGround(emblem, height) {
    const ground = groundOf(emblem.parentElement);
    const style = getComputedStyle(emblem);
    const sides = ["Top", "Right", "Bottom", "Left"].map((side) => ({
      width: parseFloat(style[`border${side}Width`]),
      colour: hex(over(rgba(style[`border${side}Color`]), ground)),
      solid: style[`border${side}Style`] === "solid",
    }));
    const [first] = sides;
    const even = sides.every((s) =>
      s.solid && s.colour === first.colour && s.width > height / 25 - 1);
    const framed = sides.some((s) => s.width > 0 && s.colour !== "#FFFFFF" &&
      s.colour !== hex(ground));
    return { colour: even ? first.colour : hex(ground), framed };
  }

  /* Boxes. The page is scrolled to its start whenever boxes are taken. */
  const boxOf = (rect) => ({ x: rect.x, y: rect.y, width: rect.width, height: rect.height });

  /* The part of a picture's box that is painted. A box that object-fit fills is given as it is:
     reading systems differ in whether they stretch a drawing or leave room beside it. */
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
    const place = (room, value) =>
      value.endsWith("%") ? room * parseFloat(value) / 100 : parseFloat(value) || 0;
    return {
      x: box.x + place(box.width - width, position[0]),
      y: box.y + place(box.height - height, position[1] ?? "50%"),
      width,
      height,
    };
  }

  /* Effects: what holds for an element by itself and what its ancestors do to it. */
  function effectsAround(element) {
    const found = new Set();
    for (let e = element; e; e = e.parentElement) {
      const style = getComputedStyle(e);
      const not = (property, ...plain) => {
        const value = style.getPropertyValue(property);
        return value !== "" && !plain.includes(value);
      };
      const turned = new DOMMatrix(style.transform);
      if (not("rotate", "none") || /-/.test(style.scale) || turned.b || turned.c ||
          turned.a < 0 || turned.d < 0 || !turned.is2D) {
        found.add("transform");
      }
      if (not("filter", "none")) found.add("filter");
      if (not("opacity", "1")) found.add("opacity");
      if (not("mix-blend-mode", "normal")) found.add("mix-blend-mode");
      if (not("clip-path", "none")) found.add("clip-path");
      if (not("mask-image", "none")) found.add("mask-image");
      if (not("writing-mode", "horizontal-tb")) found.add("writing-mode");
    }
    return found;
  }

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
      if (setsApart(parent, pseudo)) found.add(pseudo.slice(2));
    }
    for (const line of decorationLines(parent)) {
      if (line !== "underline") found.add(line);
    }
    return found;
  }

  /* Whether the beginning of the block that an element is in has a look of its own. */
  function setsApart(element, pseudo) {
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

  /* Decorations are not inherited: they are drawn through the descendants. */
  function decorationLines(element) {
    const lines = new Set();
    for (let e = element; e; e = e.parentElement) {
      getComputedStyle(e).textDecorationLine.split(" ").forEach((line) => lines.add(line));
      if (/^inline-/.test(getComputedStyle(e).display)) break;
    }
    lines.delete("none");
    return lines;
  }

  /* The share of a box, from 0 to 1, in whose points the element is met: the rest is covered,
     cut off or out of reach. */
  function seenShare(element, rectNow, across, down) {
    const before = rectNow();
    scrollTo({ left: 0, top: before.y + (before.height - innerHeight) / 2, behavior: "instant" });
    const rect = rectNow();
    let met = 0;
    for (let i = 0; i < across * down; i += 1) {
      const x = rect.x + rect.width * ((i % across) + 0.5) / across;
      const y = rect.y + rect.height * (Math.floor(i / across) + 0.5) / down;
      met += element.contains(document.elementFromPoint(x, y)) ? 1 : 0;
    }
    scrollTo({ left: 0, top: 0, behavior: "instant" });
    return met / (across * down);
  }

  /* Words. One entry for each line of a text node. */
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

  function styled(style, parent) {
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
      const seen = seenShare(parent, rectNow, 5, 1);
      return { ...styled(style, parent), node: index, text, box, effects, seen };
    });
  }

  /* Words that the style sheet adds; they stand where their element stands. */
  function addedWords() {
    const added = [];
    for (const element of region().querySelectorAll("*")) {
      for (const pseudo of ["::before", "::after"]) {
        const style = getComputedStyle(element, pseudo);
        const text = /^"(.*)"$/.exec(style.content)?.[1].trim();
        if (text && isShown(element) && style.display !== "none") {
          const effects = [...textEffects(style, element).add("generated")].sort();
          const box = boxOf(element.getBoundingClientRect());
          added.push({ ...styled(style, element), node: null, text, box, effects, seen: 1 });
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
    seen: seenShare(element, () => element.getBoundingClientRect(), 12, 8),
    natural: [element.naturalWidth ?? 0, element.naturalHeight ?? 0],
  });

  async function measure(alt) {
    await document.fonts.ready;
    scrollTo({ left: 0, top: 0, behavior: "instant" });
    // Words and pictures that let clicks through are seen all the same.
    const hits = new CSSStyleSheet();
    hits.replaceSync("* { pointer-events: auto !important; }");
    document.adoptedStyleSheets = [hits];
    const root = document.documentElement;
    const emblem = findEmblem(alt);
    const found = emblem ? pictureOf(emblem) : null;
    const ground = emblem ? emblemGround(emblem, found.box.height) : null;
    if (ground?.framed) found.effects = [...found.effects, "border"].sort();
    const taken = {
      page: { x: 0, y: 0, width: innerWidth, height: Math.max(innerHeight, root.scrollHeight) },
      emblem: found,
      ground: ground?.colour ?? null,
      words: [...textNodes().flatMap(wordsOf), ...addedWords()],
      logos: pictures().filter((element) => element !== emblem).map(pictureOf),
      links: [...region().querySelectorAll("a[href]")].map((a) => a.getAttribute("href")),
    };
    document.adoptedStyleSheets = [];
    return taken;
  }

  return { measure, textNodes };
})();
