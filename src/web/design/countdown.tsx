import { locale, say } from '../language/language.ts';

const RADIUS = 10;
const AROUND = 2 * Math.PI * RADIUS;

interface CountdownProps {
  /** Seconds that are left, of all there were. */
  readonly left: number;
  readonly of: number;
}

/** A thin ring that empties, and the number. Whoever listens is told once what it is, not each second. */
export function Countdown({ left, of }: CountdownProps) {
  const share = of > 0 ? Math.min(1, Math.max(0, left / of)) : 0;
  const seconds = Math.max(0, Math.ceil(left));
  return (
    <span class="countdown" role="img" aria-label={say('countdown.left', { count: seconds })}>
      <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
        <circle class="countdown-track" cx="12" cy="12" r={RADIUS} />
        <circle
          class="countdown-rest"
          cx="12"
          cy="12"
          r={RADIUS}
          stroke-dasharray={`${share * AROUND} ${AROUND}`}
        />
      </svg>
      <span class="figures" aria-hidden="true">
        {new Intl.NumberFormat(locale()).format(seconds)}
      </span>
    </span>
  );
}
