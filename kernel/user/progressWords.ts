/** How far a loop is. */
export interface State {
  readonly label: string;
  readonly total: number | undefined;
  readonly done: number;
  readonly ended: boolean;
  readonly seconds: number;
}

/** How far it is, and how long it took and may take, in a line of text. */
export function words({ label, total, done, ended, seconds }: State): string {
  const start = label === "" ? "" : `${label}: `;
  const time = duration(seconds);
  // There may be more items than were promised.
  if (total === undefined || total === 0 || done > total) return `${start}${done} done · ${time}`;
  const percent = Math.floor((100 * done) / total);
  const rest = !ended && done > 0 ? `, ${duration((seconds * (total - done)) / done)} left` : "";
  return `${start}${percent} % · ${done} of ${total} · ${time}${rest}`;
}

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The same as a part of a page. */
export function bar(state: State): string {
  const { total, done, ended } = state;
  const text = words(state).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const known = ended || (total !== undefined && done <= total);
  const value = known ? ` value="${done}" max="${Math.max(total ?? 0, done, 1)}"` : "";
  return `<progress${value} style="vertical-align: middle"></progress> ${text}`;
}
