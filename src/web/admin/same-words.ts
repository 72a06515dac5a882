/** Whether two texts say the same to whoever types one from the other: case and spaces do not matter. Pure. */
export function sameWords(typed: string, wanted: string): boolean {
  return plain(typed) === plain(wanted);
}

function plain(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('en');
}
