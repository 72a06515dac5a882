/** An answer over HTTP. */
export interface Call {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Asked {
  readonly method?: 'GET' | 'POST';
  readonly token?: string;
  readonly json?: object;
  readonly form?: URLSearchParams;
}

/** Calls the service as any program would. */
export async function call(url: string, { method = 'GET', token, json, form }: Asked = {}): Promise<Call> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(json !== undefined && { 'content-type': 'application/json' }),
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
    ...(form !== undefined && { body: form }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Call['body']) };
}
