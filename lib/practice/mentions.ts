// Does a sentence say a thing, or deny it? "We use an idempotency key" and "no idempotency key" hold the same words.
// A plain look at the few words before the match is enough for short spoken answers; there is no grammar here, so a
// finding that rests on these functions is worded as what was or was not heard.

const denial =
  /\b(no|not|never|without|neither|nor|cannot|instead of|rather than|\w+n['’]t)\b(?!\s+(only|just))(\s+\S+){0,4}\s*$/i;
const anyDenial = /\b(no|not|never|without|neither|nor|cannot|\w+n['’]t)\b/i;

const sentencesOf = (text: string) => text.split(/[.;!?]+(?=\s|$)|\n+/);
const clausesOf = (text: string) => text.split(/[.;:!?]+(?=\s|$)|\n+|,|\b(?:but|so|and then)\b/i);

/** True if some clause has the words and does not deny them just before. */
export function says(text: string, words: RegExp): boolean {
  return clausesOf(text).some((clause) => {
    const found = words.exec(clause);
    return found !== null && !denial.test(clause.slice(0, found.index));
  });
}

/** True if some whole sentence has the words and no denial anywhere: for claims that one word can turn round. */
export function claims(text: string, words: RegExp): boolean {
  return sentencesOf(text).some((sentence) => words.test(sentence) && !anyDenial.test(sentence));
}
