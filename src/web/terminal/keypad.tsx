import { Button } from '../design/button.tsx';
import { say } from '../language/language.ts';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

interface KeypadProps {
  readonly digits: string;
  /** Takes the digits as they are after a key was pressed. */
  readonly onTake: (digits: string) => void;
}

/** Keys for a screen without a keyboard. */
export function Keypad({ digits, onTake }: KeypadProps) {
  return (
    <div class="keypad" dir="ltr">
      {KEYS.map((key) => (
        <Button key={key} onClick={() => onTake(digits + key)}>
          {key}
        </Button>
      ))}
      <Button onClick={() => onTake('')}>{say('type.clear')}</Button>
      <Button onClick={() => onTake(`${digits}0`)}>0</Button>
      <Button onClick={() => onTake(digits.slice(0, -1))}>{say('type.delete')}</Button>
    </div>
  );
}
