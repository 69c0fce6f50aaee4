/** How long a tensor is along each axis: `[]` is a single number, `[3]` a list, `[2, 3]` two rows of three. */
export type Shape = readonly number[];

/** Two shapes met that do not fit, or an axis was named that is not there. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

/** How many numbers a shape holds. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
}

/**
 * The shape, if it is one.
 *
 * @throws ShapeError when it is no list of whole lengths from 0 on
 */
export function checkedShape(operation: string, shape: Shape): Shape {
  if (Array.isArray(shape) && shape.every((length) => Number.isInteger(length) && length >= 0))
    return shape;
  throw new ShapeError(
    `${operation} needs a shape, a list of whole lengths from 0 on, but got ${JSON.stringify(shape)}.\n` +
      `Hint: [3] is a list of three, [2, 3] are two rows of three, [] is a single number.`,
  );
}

/** Whether two shapes are the same, axis by axis. */
export function sameShape(left: Shape, right: Shape): boolean {
  if (left === right) return true;
  if (left.length !== right.length) return false;
  for (let axis = 0; axis < left.length; axis++) if (left[axis] !== right[axis]) return false;
  return true;
}

/**
 * The shape of an operation between two tensors: axes are aligned from the right, and an axis of
 * length 1 (or a missing one) is repeated.
 *
 * @throws ShapeError when two lengths differ and neither is 1
 */
export function broadcastShapes(operation: string, left: Shape, right: Shape): Shape {
  if (sameShape(left, right)) return left;
  if (right.length === 0) return left;
  if (left.length === 0) return right;
  const rank = Math.max(left.length, right.length);
  return Array.from({ length: rank }, (_, axis) => {
    const l = left[axis - rank + left.length] ?? 1;
    const r = right[axis - rank + right.length] ?? 1;
    if (l !== r && l !== 1 && r !== 1) throw misfit(operation, left, right, axis - rank);
    return l === 1 ? r : l;
  });
}

function misfit(operation: string, left: Shape, right: Shape, fromRight: number): ShapeError {
  const where = fromRight === -1 ? "the last axis" : `axis ${fromRight} (counted from the right)`;
  return new ShapeError(
    `${operation} got shapes [${left}] and [${right}]; they differ on ${where}: ` +
      `${left.at(fromRight)} against ${right.at(fromRight)}.\n` +
      `Hint: lengths must be equal or 1. Use .reshape or .transpose to line the axes up.`,
  );
}

/** Steps between neighbours along each axis of a row-major tensor. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis]!;
  }
  return strides;
}

/**
 * An axis counted from the left; `-1` means the last one.
 *
 * @throws ShapeError when the tensor has no such axis
 */
export function axisOf(operation: string, axis: number, shape: Shape): number {
  const fromLeft = axis < 0 ? axis + shape.length : axis;
  if (Number.isInteger(axis) && fromLeft >= 0 && fromLeft < shape.length) return fromLeft;
  throw new ShapeError(
    `${operation} was asked for axis ${axis}, but shape [${shape}] has ` +
      `${shape.length === 0 ? "no axes" : `axes 0 to ${shape.length - 1}`}.\n` +
      `Hint: axis 0 runs down the rows, axis -1 is the last one.`,
  );
}
