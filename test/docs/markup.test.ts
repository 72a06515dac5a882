import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { escapeHtml, html, prose } from '../../src/docs/markup.ts';

describe('markup', () => {
  test('takes what is filled in for text', () => {
    assert.equal(
      html`<p title="${'"'}">${"<b> & '"}</p>`.html,
      '<p title="&#34;">&#60;b&#62; &#38; &#39;</p>',
    );
  });

  test('takes markup, and a list of it, as it is', () => {
    const items = ['a', '<'].map((text) => html`<li>${text}</li>`);
    assert.equal(html`<ul>${items}</ul>${html`<hr>`}`.html, '<ul><li>a</li><li>&#60;</li></ul><hr>');
  });

  test('writes what stands in backticks as code', () => {
    assert.equal(prose('Send `<a>` now.').html, 'Send <code>&#60;a&#62;</code> now.');
  });

  test('has no text that opens a tag, ends an attribute or begins an entity of its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.doesNotMatch(escapeHtml(text).replace(/&#\d+;/g, ''), /[<>"'&]/);
      }),
    );
  });
});
