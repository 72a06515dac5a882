// What Node's own reporter says, with test files under the names of their sources. Failures inside a file are named by
// its source map; one that cannot even be loaded, or has no test in it, is named by its path.

import { Readable } from 'node:stream';
import { spec } from 'node:test/reporters';
import { sourceOf } from './compile-tests.mjs';

// biome-ignore lint/style/noDefaultExport: this is how the test runner takes a reporter.
export default async function* report(events) {
  yield* Readable.from(renamed(events)).compose(new spec());
}

/** Other reporters get the very same events, and these are for people only. */
async function* renamed(events) {
  for await (const event of events) {
    const data = { ...event.data };
    for (const field of ['name', 'file'])
      if (typeof data[field] === 'string') data[field] = sourceOf(data[field]);
    yield { ...event, data };
  }
}
