// SVG elements that are plain data, drawn by React. The picture is replaced as a whole, so the place in the list is key enough.
import { createElement, Fragment, type ReactNode } from 'react';
import type { El } from './svg-tree.ts';

export function Svg({ of }: { of: readonly El[] }) {
  return createElement(Fragment, null, ...of.map(drawn));
}

function drawn(node: El | string): ReactNode {
  return typeof node === 'string' ? node : createElement(node.tag, node.attributes, ...node.inside.map(drawn));
}
