'use client';
// Sends the answers of a round to the server in the background. Each carries its own id, so sending one again changes nothing; what
// could not be sent waits until somebody asks, or until the network is back.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { QuizSave } from './quiz-inline.tsx';
import type { RoundAnswer, RoundQuestion } from './round-state.ts';

export type Keeping = { readonly failed: boolean; readonly again: () => void };

export function useKeeping(
  questions: readonly RoundQuestion[],
  answers: readonly RoundAnswer[],
  save: QuizSave,
  kept: (id: string) => void,
): Keeping {
  const [failed, setFailed] = useState<ReadonlySet<string>>(new Set());
  const sending = useRef(new Set<string>());
  const tell = useRef(kept);
  tell.current = kept;

  useEffect(() => {
    for (const [at, { id, given, sureness, kept: isKept }] of answers.entries()) {
      const quizId = questions[at]?.quiz.id;
      if (isKept || quizId === undefined || failed.has(id) || sending.current.has(id)) continue;
      sending.current.add(id);
      const plain = typeof given === 'number' ? given : [...given];
      save({ id, quizId, given: plain, sureness })
        .then(({ kind }) => kind === 'saved')
        .catch(() => false)
        .then((saved) => {
          sending.current.delete(id);
          if (saved) tell.current(id);
          else setFailed((before) => new Set([...before, id]));
        });
    }
  }, [answers, questions, save, failed]);

  const again = useCallback(() => setFailed(new Set()), []);
  useEffect(() => {
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, [again]);
  return { failed: failed.size > 0, again };
}
