import { createHmac } from 'node:crypto';
import type { World } from '../kernel/world.ts';

const DAY = 86_400_000;

/**
 * Turns a network address into a key for counting, under a salt that is drawn anew each day and never leaves
 * memory, so that nothing kept here tells where somebody was. An IPv6 address counts by its /64, which is what one
 * household or phone has.
 */
export function addressKeys({ now, random }: World): (address: string) => string {
  let day = -1;
  let salt = random(32);
  return (address) => {
    const today = Math.floor(now().getTime() / DAY);
    if (today !== day) {
      day = today;
      salt = random(32);
    }
    return createHmac('sha256', salt).update(network(address)).digest('base64url');
  };
}

function network(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array<string>(zeros).fill('0'), ...right].slice(0, 4).join(':');
}
