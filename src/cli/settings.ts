import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Config, ConfigError, readConfig } from '../config.ts';
import { Complaint, type Door } from './door.ts';

/** The settings of the environment, or a complaint with every problem. */
export function settings(door: Door, sandbox: boolean): Config {
  const path = (name: string, folder: string): string => resolve(door.folder, folder, name);
  try {
    return readConfig(door.environment, sandbox, {
      path,
      fileUrl: (name, folder) => pathToFileURL(path(name, folder)).href,
      read: (name) => readFileSync(path(name, ''), 'utf8'),
    });
  } catch (thrown) {
    if (!(thrown instanceof ConfigError)) throw thrown;
    throw new Complaint(
      ['The settings have problems:', ...thrown.problems.map((line) => `  ${line}`)].join('\n'),
    );
  }
}
