// What every cell has without an import. The user process is held to these declarations, and the type
// checker is told of them: the build makes one file of global declarations from this room.
export { type Comm, type CommMessage, type CommOptions, comms } from "./comms.ts";
export {
  type AnyControl,
  type Controls,
  controls,
  type DropdownOptions,
  type ProgressBarOptions,
  type SliderOptions,
  type TextOptions,
  type TickOptions,
} from "./controls.ts";
export { type DisplayOptions, display } from "./display.ts";
export { interact, type Setting, type Values } from "./interact.ts";
export { type ProgressOptions, progress } from "./progress.ts";
export { confirm, type PromptOptions, prompt } from "./prompt.ts";
export { solved } from "./solved.ts";
