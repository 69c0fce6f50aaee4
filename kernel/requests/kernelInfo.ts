import { protocolVersion } from "../wire/index.ts";
import type { Handler } from "./Kernel.ts";

/** Who the kernel is: front ends ask before they do anything else. */
export const kernelInfo: Handler = ({ restricted }) => ({
  status: "ok",
  protocol_version: protocolVersion,
  implementation: "downhill",
  implementation_version: "0.1.0",
  language_info: {
    name: "typescript",
    version: "7.0.2",
    mimetype: "text/x-typescript",
    file_extension: ".ts",
    pygments_lexer: "typescript",
    codemirror_mode: { name: "typescript", mode: "typescript", version: 3 },
    nbconvert_exporter: "script",
  },
  banner: `downhill 0.1.0: TypeScript on Node ${process.versions.node}`,
  debugger: !restricted,
  supported_features: restricted ? [] : ["debugger", "kernel subshells"],
  help_links: [
    { text: "TypeScript", url: "https://www.typescriptlang.org/docs/" },
    { text: "Node.js", url: "https://nodejs.org/api/" },
  ],
});
