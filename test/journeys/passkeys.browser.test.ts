import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch, withoutBrowser } from '../support/browser.ts';
import { enrolling, type PasskeyScene, passkeyScene, setupToken, somebody } from '../support/passkeys.ts';
import { addAuthenticator } from '../support/virtual-authenticator.ts';

/** What a page of ours does, with nothing but the browser's own means. */
const PAGE_SCRIPT = `
  window.call = async (method, path, { token, json } = {}) => {
    const headers = { ...(token && { authorization: 'Bearer ' + token }), ...(json && { 'content-type': 'application/json' }) };
    const response = await fetch(path, { method, headers, body: json && JSON.stringify(json) });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  };
  window.create = async (begun) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(begun.body.options);
    const credential = (await navigator.credentials.create({ publicKey })).toJSON();
    return { challenge_id: begun.body.challenge_id, credential };
  };
  window.get = async (begun) => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(begun.body.options);
    const credential = (await navigator.credentials.get({ publicKey })).toJSON();
    return { challenge_id: begun.body.challenge_id, credential };
  };
`;

describe('in a browser with an authenticator', { skip: withoutBrowser }, () => {
  const undo: (() => unknown)[] = [];
  let browser: Browser;
  let scene: PasskeyScene;

  before(async () => {
    scene = await passkeyScene({ after: (last?: unknown) => void undo.push(last as () => unknown) });
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    for (const last of undo) await last();
  });

  test('a holder registers a passkey, signs in with it, and a stranger’s finger does not', async () => {
    const { page, authenticator } = await opened();
    const access = await enrolling(scene, await somebody(scene));
    const registered = await answered(
      page,
      `const begun = await call('POST', '/v1/passkeys/registrations', { token: '${access}' });
       const json = await create(begun);
       return call('POST', '/v1/passkeys', { token: '${access}', json });`,
    );
    assert.equal(registered.status, 201, JSON.stringify(registered.body));
    const signIn = `const begun = await call('POST', '/v1/passkeys/sign-ins', { json: {} });
       return call('POST', '/v1/sessions', { json: await get(begun) });`;
    const signed = await answered(page, signIn);
    assert.equal(signed.status, 201, JSON.stringify(signed.body));
    assert.equal(signed.body.wallet_id, registered.body.session.wallet_id);
    assert.deepEqual(await page.context().cookies(), []);
    await authenticator.finger('stranger');
    await assert.rejects(answered(page, signIn), /NotAllowedError/);
  });

  test('an officer is set up by a link, is known by the cookie, and acts by it from this page', async () => {
    const { page } = await opened();
    const setup = await setupToken(scene.running);
    const registered = await answered(
      page,
      `const begun = await call('POST', '/v1/officer-passkeys/registrations', { json: { setup_token: '${setup}' } });
       return call('POST', '/v1/officer-passkeys', { json: await create(begun) });`,
    );
    assert.equal(registered.status, 201, JSON.stringify(registered.body));
    const [cookie] = await page.context().cookies();
    assert.deepEqual([cookie?.name, cookie?.httpOnly, cookie?.sameSite], ['cp_officer', true, 'Strict']);
    const shop = `return call('POST', '/v1/retailers', { json: { name: 'Corner Shop', permitted_claims: [] } });`;
    assert.equal((await answered(page, shop)).status, 201);
    const out = `await call('DELETE', '/v1/officer-sessions/current');
       return call('GET', '/v1/officer-sessions/current');`;
    assert.equal((await answered(page, out)).status, 401);
    assert.deepEqual(await page.context().cookies(), []);
    const signed = await answered(
      page,
      `const begun = await call('POST', '/v1/officer-passkeys/sign-ins', { json: {} });
       return call('POST', '/v1/officer-sessions', { json: await get(begun) });`,
    );
    assert.equal(signed.body.officer.id, registered.body.officer.id);
  });

  async function opened() {
    const page = await (await browser.newContext()).newPage();
    const authenticator = await addAuthenticator(page);
    await page.addInitScript(PAGE_SCRIPT);
    await page.goto(`${scene.running.url}/docs`);
    return { page, authenticator };
  }
});

/** What the last call of a script was answered. */
async function answered(page: Page, script: string) {
  return (await page.evaluate(`(async () => { ${script} })()`)) as {
    status: number;
    // biome-ignore lint/suspicious/noExplicitAny: what came back is looked at field by field
    body: any;
  };
}
