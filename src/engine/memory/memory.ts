/** The one memory that all kernels work on, and the views through which we read and write it. */

const pageBytes = 65536;
/** Kernels count in signed 32-bit whole numbers, so 2 GiB is the end. */
const mostPages = 32767;

export const memory = new WebAssembly.Memory({ initial: 16, maximum: mostPages });

/** The memory seen as numbers; made anew whenever it grows, so never keep one of them. */
export const heap = { float64: new Float64Array(0), float32: new Float32Array(0) };

function refreshViews(): void {
  heap.float64 = new Float64Array(memory.buffer);
  heap.float32 = new Float32Array(memory.buffer);
}
refreshViews();

/** Address 0 stays unused, so that it can mean “nowhere”. */
let taken = 64;

/**
 * Takes bytes from the end of the memory, for good.
 *
 * @throws RangeError when 2 GiB are not enough
 */
export function reserve(bytes: number): number {
  const start = taken;
  const missing = start + bytes - memory.buffer.byteLength;
  if (missing > 0) grow(missing, bytes);
  taken += bytes;
  return start;
}

function grow(missing: number, bytes: number): void {
  const needed = Math.ceil(missing / pageBytes);
  const pages = memory.buffer.byteLength / pageBytes;
  // Half as much again, since every growth costs new views.
  const wished = Math.min(Math.max(needed, pages >> 1), mostPages - pages);
  try {
    memory.grow(Math.max(needed, wished));
  } catch (cause) {
    throw new RangeError(
      `The engine needs ${Math.ceil(bytes / 2 ** 20)} MiB more, which is more than its memory of 2 GiB has left.\n` +
        `Hint: work on smaller batches; everything computed inside one derivative is held until it ends.`,
      { cause },
    );
  }
  refreshViews();
}
