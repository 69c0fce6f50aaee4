/** Something in an assignment that would go wrong in class. */
export interface Finding {
  /** The cell: its grade id if it has one, otherwise its place counted from 1. */
  readonly cell: string;
  readonly says: string;
}
