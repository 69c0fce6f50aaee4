/**
 * Shows which exercises of the lessons in this folder are solved, in whatever notebook that was.
 *
 * @example
 * solved();
 */
export declare function solved(): object;
