/** How many are answered together at the most, and how many sets at once. */
export interface SetLimits {
  readonly most: number;
  readonly atOnce: number;
  /** Whether an error is due to none of the questions, so that asking again would only fail again, or do harm. */
  readonly blameless?: (error: unknown) => boolean;
}

interface Waiting<Asked, Answer> {
  readonly asked: Asked;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets those who ask at the same time be answered together. What arrives while a set is being answered makes the next
 * one, so nobody waits for company, and under load the sets grow by themselves. `answerAll` answers in the order of
 * the questions. If it throws for a set, each question is asked again alone, so that none takes another with it; unless
 * no question is to blame: then all of the set fail, and those who wait behind it, who would only wait for the same.
 */
export function inSets<Asked, Answer>(
  answerAll: (set: readonly Asked[]) => Promise<readonly Answer[]>,
  { most, atOnce, blameless = () => false }: SetLimits,
): (asked: Asked) => Promise<Answer> {
  const queue: Waiting<Asked, Answer>[] = [];
  let running = 0;

  const pump = (): void => {
    while (running < atOnce && queue.length > 0) {
      running += 1;
      const set = queue.splice(0, most);
      void answerSet(answerAll, set, blameless).then((failed) => {
        if (failed !== null) rejectAll(queue.splice(0), failed.error);
        running -= 1;
        pump();
      });
    }
  };
  return (asked) =>
    new Promise((resolve, reject) => {
      queue.push({ asked, resolve, reject });
      if (queue.length === 1) queueMicrotask(pump);
    });
}

/** Answers a set. Tells of an error for which no question was to blame. */
async function answerSet<Asked, Answer>(
  answerAll: (set: readonly Asked[]) => Promise<readonly Answer[]>,
  set: readonly Waiting<Asked, Answer>[],
  blameless: (error: unknown) => boolean,
): Promise<{ error: unknown } | null> {
  try {
    const answers = await answerAll(set.map(({ asked }) => asked));
    if (answers.length !== set.length) throw new Error('a set was answered in part');
    for (const [at, answer] of answers.entries()) set[at]?.resolve(answer);
    return null;
  } catch (error) {
    const failed = blameless(error) ? { error } : null;
    if (failed !== null || set.length === 1) {
      rejectAll(set, error);
      return failed;
    }
    for (const [at, one] of set.entries()) {
      const stopped = await answerSet(answerAll, [one], blameless);
      if (stopped === null) continue;
      rejectAll(set.slice(at + 1), stopped.error);
      return stopped;
    }
    return null;
  }
}

function rejectAll(set: readonly { reject: (error: unknown) => void }[], error: unknown): void {
  for (const one of set) one.reject(error);
}
