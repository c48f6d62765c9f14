import { customType, integer, sqliteTable } from 'drizzle-orm/sqlite-core';

/*
 * The column kinds that features use. They come from here and not from the driver, so that the same
 * tables can be made for another database by changing this file alone.
 */
export { alias, blob, index, integer, primaryKey, real, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const table = sqliteTable;

// Where a query is prepared, null passes through these too.

/** True and false, kept as 1 and 0. */
export const boolean = customType<{ data: boolean; driverData: number | null }>({
  dataType: () => 'integer',
  toDriver: (value) => (value === null ? null : value ? 1 : 0),
  fromDriver: (value) => value === 1,
});

/** A moment in UTC milliseconds. */
export const instant = (name: string) => integer(name);

/** A value kept as JSON text; name its type with `.$type<…>()`. */
export const json = customType<{ data: unknown; driverData: string | null }>({
  dataType: () => 'text',
  toDriver: (value) => (value === null ? null : JSON.stringify(value)),
  fromDriver: (value) => JSON.parse(value ?? 'null'),
});
