import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boxOf, crosses, emptyPage, overlap, type Placed, place, placeLabels, textWidth } from './labels.ts';

test('a name moves along its arrow away from what is already there', () => {
  const arrow = { x1: 100, y1: 0, x2: 130, y2: 100, forms: ['write 1'] };
  const [free] = placeLabels([arrow], []);
  const [pushed] = placeLabels([arrow], [{ x: 60, y: 40, w: 140, h: 20 }]);
  expect(free?.y).toBe(54);
  expect(Math.abs((pushed?.y ?? 54) - 54)).toBeGreaterThan(8);
});

test('two names on one arrow do not lie on each other', () => {
  const arrow = { x1: 100, y1: 0, x2: 130, y2: 100, forms: ['OK token 1'] };
  const [one, two] = placeLabels([arrow, { ...arrow, x1: 102, x2: 132 }], []);
  expect(one).not.toBeNull();
  expect(two).not.toBeNull();
  expect(overlap(boxOf(one as Placed), boxOf(two as Placed))).toBe(0);
});

test('an arrow without a name gets no label', () => {
  expect(placeLabels([{ x1: 0, y1: 0, x2: 9, y2: 9, forms: [''] }], [])).toEqual([null]);
});

test('a line through a box is seen, and one beside it is not', () => {
  const box = { x: 10, y: 10, w: 20, h: 10 };
  expect(crosses(box, { x1: 0, y1: 15, x2: 60, y2: 15 })).toBe(true);
  expect(crosses(box, { x1: 0, y1: 40, x2: 60, y2: 40 })).toBe(false);
});

test('longer words are wider', () => {
  expect(textWidth('written 1')).toBeGreaterThan(textWidth('nil'));
});

test('what does not fit in full is said shorter, and what does not fit at all is left out', () => {
  const page = emptyPage();
  const here = [{ x: 10, y: 20, anchor: 'start' }] as const;
  page.put({ x: 50, y: 8, w: 200, h: 14 });
  expect(place(page, ['believes it holds, token 1', 'token'], here)?.text).toBe('token');
  expect(place(page, ['token', 'A'], here)).toBeNull();
});

test('a word is rather said shorter than crossed by an arrow, and rather crossed than left out', () => {
  const here = [{ x: 10, y: 20, anchor: 'start' }] as const;
  const forms = ['believes it holds, token 1', 'token 1'];
  const arrow = (x: number) => ({ x1: x, y1: 0, x2: x + 2, y2: 60 });
  expect(place(emptyPage([arrow(300)]), forms, here)?.text).toBe(forms[0]);
  expect(place(emptyPage([arrow(100)]), forms, here)?.text).toBe(forms[1]);
  expect(place(emptyPage([arrow(12)]), forms, here)?.text).toBe(forms[0]);
});

test('a word is crossed only where each of its places that is free is crossed', () => {
  const line = fc.record({ x1: fc.nat(300), y1: fc.nat(120), w: fc.nat(60), y2: fc.nat(120) });
  const at = fc.record({ x: fc.nat(300), y: fc.nat(120), anchor: fc.constantFrom('start' as const, 'end' as const) });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), fc.array(at, { minLength: 1, maxLength: 8 }), (drawn, places) => {
      const lines = drawn.map(({ x1, y1, w, y2 }) => ({ x1, y1, x2: x1 + w, y2 }));
      const crossed = (box: ReturnType<typeof boxOf>) => lines.some((one) => crosses(box, one));
      const forms = ['paused 60 ms', 'paused'];
      const placed = place(emptyPage(lines), forms, places);
      const candidates = forms.flatMap((text) => places.map((spot) => boxOf({ ...spot, text })));
      const free = candidates.filter(({ x }) => x >= 0);
      expect(placed === null).toBe(free.length === 0);
      if (placed) expect(crossed(boxOf(placed))).toBe(free.every(crossed));
    }),
  );
});

test('the name of an arrow lets the others pass where there is room', () => {
  const near = [100, 116].map((x1) => ({ x1, y1: 100, x2: x1 + 14, y2: 0, forms: ['SET lock A1 NX PX 30', 'SET'] }));
  for (const placed of placeLabels(near, [])) {
    expect(placed).not.toBeNull();
    for (const arrow of near) expect(crosses(boxOf(placed as Placed), arrow)).toBe(false);
  }
});

test('however crowded, no two names lie on each other, and none on a word that was there before', () => {
  const arrow = fc.record({ x1: fc.nat(300), y1: fc.nat(200), w: fc.nat(60), y2: fc.nat(200), n: fc.nat(999) });
  fc.assert(
    fc.property(fc.array(arrow, { maxLength: 40 }), (arrows) => {
      const page = emptyPage();
      const word = { x: 100, y: 90, anchor: 'start', text: 'crashes' } as const;
      page.put(boxOf(word));
      const lines = arrows.map(({ x1, y1, w, y2, n }) => ({ x1, y1, x2: x1 + w, y2, forms: [`write ${n}`, 'write'] }));
      const placed = [word, ...placeLabels(lines, [], page).filter((one) => one !== null)].map(boxOf);
      placed.forEach((box, index) => {
        for (const other of placed.slice(index + 1)) expect(overlap(box, other)).toBe(0);
      });
    }),
  );
});
