import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import {
  byKeyboard,
  type Drawn,
  inTheDark,
  type Plotly,
  safeFigure,
  spokenText,
} from "../figure/index.ts";

/** How long a figure must stay unchanged before its picture goes into the notebook, in ms. */
const quiet = 1000;

const solidCanvas = ".gl-container canvas";

/**
 * Draws one output of a notebook with plotly and keeps it right: when the model changes, when the
 * theme changes, when its width changes. A figure out of sight holds no WebGL context, since
 * browsers grant a page only a few.
 */
export class FigureRenderer extends Widget implements IRenderMime.IRenderer {
  readonly #mimeType: string;
  readonly #loadPlotly: () => Promise<Plotly>;
  readonly #size = new ResizeObserver(() => this.#onSize());
  readonly #theme = new MutationObserver(() => this.#redraw());
  #plotly: Plotly | undefined;
  #model: IRenderMime.IMimeModel | undefined;
  #drawn = "";
  #drawing: Promise<void> | undefined;
  #pictureTimer: ReturnType<typeof setTimeout> | undefined;

  constructor({ mimeType }: IRenderMime.IRendererOptions, loadPlotly: () => Promise<Plotly>) {
    super();
    this.#mimeType = mimeType;
    this.#loadPlotly = loadPlotly;
    this.addClass("downhill-figure");
    this.node.style.overflow = "auto";
    this.#size.observe(this.node);
    this.#theme.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  }

  /** Calls overlap when a slider is moved: one drawing runs at a time, and only the newest waits. */
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.#model = model;
    await this.#drawNewest();
  }

  override dispose(): void {
    if (this.isDisposed) return;
    clearTimeout(this.#pictureTimer);
    this.#size.disconnect();
    this.#theme.disconnect();
    this.#release();
    super.dispose();
  }

  #drawNewest(): Promise<void> {
    this.#drawing ??= this.#drawUntilNewest().finally(() => {
      this.#drawing = undefined;
    });
    return this.#drawing;
  }

  async #drawUntilNewest(): Promise<void> {
    const plotly = await this.#loadPlotly();
    this.#plotly = plotly;
    // JupyterLab hides the page for part of a frame when the theme changes; no observer sees that.
    if (!this.#isInSight()) await new Promise(requestAnimationFrame);
    // The identity of a model's JSON changes between calls, so it is compared by its text.
    for (
      let json = this.#wanted();
      json !== this.#drawn && this.#isInSight();
      json = this.#wanted()
    ) {
      this.#drawn = json;
      await this.#draw(plotly, json);
    }
  }

  async #draw(plotly: Plotly, json: string): Promise<void> {
    clearTimeout(this.#pictureTimer);
    try {
      const figure = safeFigure(json);
      this.node.setAttribute("role", "figure");
      this.node.setAttribute("aria-label", spokenText(figure));
      // On a change of width plotly takes the height of the node, not that of the figure.
      this.node.style.height = `${figure.layout.height}px`;
      await plotly.react(this.node, isDarkPage() ? inTheDark(figure) : figure);
      // Plotly has made it one by drawing in it.
      byKeyboard(plotly, this.node as unknown as Drawn);
      this.#pictureTimer = setTimeout(() => void this.#keepPicture(plotly, json), quiet);
    } catch (error) {
      plotly.purge(this.node);
      this.node.textContent = `This figure could not be drawn: ${String(error)}`;
    }
  }

  /** The saved notebook gets a picture, in light colours, for readers who have no plotly. */
  async #keepPicture(plotly: Plotly, json: string): Promise<void> {
    const model = this.#model;
    if (!model || "image/png" in model.data || !this.#isInSight()) return;
    const size = { width: this.node.offsetWidth, height: this.node.offsetHeight };
    const url = await plotly.toImage(safeFigure(json), { format: "png", scale: 1, ...size });
    if (this.isDisposed || this.#wanted() !== json) return;
    model.setData({ data: { ...model.data, "image/png": url.slice(url.indexOf(",") + 1) } });
  }

  #wanted(): string {
    return JSON.stringify(this.#model?.data[this.#mimeType] ?? null);
  }

  #isInSight(): boolean {
    return !this.isDisposed && this.node.offsetWidth > 0;
  }

  #onSize(): void {
    if (!this.#isInSight()) this.#hideSolid();
    else if (this.#wanted() !== this.#drawn) void this.#drawNewest();
    else if (!this.#drawing) void this.#plotly?.Plots.resize(this.node);
  }

  #hideSolid(): void {
    if (!this.node.querySelector(solidCanvas)) return;
    this.#release();
    this.#drawn = "";
  }

  /** plotly forgets its drawings, but the browser would keep their WebGL contexts until it tidies up. */
  #release(): void {
    for (const canvas of this.node.querySelectorAll<HTMLCanvasElement>(solidCanvas))
      canvas.getContext("webgl")?.getExtension("WEBGL_lose_context")?.loseContext();
    this.#plotly?.purge(this.node);
  }

  #redraw(): void {
    this.#drawn = "";
    void this.#drawNewest();
  }
}

function isDarkPage(): boolean {
  return document.body.dataset.jpThemeLight === "false";
}
