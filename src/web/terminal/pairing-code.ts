/** Pairing codes as people type them: eight characters without I, L, O and U, in two groups. */

const LENGTH = 8;
const OTHERS = /[^0-9A-HJKMNP-TV-Z]/g;

/** The characters of a code that were typed so far: in capitals, look-alikes taken for the digit they look like. */
export function pairingCharacters(typed: string): string {
  const capitals = typed.toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
  return capitals.replace(OTHERS, '').slice(0, LENGTH);
}

/** The same as it is shown: `7K3M-9QXA`. */
export function groupedPairing(characters: string): string {
  return characters.length > 4 ? `${characters.slice(0, 4)}-${characters.slice(4)}` : characters;
}

export function isWhole(characters: string): boolean {
  return characters.length === LENGTH;
}

/** The code in the link that the console shows, `/terminal#pair=CODE`, whole or from the `#` on; else null. */
export function pairingCodeIn(link: string): string | null {
  const at = link.indexOf('#');
  const code = new URLSearchParams(at === -1 ? '' : link.slice(at + 1)).get('pair');
  const characters = pairingCharacters(code ?? '');
  return isWhole(characters) ? characters : null;
}
