import { Button } from '../design/button.tsx';
import { LiveRegion } from '../design/live-region.tsx';
import { say, sayAll } from '../language/language.ts';
import type { Person, Result, Tone } from './result.ts';

/** The whole screen for as long as it stays: colour, shape and word each say it alone. */
export function ResultScreen({ result, onDone }: { readonly result: Result; readonly onDone: () => void }) {
  const { tone, words, next, person, discountCodes } = result;
  const said = words.map(sayAll);
  return (
    <main class={`result result-${tone} ${person === null ? '' : 'result-person'}`}>
      <div class="result-field">
        {person?.portrait ? (
          <img class="result-portrait" src={person.portrait} alt={say('person.portrait')} />
        ) : (
          <Shape tone={tone} />
        )}
      </div>
      <div class="result-plate">
        <h1>
          {said.map((word) => (
            <span key={word}>{word}</span>
          ))}
        </h1>
        <p class="result-next">{sayAll(next)}</p>
        {person !== null && <Lines person={person} />}
        {discountCodes.length > 0 && (
          <p class="result-codes">
            {say('result.discount')} <bdi>{discountCodes.join(' · ')}</bdi>
          </p>
        )}
        <Button kind="plain" onClick={onDone}>
          {say('next.done')}
        </Button>
      </div>
      <div class="result-rest" aria-hidden="true" />
      <LiveRegion urgent text={`${said.join(', ')}. ${sayAll(next)}.`} />
    </main>
  );
}

function Lines({ person }: { readonly person: Person }) {
  return (
    <dl class="result-lines">
      {person.lines.map(({ label, text }) => (
        <div key={label.key}>
          <dt>{sayAll(label)}</dt>
          <dd>
            <bdi>{text}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A circle with a tick, an octagon with a cross, a triangle with a turning arrow. */
export function Shape({ tone }: { readonly tone: Tone }) {
  return (
    <svg class="shape" viewBox="0 0 200 200" aria-hidden="true">
      {tone === 'approved' && (
        <>
          <circle class="shape-body" cx="100" cy="100" r="96" />
          <path class="shape-mark" d="M54 104l32 32 60-68" />
        </>
      )}
      {tone === 'refused' && (
        <>
          <path class="shape-body" d="M62 8h76l54 54v76l-54 54H62L8 138V62z" />
          <path class="shape-mark" d="M66 66l68 68M134 66l-68 68" />
        </>
      )}
      {tone === 'again' && (
        <>
          <path class="shape-body" d="M100 12l94 168H6z" />
          <path class="shape-mark" d="M120.7 141.4a27 27 0 1 1 2.7-30.9" />
          <path class="shape-head" d="M133 121.5l1.5-25.5-26 21.5z" />
        </>
      )}
    </svg>
  );
}
