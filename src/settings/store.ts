import type { Db } from '../db/database.ts';

/** Named texts of the whole installation. */
export interface SettingStore {
  get(name: string): Promise<string | null>;
  put(name: string, value: string): Promise<void>;
}

export function settingStore(db: Db): SettingStore {
  return {
    async get(name) {
      const row: { value: string } | undefined = await db('settings').where({ name }).first('value');
      return row?.value ?? null;
    },

    async put(name, value) {
      await db('settings').insert({ name, value }).onConflict('name').merge();
    },
  };
}
