/** The modules JupyterLab lends to this extension, by name; filled before our own code runs. */
export const sharedModules = new Map<string, unknown>();
