export { type CompiledCell, compileCell } from "./compileCell.ts";
export { compileModule } from "./compileModule.ts";
export { type Completeness, isComplete } from "./isComplete.ts";
export { moduleFile } from "./moduleCell.ts";
export type { Declaration, Kind, Names } from "./Names.ts";
export { type Declared, namesOf } from "./namesOf.ts";
export { CellSyntaxError, isJsx, withoutHashLines } from "./parse.ts";
export type { Place, Positions } from "./sourceMap.ts";
