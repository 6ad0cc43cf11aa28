// SVG elements as plain data, so that one description of the picture can be drawn by React and written to a file.
export type Attributes = { readonly [name: string]: string | number | undefined };
/** Attribute names as React spells them. */
export type El = { readonly tag: string; readonly attributes: Attributes; readonly inside: readonly (El | string)[] };

export function el(tag: string, attributes: Attributes, ...inside: readonly (El | string)[]): El {
  return { tag, attributes, inside };
}

/** The few names that SVG itself spells with capitals. */
const AS_IT_IS = ['patternUnits', 'patternTransform', 'viewBox'];

/** As text for a file. Colours that are named by the site's variables are looked up. */
export function svgText(node: El | string, colours: { readonly [name: string]: string }): string {
  if (typeof node === 'string') return escaped(node);
  const attributes = Object.entries(node.attributes).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const spelled = AS_IT_IS.includes(name) ? name : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const known = `${value}`.replace(/var\((--[\w-]+)\)/g, (_whole, variable: string) => {
      const colour = colours[variable];
      if (colour === undefined) throw new Error(`the file has no colour for ${variable}`);
      return colour;
    });
    return [` ${spelled}="${escaped(known)}"`];
  });
  const inside = node.inside.map((part) => svgText(part, colours)).join('');
  return inside === ''
    ? `<${node.tag}${attributes.join('')}/>`
    : `<${node.tag}${attributes.join('')}>${inside}</${node.tag}>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
