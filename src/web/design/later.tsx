import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';

/** A screen that is loaded when it is first shown. It lies in the shell of its app, so it comes without a network too. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const loaded = signal<{ readonly Screen: ComponentType<Props> } | null>(null);
  return (props) => {
    useEffect(() => {
      if (loaded.value !== null) return;
      void load().then((Screen) => {
        loaded.value = { Screen };
      });
    }, []);
    if (loaded.value === null) return null;
    const { Screen } = loaded.value;
    return <Screen {...props} />;
  };
}
