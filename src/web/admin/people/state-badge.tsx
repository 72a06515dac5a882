import { say } from '../say.ts';
import type { Person } from './person.ts';

interface BadgeProps {
  readonly state: Person['state'];
  /** In a list, what is as it should be says nothing. */
  readonly quietly?: boolean;
}

export function StateBadge({ state, quietly = false }: BadgeProps) {
  if (quietly && state === 'active') return null;
  return <span class={`badge badge-${state}`}>{say(`admin.person.state.${state}`)}</span>;
}
