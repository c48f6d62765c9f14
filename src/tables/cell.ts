/** What stands in a cell: a text, a number, or a moment on some wall clock, as `2026-12-01 15:00`. */
export type Cell = string | number | { wall: string };
