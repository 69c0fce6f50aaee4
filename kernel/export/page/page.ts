import {
  byKeyboard,
  type Drawn,
  inTheDark,
  type Plotly as PlotlyScript,
  safeFigure,
} from "../../figure/index.ts";

// The program of an exported page: draws its figures, each when the reader comes near it.

/** What the script before this one leaves behind. */
declare const Plotly: PlotlyScript;

const dark = matchMedia("(prefers-color-scheme: dark)");

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      draw(target as HTMLElement);
    }
  },
  // About a screen ahead, so that a figure is there when the reader is.
  { rootMargin: "800px" },
);

for (const figure of document.querySelectorAll<HTMLElement>("figure.figure")) near.observe(figure);

function draw(figure: HTMLElement): void {
  const json = figure.querySelector("script")!.textContent!;
  const still = figure.querySelector<HTMLElement>("img, p")!;
  const node = document.createElement("div");
  node.style.height = `${safeFigure(json).layout.height}px`;
  still.replaceWith(node);
  const paint = () => {
    const safe = safeFigure(json);
    // Only the width follows the page.
    const drawn = { ...safe, config: { ...safe.config, responsive: true } };
    return Plotly.react(node, dark.matches ? inTheDark(drawn) : drawn).then(
      // Plotly has made it one by drawing in it.
      () => byKeyboard(Plotly, node as unknown as Drawn),
      (error: unknown) => {
        node.replaceWith(still);
        throw error;
      },
    );
  };
  void paint();
  dark.addEventListener("change", () => void paint());
}
