export { install, uninstall } from "./install.ts";
export { jupyterData, type Place } from "./jupyterData.ts";
export { kernelspec } from "./kernelspec.ts";
export { openLab } from "./lab.mjs";
export { checkNode } from "./node.mjs";
export { root } from "./root.mjs";
export { runAsCommand, Trouble } from "./Trouble.mjs";
export { makeRoomFor, writeFile } from "./writeFile.ts";
