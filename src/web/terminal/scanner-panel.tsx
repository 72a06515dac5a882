import { useRef, useState } from 'preact/hooks';
import { Icon } from '../design/icon.tsx';
import { say } from '../language/language.ts';
import { useWedge } from './device/use-wedge.ts';
import { Panel } from './panel.tsx';
import { whatIs } from './scanned.ts';
import { digitsIn, grouped } from './typed-code.ts';
import type { Reading } from './wedge.ts';

type Heard =
  | { readonly is: 'waiting' }
  | { readonly is: 'slow' }
  | { readonly is: 'read'; readonly reading: Reading };

/** Shows what a scanner sends and whether it would do, without asking the service anything. */
export function ScannerPanel({ live, onBack }: { readonly live: boolean; readonly onBack: () => void }) {
  const [heard, setHeard] = useState<Heard>({ is: 'waiting' });
  const keys = useRef(0);
  useWedge({
    read: (reading) => {
      keys.current = 0;
      setHeard({ is: 'read', reading });
    },
    refused: () => {
      if (keys.current >= 8) setHeard({ is: 'slow' });
      keys.current = 0;
    },
  });
  return (
    <Panel
      title={say('till.scanner')}
      onBack={onBack}
      main={{
        tabIndex: -1,
        ref: focus,
        onKeyDown: ({ key }) => {
          keys.current += key.length === 1 ? 1 : 0;
        },
      }}
    >
      <div class="scanner">
        <p class="quiet">{say('scanner.how')}</p>
        <div class="scanner-heard" role="status">
          {heard.is === 'waiting' && (
            <p class="scanner-word">
              <Icon name="barcode" size={40} /> {say('scanner.waiting')}
            </p>
          )}
          {heard.is === 'slow' && (
            <p class="scanner-word">
              <Icon name="clock" size={40} /> {say('scanner.slow')}
            </p>
          )}
          {heard.is === 'read' && <Verdict reading={heard.reading} live={live} />}
        </div>
        <p>
          <a href="/docs/test-codes" target="_blank" rel="noreferrer">
            {say('scanner.codes')}
          </a>
        </p>
      </div>
    </Panel>
  );
}

const ENDS = { enter: 'scanner.enter', tab: 'scanner.tab', none: 'scanner.no_end' } as const;

function Verdict({ reading, live }: { readonly reading: Reading; readonly live: boolean }) {
  const { text, aim, end, pace, otherLayout } = reading;
  const works = whatIs(text, live) !== 'no_code';
  const found = [
    say('scanner.length', { count: text.length }),
    say('scanner.pace', { count: Math.round(pace) }),
    say(ENDS[end]),
    ...(aim === null ? [] : [say('scanner.aim', { aim })]),
    ...(otherLayout ? [say('scanner.layout')] : []),
  ];
  return (
    <>
      <p class="scanner-word">
        <Icon name={works ? 'check' : 'cross'} size={40} /> {say(works ? 'scanner.works' : 'scanner.other')}
      </p>
      <p class="scanner-text figures" dir="ltr">
        {digitsIn(text) === text ? grouped(text) : text}
      </p>
      <ul class="scanner-found">
        {found.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}

function focus(element: HTMLElement | null): void {
  element?.focus();
}
