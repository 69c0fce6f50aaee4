/** Whether this process grades: Node.js was started with permissions, and no cell can give itself more. */
export const isRestricted = (process as { permission?: object }).permission !== undefined;
