import { useSignal } from '@preact/signals';
import { isEasy } from '../pin.ts';
import { say } from '../say.ts';
import { PinEntry } from './pin-entry.tsx';

type Trouble = 'easy' | 'differ';

/** A new PIN, typed twice. */
export function ChoosePin({ choose }: { readonly choose: (pin: string) => void }) {
  const first = useSignal<string | null>(null);
  const trouble = useSignal<Trouble | null>(null);
  const take = (pin: string): void => {
    const before = first.value;
    trouble.value = before === null ? (isEasy(pin) ? 'easy' : null) : before === pin ? null : 'differ';
    first.value = before === null && trouble.value === null ? pin : null;
    if (before !== null && trouble.value === null) choose(pin);
  };
  const again = first.value !== null;
  return (
    <PinEntry
      key={String(again)}
      label={say(again ? 'wallet.pin.again' : 'wallet.pin.choose')}
      wrong={trouble.value === null ? '' : say(`wallet.pin.${trouble.value}`)}
      closed={false}
      take={take}
    />
  );
}
