// The arena and its hash table, against a Map of texts.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copy, equal, newRow, newRows, note, put, type Row, read, setNote, stretch } from './rows.ts';

function rowOf(...numbers: readonly number[]): Row {
  const row = newRow();
  stretch(row, numbers.length).set(numbers);
  return row;
}

const numbers = fc.array(fc.oneof(fc.nat(3), fc.integer()), { maxLength: 100 });

test('a row has one place, is new once, and comes back as it was put', () => {
  fc.assert(
    fc.property(fc.array(numbers, { maxLength: 60 }), (lists) => {
      const rows = newRows();
      const places = new Map<string, number>();
      for (const list of lists) {
        const text = list.join();
        const place = put(rows, rowOf(...list));
        const known = places.get(text);
        expect(place).toBe(known === undefined ? Math.abs(place) : -known);
        places.set(text, Math.abs(place));
      }
      expect(rows.size).toBe(places.size);
      const back = newRow();
      for (const [text, place] of places) {
        read(rows, place, back);
        expect([...back.cells.subarray(0, back.length)].join()).toBe(text);
      }
    }),
  );
});

test('a hundred thousand rows keep their places and notes while the table grows over many chunks', () => {
  const rows = newRows();
  const places: number[] = [];
  for (let index = 0; index < 100_000; index += 1) {
    const place = put(rows, rowOf(index % 7, index, -index));
    setNote(rows, place, 0, index);
    setNote(rows, place, 1, 7 - index);
    places.push(place);
  }
  expect(rows.chunks.length).toBeGreaterThan(5);
  const wrong = places.filter((place, index) => {
    const found = put(rows, rowOf(index % 7, index, -index));
    return found !== -place || note(rows, place, 0) !== index || note(rows, place, 1) !== 7 - index;
  });
  expect(wrong).toEqual([]);
});

test('a row that is longer than a chunk is refused, since it could not be kept in one piece', () => {
  expect(() => put(newRows(), rowOf(...new Array(70_000).fill(1)))).toThrow('too long');
});

test('a copy is equal and not the same', () => {
  const [row, other] = [rowOf(1, 2, 3), rowOf(9, 9, 9, 9)];
  copy(row, other);
  expect(equal(row, other)).toBe(true);
  other.cells[1] = 5;
  expect(equal(row, other)).toBe(false);
  expect(row.cells[1]).toBe(2);
});
