// The spoken paragraph with its blanks marked: underlined where something was filled in, a pale gap where nothing is yet. What is
// said after the template has no blank around it and so no mark.
import { type Blanks, pieces, type Words } from '#lib/practice/template.ts';

export function Paragraph({ blanks, words }: { blanks: Blanks; words: Words }) {
  return (
    <p className="font-serif text-xl leading-[1.6] wrap-anywhere">
      {pieces(blanks, words).map((piece, at) =>
        piece.blank === undefined || piece.blank === 'notes' ? (
          piece.text
        ) : (
          <span
            key={at}
            className={piece.open ? 'text-muted' : 'underline decoration-line decoration-2 underline-offset-[0.28em]'}
          >
            {piece.text}
          </span>
        ),
      )}
    </p>
  );
}
