import { type PictureOptions, painter } from "./display/pictures/index.ts";

export type { PictureOptions };

const painting = painter(new URL("./display/pictures/", import.meta.url));

/**
 * A figure as the bytes of a PNG, for notebooks of other kernels, web servers and files.
 * It is drawn in a thread of its own, without a browser and without a network.
 *
 * @param figure A figure of `plot`, or any other plotly figure.
 * @throws {Error} with plotly's reason when the figure cannot be drawn.
 * @example
 * import { plot } from "downhill";
 * import { png } from "downhill/pictures";
 * await writeFile("curve.png", await png(plot.fn(Math.sin)));
 */
export async function png(
  figure: { readonly data: readonly object[] },
  options?: PictureOptions,
): Promise<Uint8Array> {
  return Buffer.from(await painting.picture(figure, options), "base64");
}
