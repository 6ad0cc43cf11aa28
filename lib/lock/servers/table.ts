// A table of a server: rows by key. The rows stand in the order of their keys, however they came in, since a fingerprint
// counts the order: two servers that know the same things would else be two worlds.

export type Table<T> = { readonly [key: string]: T };

export function withRow<T>(table: Table<T>, key: string, row: T): Table<T> {
  if (key in table) return { ...table, [key]: row };
  const rows = [...Object.entries(table), [key, row] as const];
  return Object.fromEntries(rows.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function withoutRow<T>(table: Table<T>, key: string): Table<T> {
  const { [key]: _gone, ...rest } = table;
  return rest;
}

export function mapRows<T, U>(table: Table<T>, change: (row: T, key: string) => U): Table<U> {
  return Object.fromEntries(Object.entries(table).map(([key, row]) => [key, change(row, key)]));
}
