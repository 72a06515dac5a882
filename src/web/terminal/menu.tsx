import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { LanguageSwitch } from '../language/language-switch.tsx';
import { say } from './say.ts';

/** What a cashier sets for this till. */
export interface Settings {
  readonly camera: boolean;
  readonly sound: boolean;
}

interface MenuProps {
  readonly till: string;
  readonly settings: Settings;
  readonly onSet: (settings: Settings) => void;
  readonly onScanner: () => void;
  readonly onTraining: () => void;
  /** Missing in a web till, which looks after the session and is attended. */
  readonly onKiosk?: (() => void) | undefined;
  readonly onUnpair?: (() => void) | undefined;
  readonly onClose: () => void;
}

/** What is done once a day or less. */
export function Menu({ till, settings, onSet, onClose, ...on }: MenuProps) {
  const { camera, sound } = settings;
  return (
    <Dialog title={say('till.menu')} onClose={onClose}>
      <div class="menu">
        <Button icon="barcode" onClick={on.onScanner}>
          {say('till.scanner')}
        </Button>
        <Button icon="camera" onClick={() => onSet({ ...settings, camera: !camera })}>
          {say(camera ? 'camera.turn_off' : 'camera.turn_on')}
        </Button>
        <Button icon={sound ? 'silent' : 'sound'} onClick={() => onSet({ ...settings, sound: !sound })}>
          {say(sound ? 'till.sound_off' : 'till.sound_on')}
        </Button>
        <LanguageSwitch />
        <hr />
        <Button icon="help" onClick={on.onTraining}>
          {say('train.menu')}
        </Button>
        {on.onKiosk && (
          <Button icon="person" onClick={on.onKiosk}>
            {say('kiosk.menu')}
          </Button>
        )}
        {on.onUnpair && (
          <>
            <hr />
            <Button icon="leave" kind="danger" onClick={on.onUnpair}>
              {say('till.unpair', { till })}
            </Button>
            <p class="quiet">{say('till.unpair_note')}</p>
          </>
        )}
      </div>
    </Dialog>
  );
}
