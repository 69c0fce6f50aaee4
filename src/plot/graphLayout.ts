import type { GraphNode } from "./graph.ts";

/** Where a node stands: columns from the left, rows up from the middle. */
export interface Place {
  readonly node: GraphNode;
  readonly column: number;
  readonly row: number;
}

/**
 * Layers as Sugiyama drew them (1981): each node right of all it is made of, inputs just left of
 * where they are used first, and every column sorted by the heights of its neighbours.
 */
export function placed(nodes: readonly GraphNode[]): readonly Place[] {
  const columns = columnsOf(nodes);
  let places = spread(nodes.map((node) => ({ node, column: columns.get(node.name)!, row: 0 })));
  for (let sweep = 0; sweep < 8; sweep++) {
    const rows = new Map(places.map(({ node, row }) => [node.name, row]));
    const pull = ({ node }: Place) => {
      const users = nodes
        .filter(({ inputs }) => inputs?.includes(node.name))
        .map(({ name }) => name);
      const near = [...(node.inputs ?? []), ...users].map((name) => rows.get(name)!);
      return near.reduce((sum, each) => sum + each, 0) / Math.max(1, near.length);
    };
    places = spread([...places].sort((a, b) => pull(b) - pull(a)));
  }
  return places;
}

/** The longest way from an input; inputs move right, next to the first node that needs them. */
function columnsOf(nodes: readonly GraphNode[]): Map<string, number> {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const columns = new Map<string, number>();
  const visit = (name: string, user: string, trail: readonly string[]): number => {
    const node = byName.get(name);
    if (!node)
      throw new RangeError(
        `${user} is made of ${name}, but no node has that name.\nHint: give every input a node of its own.`,
      );
    if (trail.includes(name))
      throw new RangeError(
        `${name} is made of itself: ${[...trail, name].join(" ← ")}.\nHint: a computation has no circles.`,
      );
    const known = columns.get(name);
    if (known !== undefined) return known;
    const before = (node.inputs ?? []).map((input) => visit(input, name, [...trail, name]));
    const column = Math.max(-1, ...before) + 1;
    columns.set(name, column);
    return column;
  };
  for (const { name } of nodes) visit(name, name, []);
  for (const { name, inputs = [] } of nodes) {
    const users = nodes
      .filter((node) => node.inputs?.includes(name))
      .map((node) => columns.get(node.name)!);
    if (inputs.length === 0 && users.length > 0) columns.set(name, Math.min(...users) - 1);
  }
  return columns;
}

/** The nodes of each column, in their order, one row apart around the middle. */
const spread = (places: readonly Place[]): readonly Place[] =>
  places.map((place) => {
    const column = places.filter((other) => other.column === place.column);
    return { ...place, row: (column.length - 1) / 2 - column.indexOf(place) };
  });
