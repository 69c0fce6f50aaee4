export * from "./lesson/index.ts";
