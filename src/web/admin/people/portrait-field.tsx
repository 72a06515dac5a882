import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { sayAll } from '../../language/language.ts';
import { croppedPortrait, type Picture, readPicture } from '../device/portrait.ts';
import { say } from '../say.ts';
import { type Crop, FIRST_CROP } from './crop.ts';
import type { DraftProps } from './person-draft.ts';

/** A portrait from a file, cut to a frame and shown as it is sent. */
export function PortraitField({ draft, wrong, onChange }: DraftProps) {
  const unreadable = useSignal(false);
  const picture = useSignal<Picture | null>(null);
  const crop = useSignal<Crop>(FIRST_CROP);
  /** A field for files keeps what was chosen; a new one has forgotten it. */
  const removed = useSignal(0);
  const found = wrong['/portrait'];
  const hold = (read: Picture | null): void => {
    picture.value?.close();
    picture.value = read;
  };
  useEffect(() => () => hold(null), []);
  const cut = (changed: Partial<Crop>): void => {
    crop.value = { ...crop.value, ...changed };
    if (picture.value !== null) onChange({ portrait: croppedPortrait(picture.value, crop.value) });
  };
  const take = async (file: File | undefined): Promise<void> => {
    hold(file === undefined ? null : await readPicture(file));
    unreadable.value = file !== undefined && picture.value === null;
    if (picture.value === null) onChange({ portrait: null });
    else cut(FIRST_CROP);
  };
  const remove = (): void => {
    removed.value += 1;
    hold(null);
    onChange({ portrait: null });
  };
  return (
    <div class="form-part portrait">
      <Field
        key={removed.value}
        label={say('admin.person.portrait')}
        hint={say('admin.new.portrait_hint')}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        wrong={unreadable.value ? say('admin.wrong.not_a_picture') : found ? sayAll(found) : null}
        onChange={({ currentTarget }) => void take(currentTarget.files?.[0])}
      />
      {draft.portrait !== null && (
        <Chosen src={draft.portrait} crop={crop.value} onCut={cut} onRemove={remove} />
      )}
      {draft.portrait === null && draft.keepsPortrait !== null && (
        <Keep keeps={draft.keepsPortrait} onKeep={(keepsPortrait) => onChange({ keepsPortrait })} />
      )}
    </div>
  );
}

interface KeepProps {
  readonly keeps: boolean;
  readonly onKeep: (keeps: boolean) => void;
}

function Keep({ keeps, onKeep }: KeepProps) {
  return (
    <label class="choice">
      <input
        type="checkbox"
        checked={keeps}
        onChange={({ currentTarget }) => onKeep(currentTarget.checked)}
      />
      <span>{say('admin.mend.keep_portrait')}</span>
    </label>
  );
}

interface ChosenProps {
  readonly src: string;
  readonly crop: Crop;
  readonly onCut: (changed: Partial<Crop>) => void;
  readonly onRemove: () => void;
}

/** The part that is sent, and what moves the frame. */
function Chosen({ src, crop, onCut, onRemove }: ChosenProps) {
  return (
    <div class="portrait-chosen">
      <img src={src} alt={say('admin.new.portrait_of')} />
      <div class="stack">
        <Slider
          name={say('admin.crop.zoom')}
          least={1}
          most={4}
          value={crop.zoom}
          onMove={(zoom) => onCut({ zoom })}
        />
        <Slider name={say('admin.crop.x')} least={0} most={1} value={crop.x} onMove={(x) => onCut({ x })} />
        <Slider name={say('admin.crop.y')} least={0} most={1} value={crop.y} onMove={(y) => onCut({ y })} />
        <Button kind="quiet" icon="cross" onClick={onRemove}>
          {say('admin.new.remove_portrait')}
        </Button>
      </div>
    </div>
  );
}

interface SliderProps {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly value: number;
  readonly onMove: (value: number) => void;
}

function Slider({ name, least, most, value, onMove }: SliderProps) {
  return (
    <label class="slider">
      <span class="small">{name}</span>
      <input
        type="range"
        min={least}
        max={most}
        step="0.02"
        value={value}
        onInput={({ currentTarget }) => onMove(currentTarget.valueAsNumber)}
      />
    </label>
  );
}
