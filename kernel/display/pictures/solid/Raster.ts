import { encodePng } from "../png.ts";
import type { Projected } from "./camera.ts";
import type { Colour, ColourTable } from "./colours.ts";

/** A corner of a triangle: where it lies, and its share of the way through the colour table. */
export interface Corner {
  readonly place: Projected;
  readonly share: number;
}

/** Points this much nearer win over a surface they lie on. */
const lift = 0.02;

/** Pixels that remember how near they are, so that what is in front hides what is behind. */
export class Raster {
  readonly #width: number;
  readonly #height: number;
  readonly #depth: Float32Array;
  readonly #pixels: Uint8ClampedArray;
  readonly #scale: number;

  /** @param scale Samples a side for one unit of the picture. */
  constructor(width: number, height: number, scale: number) {
    this.#scale = scale;
    this.#width = Math.ceil(width * scale);
    this.#height = Math.ceil(height * scale);
    this.#depth = new Float32Array(this.#width * this.#height).fill(Infinity);
    this.#pixels = new Uint8ClampedArray(4 * this.#width * this.#height);
  }

  triangle(corners: readonly [Corner, Corner, Corner], colours: ColourTable, light: number): void {
    const [a, b, c] = corners.map(({ place, share }) => ({
      x: place.x * this.#scale,
      y: place.y * this.#scale,
      depth: place.depth,
      share,
    })) as [Sample, Sample, Sample];
    const area = (b.y - c.y) * (a.x - c.x) + (c.x - b.x) * (a.y - c.y);
    if (area === 0) return;
    const [left, right] = this.#columns(Math.min(a.x, b.x, c.x), Math.max(a.x, b.x, c.x));
    const [top, bottom] = this.#rows(Math.min(a.y, b.y, c.y), Math.max(a.y, b.y, c.y));
    for (let y = top; y <= bottom; y++)
      for (let x = left; x <= right; x++) {
        // Shares of the three corners in this pixel; a negative one means it lies outside.
        const first = ((b.y - c.y) * (x - c.x) + (c.x - b.x) * (y - c.y)) / area;
        const second = ((c.y - a.y) * (x - c.x) + (a.x - c.x) * (y - c.y)) / area;
        const third = 1 - first - second;
        if (Math.min(first, second, third) < -1e-4) continue;
        const depth = first * a.depth + second * b.depth + third * c.depth;
        const share = first * a.share + second * b.share + third * c.share;
        this.#put(x, y, depth, colours[tableIndex(share)]!, light);
      }
  }

  /** A round dot: the end of a line, or a marker. */
  dot({ x, y, depth }: Projected, radius: number, colour: Colour): void {
    const [centreX, centreY, reach] = [x * this.#scale, y * this.#scale, radius * this.#scale];
    const [left, right] = this.#columns(centreX - reach, centreX + reach);
    const [top, bottom] = this.#rows(centreY - reach, centreY + reach);
    for (let row = top; row <= bottom; row++)
      for (let column = left; column <= right; column++)
        if ((column - centreX) ** 2 + (row - centreY) ** 2 <= reach ** 2)
          this.#put(column, row, depth - lift, colour, 1);
  }

  line(from: Projected, to: Projected, width: number, colour: Colour): void {
    const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) * this.#scale) || 1;
    for (let step = 0; step <= steps; step++) {
      const share = step / steps;
      const between = (key: keyof Projected): number => from[key] + share * (to[key] - from[key]);
      this.dot({ x: between("x"), y: between("y"), depth: between("depth") }, width / 2, colour);
    }
  }

  /** The picture as a PNG file, four samples to a pixel. */
  png(): { readonly file: Uint8Array; readonly width: number; readonly height: number } {
    const [width, height] = [this.#width >> 1, this.#height >> 1];
    const pixels = new Uint8ClampedArray(4 * width * height);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        this.#mean(4 * (2 * y * this.#width + 2 * x), pixels, 4 * (y * width + x));
    return { file: encodePng(width, height, pixels), width, height };
  }

  /** Writes the mean of a square of four samples: colour of those that are covered, opacity of all. */
  #mean(from: number, pixels: Uint8ClampedArray, to: number): void {
    const below = from + 4 * this.#width;
    const samples = this.#pixels;
    const covered =
      (samples[from + 3]! + samples[from + 7]! + samples[below + 3]! + samples[below + 7]!) / 255;
    if (covered === 0) return;
    for (let channel = 0; channel < 3; channel++) {
      const upper = samples[from + channel]! + samples[from + 4 + channel]!;
      const lower = samples[below + channel]! + samples[below + 4 + channel]!;
      pixels[to + channel] = (upper + lower) / covered;
    }
    pixels[to + 3] = (255 * covered) / 4;
  }

  #put(x: number, y: number, depth: number, [red, green, blue]: Colour, light: number): void {
    const index = y * this.#width + x;
    if (depth >= this.#depth[index]!) return;
    this.#depth[index] = depth;
    this.#pixels[4 * index] = red * light;
    this.#pixels[4 * index + 1] = green * light;
    this.#pixels[4 * index + 2] = blue * light;
    this.#pixels[4 * index + 3] = 255;
  }

  #columns(from: number, to: number): [number, number] {
    return [Math.max(0, Math.floor(from)), Math.min(this.#width - 1, Math.ceil(to))];
  }
  #rows(from: number, to: number): [number, number] {
    return [Math.max(0, Math.floor(from)), Math.min(this.#height - 1, Math.ceil(to))];
  }
}

interface Sample extends Projected {
  readonly share: number;
}

function tableIndex(share: number): number {
  return Math.max(0, Math.min(255, Math.round(255 * share)));
}
