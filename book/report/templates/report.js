"use strict";
// Opens the thumbnails large: a spread where two pages fit, one page elsewhere and when enlarged.
{
  const pages = JSON.parse(document.getElementById("viewer-pages").textContent);
  const viewer = document.getElementById("viewer");
  const stage = viewer.querySelector(".stage");
  const caption = document.getElementById("viewer-caption");
  const zoom = viewer.querySelector("[data-zoom]");
  const turners = [...viewer.querySelectorAll("[data-turn]")];
  const thumbnails = [...document.querySelectorAll("[data-page]")];
  const twoFit = matchMedia("(min-width: 50em) and (min-aspect-ratio: 1)");
  let current = 0;
  let enlarged = false;

  const shown = () => {
    if (enlarged || !twoFit.matches) return [current];
    // The first page is a recto and faces nothing.
    const verso = current % 2 ? current : current - 1;
    return [verso, verso + 1].filter((index) => pages[index]);
  };

  const name = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);

  const show = () => {
    const indexes = shown();
    const labels = indexes.map((index) => pages[index].label);
    stage.replaceChildren(...indexes.map((index) => {
      const image = new Image(pages[index].width, pages[index].height);
      image.alt = name(caption.dataset.one, { label: pages[index].label });
      image.src = pages[index].address;
      image.dataset.index = index;
      return image;
    }));
    stage.scrollTo(0, 0);
    stage.classList.toggle("enlarged", enlarged);
    zoom.setAttribute("aria-pressed", String(enlarged));
    caption.textContent = labels.length > 1
      ? name(caption.dataset.two, { verso: labels[0], recto: labels[1] })
      : name(caption.dataset.one, { label: labels[0] });
    for (const turner of turners) {
      turner.setAttribute("aria-disabled", String(!pages[beyond(Number(turner.dataset.turn))]));
    }
  };

  const beyond = (step) => (step > 0 ? shown().at(-1) + 1 : shown()[0] - 1);

  const go = (index) => {
    if (!pages[index]) return;
    current = index;
    show();
  };

  const toggle = (index) => {
    enlarged = !enlarged;
    go(index);
  };

  for (const thumbnail of thumbnails) {
    thumbnail.addEventListener("click", () => {
      enlarged = false;
      viewer.showModal();
      document.documentElement.classList.add("viewing");
      go(Number(thumbnail.dataset.page));
      stage.focus();
    });
  }
  for (const turner of turners) {
    turner.addEventListener("click", () => go(beyond(Number(turner.dataset.turn))));
  }
  zoom.addEventListener("click", () => toggle(current));
  stage.addEventListener("click", ({ target }) => {
    if (target === stage) viewer.close();
    else toggle(Number(target.dataset.index));
  });
  viewer.querySelector("[data-close]").addEventListener("click", () => viewer.close());
  viewer.addEventListener("close", () => {
    document.documentElement.classList.remove("viewing");
    thumbnails[current].focus();
  });
  viewer.addEventListener("keydown", (event) => {
    const targets = {
      ArrowLeft: () => beyond(-1),
      ArrowRight: () => beyond(1),
      Home: () => 0,
      End: () => pages.length - 1,
    };
    if (!targets[event.key] || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(targets[event.key]());
  });
  twoFit.addEventListener("change", () => viewer.open && show());
}
