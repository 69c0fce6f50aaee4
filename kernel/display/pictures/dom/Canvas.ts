import { encodePng } from "../png.ts";

interface ImagePixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** The part of a 2-D canvas on which plotly paints heat maps: filled rectangles and whole images. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  fillStyle = "#000";
  readonly #pixels: Uint8ClampedArray;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.#pixels = new Uint8ClampedArray(4 * width * height);
  }

  createImageData(width: number, height: number): ImagePixels {
    return { width, height, data: new Uint8ClampedArray(4 * width * height) };
  }

  putImageData(image: ImagePixels, left = 0, top = 0): void {
    for (let row = 0; row < image.height; row++) {
      const line = image.data.subarray(4 * row * image.width, 4 * (row + 1) * image.width);
      this.#pixels.set(line, 4 * ((row + top) * this.width + left));
    }
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const colour = channels(this.fillStyle);
    const [left, right] = span(x, width, this.width);
    const [top, bottom] = span(y, height, this.height);
    for (let row = top; row < bottom; row++)
      for (let column = left; column < right; column++)
        this.#pixels.set(colour, 4 * (row * this.width + column));
  }

  toDataURL(): string {
    const png = Buffer.from(encodePng(this.width, this.height, this.#pixels));
    return `data:image/png;base64,${png.toString("base64")}`;
  }
}

/** The whole pixels of a stretch that may run backwards or over the edge. */
function span(start: number, length: number, limit: number): [from: number, to: number] {
  const [low, high] = length < 0 ? [start + length, start] : [start, start + length];
  return [Math.max(0, Math.round(low)), Math.min(limit, Math.round(high))];
}

function channels(colour: string): [number, number, number, number] {
  const list = /^rgba?\(([^)]+)\)/
    .exec(colour)?.[1]
    ?.split(/[ ,/]+/)
    .map(Number);
  if (list) return [list[0]!, list[1]!, list[2]!, Math.round(255 * (list[3] ?? 1))];
  const hex =
    colour.length === 4
      ? [...colour.slice(1)].map((digit) => digit + digit).join("")
      : colour.slice(1, 7);
  const bits = Number.parseInt(hex, 16);
  return [bits >> 16, (bits >> 8) & 255, bits & 255, 255];
}
