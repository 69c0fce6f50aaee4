export * from "./engine/index.ts";
export * from "./lesson/index.ts";
