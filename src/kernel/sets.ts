/** How many are answered together at the most, and how many sets at once. */
export interface SetLimits {
  readonly most: number;
  readonly atOnce: number;
}

interface Waiting<Asked, Answer> {
  readonly asked: Asked;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets those who ask at the same time be answered together. What arrives while a set is being answered makes the next
 * one, so nobody waits for company, and under load the sets grow by themselves. `answerAll` answers in the order of
 * the questions. If it throws for a set, each question is asked again alone, so that none takes another with it.
 */
export function inSets<Asked, Answer>(
  answerAll: (set: readonly Asked[]) => Promise<readonly Answer[]>,
  { most, atOnce }: SetLimits,
): (asked: Asked) => Promise<Answer> {
  const queue: Waiting<Asked, Answer>[] = [];
  let running = 0;

  const pump = (): void => {
    while (running < atOnce && queue.length > 0) {
      running += 1;
      void answerSet(answerAll, queue.splice(0, most)).then(() => {
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

async function answerSet<Asked, Answer>(
  answerAll: (set: readonly Asked[]) => Promise<readonly Answer[]>,
  set: readonly Waiting<Asked, Answer>[],
): Promise<void> {
  try {
    const answers = await answerAll(set.map(({ asked }) => asked));
    if (answers.length !== set.length) throw new Error('a set was answered in part');
    for (const [at, answer] of answers.entries()) set[at]?.resolve(answer);
  } catch (error) {
    const [only, ...others] = set;
    if (others.length === 0) only?.reject(error);
    else for (const one of set) await answerSet(answerAll, [one]);
  }
}
