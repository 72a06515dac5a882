// Prints the form of policy packs as JSON Schema: `npm run packs` writes it to packs/schema.json.

import { z } from 'zod';
import { packSchema } from '../src/retailers/policies/pack.ts';

const schema = z.toJSONSchema(packSchema, { io: 'input', target: 'draft-2020-12' });
process.stdout.write(`${JSON.stringify({ ...schema, title: 'A pack of policies' }, null, 2)}\n`);
