import type { z } from 'zod';
import type { FaultKind } from '../kernel/fault.ts';
import type { CallerOf, CallerRule } from './caller.ts';

type Shape = z.ZodObject;

/** What a request's body is. Sizes are in bytes. */
interface BodySpec {
  readonly schema: z.ZodType;
  readonly media: 'application/json' | 'application/x-www-form-urlencoded';
  readonly limit: number;
  readonly example?: unknown;
}

/** One kind of answer. Without a schema it has no body. */
interface ReplySpec {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** `application/json` if left out. */
  readonly media?: string;
  readonly example?: unknown;
}

/** The contract of one route: the server, the client, the documentation and the tests read it from here. */
export interface Endpoint {
  readonly id: string;
  readonly tag: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As in OpenAPI: `/v1/people/{id}`. */
  readonly path: `/${string}`;
  readonly summary: string;
  readonly description?: string;
  readonly caller: CallerRule;
  /** Whether an officer who signed in has to have been verified in the last five minutes. Admin keys are not asked. */
  readonly recent?: true;
  readonly params?: Shape;
  readonly query?: Shape;
  readonly headers?: Shape;
  readonly body?: BodySpec;
  readonly replies: Readonly<Record<number, ReplySpec>>;
  /** The refusals beyond those that every endpoint can give. */
  readonly faults?: readonly FaultKind[];
  /** How refusals are written: RFC 9457 if left out, RFC 6749 §5.2 for `oauth`. */
  readonly errors?: 'oauth';
  /** Whether pages of any origin may call; such an endpoint never reads a cookie. */
  readonly cors?: true;
}

/** States an endpoint and keeps its exact types. */
export function endpoint<const E extends Endpoint>(contract: E): E {
  return contract;
}

type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** A request after it was admitted and parsed. */
export interface Request<E extends Endpoint> {
  readonly caller: CallerOf<E['caller']>;
  readonly params: Output<E['params']>;
  readonly query: Output<E['query']>;
  readonly headers: Output<E['headers']>;
  readonly body: E['body'] extends { schema: infer Schema } ? Output<Schema> : undefined;
  /** Aborts when the caller has gone or the service stops. */
  readonly signal: AbortSignal;
}

type ReplyBody<Spec> = Spec extends { schema: infer Schema extends z.ZodType } ? z.input<Schema> : undefined;

/**
 * An answer that the contract allows. A body that is an async iterable is sent part by part: as server-sent
 * events where it is JSON, else as the text that its parts make.
 */
export type Reply<E extends Endpoint> = {
  [Status in keyof E['replies'] & number]: {
    readonly status: Status;
    readonly body: ReplyBody<E['replies'][Status]> | AsyncIterable<ReplyBody<E['replies'][Status]>>;
    readonly headers?: Readonly<Record<string, string>>;
  };
}[keyof E['replies'] & number];

/** Answers one endpoint. */
export type Handler<E extends Endpoint> = (request: Request<E>) => Promise<Reply<E>>;

/** An answer with its status, and headers where it needs some. */
export function reply<const Status extends number, Body>(
  status: Status,
  body: Body,
  headers: Readonly<Record<string, string>> = {},
): { readonly status: Status; readonly body: Body; readonly headers: Readonly<Record<string, string>> } {
  return { status, body, headers };
}
