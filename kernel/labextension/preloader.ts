import { loadPlotly } from "./loadPlotly.ts";

/** What is used here of JupyterLab's own objects. */
interface JupyterLab {
  readonly serviceManager: { readonly kernels: Kernels };
}

interface Kernels {
  running(): Iterable<{ readonly name: string }>;
  readonly runningChanged: {
    connect(listener: () => void): void;
    disconnect(listener: () => void): void;
  };
}

/** Gets plotly while the reader still looks at the first cells, so that the first figure comes as soon as the others. */
const preloader = {
  id: "downhill-figures:preloader",
  description: "Gets ready to draw when a kernel of ours runs.",
  autoStart: true,
  activate: ({ serviceManager: { kernels } }: JupyterLab): void => {
    const look = () => {
      if (![...kernels.running()].some(({ name }) => name === "downhill")) return;
      kernels.runningChanged.disconnect(look);
      whenIdle(() => void loadPlotly());
    };
    kernels.runningChanged.connect(look);
    look();
  },
};

/** Safari does not say when it is idle. */
function whenIdle(work: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(work);
  else setTimeout(work, 1000);
}

export default preloader;
