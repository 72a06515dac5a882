/** What the contract says of a call, as types alone: the schemas themselves stay on the server. */

import type { z } from 'zod';

/** An endpoint as an `endpoints.ts` states it. */
export interface Contract {
  readonly method: string;
  readonly path: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly headers?: z.ZodType;
  readonly body?: { readonly schema: z.ZodType; readonly media: string };
  readonly replies: Readonly<Record<number, { readonly description: string; readonly schema?: z.ZodType }>>;
}

/** Method and path, `POST /v1/verifications`: any other text for this endpoint does not compile. */
export type Address<E extends Contract> = `${Uppercase<E['method']>} ${E['path']}`;

type Part = 'params' | 'query' | 'headers';
type Needed<E extends Contract> = {
  [P in Part as E[P] extends z.ZodType ? P : never]: E[P] extends z.ZodType ? z.input<E[P]> : never;
};
type Optional<T> = { [K in keyof T as object extends T[K] ? K : never]?: T[K] } & {
  [K in keyof T as object extends T[K] ? never : K]: T[K];
};

/** What one call sends: the parts that the contract names, and how it is sent. */
export type Sent<E extends Contract> = Optional<Needed<E>> &
  (E['body'] extends { readonly schema: infer Schema extends z.ZodType }
    ? { readonly body: z.input<Schema> }
    : { readonly body?: never }) & {
    /** Sent as `Authorization: Bearer`. */
    readonly token?: string;
    /** Ends the call early; the outcome is `lost`, `aborted`. */
    readonly signal?: AbortSignal;
    /** Milliseconds to wait for the whole answer. */
    readonly timeout?: number;
    /** Cookies, for the console's session only. */
    readonly credentials?: 'omit' | 'same-origin';
  };

/** An answer that the contract knows, told apart by its status. */
export type Answered<E extends Contract> = {
  [Status in keyof E['replies'] & number]: {
    readonly status: Status;
    readonly body: E['replies'][Status] extends { readonly schema: infer Schema extends z.ZodType }
      ? z.output<Schema>
      : undefined;
  };
}[keyof E['replies'] & number];
