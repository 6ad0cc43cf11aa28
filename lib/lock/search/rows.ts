// Short rows of whole numbers, each kept once. One structure serves the states that a search has seen and every table of
// answers that it remembers: an arena of chunks that never move, and an open-addressing hash table of places in it.
// Two rows are one only when all their cells are equal, so a collision costs time and never a state.
// No object for a row: a million states are a few dozen typed arrays, which the garbage collector does not look into.

/** A row under construction, used again and again. */
export type Row = { cells: Int32Array; length: number };

export type Rows = {
  readonly chunks: Int32Array[];
  /** Where the next row begins. 0 is no place. */
  end: number;
  size: number;
  /** Pairs of a hash and a place; place 0 is a free slot. */
  slots: Int32Array;
};

const CHUNK_BITS = 16;
const CHUNK = 1 << CHUNK_BITS;
const WITHIN = CHUNK - 1;
/** Before its cells, a row has two notes of its owner and its length. */
const HEAD = 3;
const LENGTH = 2;

export function newRow(): Row {
  return { cells: new Int32Array(64), length: 0 };
}

export function newRows(): Rows {
  return { chunks: [new Int32Array(CHUNK)], end: 1, size: 0, slots: new Int32Array(2 * 1024) };
}

/** What the rows and their table take, in bytes. */
export function bytesOf({ chunks, slots }: Rows): number {
  return 4 * (chunks.length * CHUNK + slots.length);
}

/** Makes a row of that length, with whatever was in it before. */
export function stretch(row: Row, length: number): Int32Array {
  if (row.cells.length < length) {
    const wider = new Int32Array(Math.max(length, 2 * row.cells.length));
    wider.set(row.cells);
    row.cells = wider;
  }
  row.length = length;
  return row.cells;
}

export function copy(from: Row, into: Row): void {
  const cells = stretch(into, from.length);
  for (let index = 0; index < from.length; index += 1) cells[index] = from.cells[index]!;
}

/** The place of a row: positive where it was put just now, negative where it has been before. */
export function put(rows: Rows, { cells, length }: Row): number {
  const hash = hashOf(cells, length);
  const { slots } = rows;
  const mask = (slots.length >> 1) - 1;
  let slot = hash & mask;
  for (let found = slots[2 * slot + 1]!; found !== 0; found = slots[2 * slot + 1]!) {
    if (slots[2 * slot] === hash && isAt(rows, found, cells, length)) return -found;
    slot = (slot + 1) & mask;
  }
  const place = store(rows, cells, length);
  slots[2 * slot] = hash;
  slots[2 * slot + 1] = place;
  rows.size += 1;
  if (rows.size > slots.length >> 2) widen(rows);
  return place;
}

export function read(rows: Rows, place: number, into: Row): void {
  const chunk = rows.chunks[place >>> CHUNK_BITS]!;
  const head = place & WITHIN;
  const length = chunk[head + LENGTH]!;
  const cells = stretch(into, length);
  for (let index = 0; index < length; index += 1) cells[index] = chunk[head + HEAD + index]!;
}

export function note(rows: Rows, place: number, which: 0 | 1): number {
  return rows.chunks[place >>> CHUNK_BITS]![(place & WITHIN) + which]!;
}

export function setNote(rows: Rows, place: number, which: 0 | 1, value: number): void {
  rows.chunks[place >>> CHUNK_BITS]![(place & WITHIN) + which] = value;
}

export function equal(a: Row, b: Row): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (a.cells[index] !== b.cells[index]) return false;
  return true;
}

// ---- inside -------------------------------------------------------------------------------------------------------

function isAt(rows: Rows, place: number, cells: Int32Array, length: number): boolean {
  const chunk = rows.chunks[place >>> CHUNK_BITS]!;
  const head = place & WITHIN;
  if (chunk[head + LENGTH] !== length) return false;
  for (let index = 0; index < length; index += 1) if (chunk[head + HEAD + index] !== cells[index]) return false;
  return true;
}

function store(rows: Rows, cells: Int32Array, length: number): number {
  const needed = HEAD + length;
  if (needed > CHUNK) throw new Error(`a row of ${length} numbers is too long`);
  // A row does not straddle two chunks.
  if ((rows.end & WITHIN) + needed > CHUNK) rows.end = (rows.end | WITHIN) + 1;
  const place = rows.end;
  const index = place >>> CHUNK_BITS;
  if (index === rows.chunks.length) rows.chunks.push(new Int32Array(CHUNK));
  const chunk = rows.chunks[index]!;
  const head = place & WITHIN;
  chunk[head + LENGTH] = length;
  for (let cell = 0; cell < length; cell += 1) chunk[head + HEAD + cell] = cells[cell]!;
  rows.end = place + needed;
  return place;
}

/** Twice the slots once half of them are taken. The hashes are kept, so no row is looked at. */
function widen(rows: Rows): void {
  const old = rows.slots;
  const slots = new Int32Array(2 * old.length);
  const mask = (slots.length >> 1) - 1;
  for (let from = 0; from < old.length; from += 2) {
    if (old[from + 1] === 0) continue;
    let slot = old[from]! & mask;
    while (slots[2 * slot + 1] !== 0) slot = (slot + 1) & mask;
    slots[2 * slot] = old[from]!;
    slots[2 * slot + 1] = old[from + 1]!;
  }
  rows.slots = slots;
}

/** Murmur's mixing step for each cell, and its last one for the whole. */
function hashOf(cells: Int32Array, length: number): number {
  let hash = length;
  for (let index = 0; index < length; index += 1) {
    const mixed = Math.imul(cells[index]!, 0xcc9e2d51);
    hash ^= Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
