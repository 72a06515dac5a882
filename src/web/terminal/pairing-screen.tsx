import { useEffect, useState } from 'preact/hooks';
import { Button } from '../design/button.tsx';
import { Field } from '../design/field.tsx';
import { say, sayAll } from '../language/language.ts';
import { LanguageSwitch } from '../language/language-switch.tsx';
import { CameraView } from './camera-view.tsx';
import { groupedPairing, isWhole, pairingCharacters, pairingCodeIn } from './pairing-code.ts';
import type { Place } from './place.ts';

interface PairingProps {
  readonly place: Extract<Place, { at: 'unpaired' }>;
  readonly onPair: (code: string) => void;
}

/** Takes the code that the console shows, typed, scanned, or from the link that led here. */
export function PairingScreen({ place, onPair }: PairingProps) {
  const [typed, setTyped] = useState('');
  const [scans, setScans] = useState(false);
  const wrong = place.wrong === null ? null : sayAll(place.wrong);
  useEffect(() => {
    if (place.wrong !== null) setTyped('');
  }, [place.wrong]);
  const scanned = (text: string): void => {
    const code = pairingCodeIn(text);
    if (code === null || place.busy) return;
    setScans(false);
    onPair(code);
  };
  return (
    <main class="pairing">
      <form
        class="pairing-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole(typed) && !place.busy) onPair(typed);
        }}
      >
        <h1>{say('pair.title')}</h1>
        <p class="quiet">{say(place.ended ? 'pair.ended' : 'pair.how')}</p>
        {scans ? (
          <CameraView on onRead={scanned} />
        ) : (
          <Field
            label={say('pair.code')}
            class="pairing-code"
            value={groupedPairing(typed)}
            onInput={(event) => setTyped(pairingCharacters(event.currentTarget.value))}
            wrong={wrong}
            placeholder="XXXX-XXXX"
            dir="ltr"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            maxLength={24}
            autofocus
          />
        )}
        {!scans && (
          <Button kind="main" type="submit" busy={place.busy} disabled={!isWhole(typed) && !place.busy}>
            {say(place.busy ? 'pair.pairing' : 'pair.pair')}
          </Button>
        )}
        <Button icon={scans ? 'keypad' : 'qr'} onClick={() => setScans(!scans)}>
          {say(scans ? 'pair.type' : 'pair.scan')}
        </Button>
      </form>
      <LanguageSwitch />
    </main>
  );
}
