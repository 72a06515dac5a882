import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../design/icon.tsx';
import { say } from '../language/language.ts';
import type { Key } from '../language/words.ts';
import { type CameraTrouble, type Facing, type Looking, look } from './device/camera.ts';
import { type InView, see } from './in-view.ts';

type State = 'starting' | 'looking' | CameraTrouble | 'off';

const WORDS = {
  starting: 'camera.starting',
  denied: 'camera.denied',
  none: 'camera.none',
  off: 'camera.off',
} as const satisfies Record<Exclude<State, 'looking'>, Key>;

interface CameraViewProps {
  readonly on: boolean;
  /** Which way it looks: from the till, or from the screen's own side. */
  readonly facing?: Facing;
  /** What stands there while there is no picture; else why there is none, in words for a cashier. */
  readonly instead?: ComponentChildren;
  /** Whether there is a picture. */
  readonly onPicture?: (there: boolean) => void;
  /** A code came into view. */
  readonly onRead: (text: string) => void;
}

/** The camera's picture with marks to aim by, or why there is none. */
export function CameraView({ on, facing = 'environment', instead, onPicture, onRead }: CameraViewProps) {
  const video = useRef<HTMLVideoElement>(null);
  const latest = useRef(onRead);
  latest.current = onRead;
  const [state, setState] = useState<State>('starting');
  useEffect(() => {
    if (!on || video.current === null) return setState('off');
    setState('starting');
    return watch(video.current, facing, (text) => latest.current(text), setState);
  }, [on, facing]);
  useEffect(() => onPicture?.(state === 'looking'), [state]);
  return (
    <div class={`eye ${state === 'looking' || state === 'starting' ? '' : 'eye-shut'}`}>
      <video
        ref={video}
        class="eye-picture"
        hidden={state !== 'looking'}
        muted
        playsInline
        aria-label={say('camera.picture')}
      />
      {state === 'looking' ? (
        <svg class="eye-marks" viewBox="0 0 100 100" aria-hidden="true">
          <path d="M2 20V2h18M80 2h18v18M98 80v18H80M20 98H2V80" />
        </svg>
      ) : (
        (instead ?? (
          <p class="eye-words">
            <Icon name="camera" size={40} />
            <span>{say(WORDS[state])}</span>
          </p>
        ))
      )}
    </div>
  );
}

/** Looks until it is told to stop, also if that comes before the camera is there. */
function watch(
  video: HTMLVideoElement,
  facing: Facing,
  read: (text: string) => void,
  become: (state: State) => void,
): () => void {
  let stopped = false;
  let looking: Looking | null = null;
  let inView: InView | null = null;
  const seen = (text: string): void => {
    const now = see(inView, text, performance.now());
    inView = now.inView;
    if (now.fresh) read(text);
  };
  look(video, facing, seen).then(
    (begun) => {
      looking = begun;
      if (stopped) begun.stop();
      else become('looking');
    },
    (trouble: CameraTrouble) => stopped || become(trouble),
  );
  return () => {
    stopped = true;
    looking?.stop();
  };
}
