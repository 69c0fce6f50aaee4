import { build } from "../kernel/install/build.mjs";

/** Before any test: whoever starts the kernel or the command in a test starts today's. */
export default build;
