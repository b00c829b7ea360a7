import { strict as assert } from 'node:assert';
import { panelHtml } from '../../../src/panel/panelHtml';

const page = {
  language: 'en',
  title: 'Concurrency: <b>"x"</b>.js',
  source: 'https://*.vscode-cdn.net',
  script: 'https://x/main.js',
  styles: ['https://x/codicon.css', 'https://x/main.css'],
};

function policyOf(html: string): Map<string, string> {
  const content =
    /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.replaceAll('&#39;', "'") ?? '';
  return new Map(
    content.split('; ').map((part): [string, string] => {
      const [name = '', ...values] = part.split(' ');
      return [name, values.join(' ')];
    }),
  );
}

describe('the page of the panel', () => {
  it('allows nothing but our own files', () => {
    const policy = policyOf(panelHtml(page));
    assert.equal(policy.get('default-src'), "'none'");
    assert.match(policy.get('script-src') ?? '', /^'nonce-[\w+/]{22}=='$/);
    assert.match(policy.get('style-src') ?? '', /^https:\/\/\*\.vscode-cdn\.net 'nonce-[\w+/]{22}=='$/);
    assert.equal(policy.get('connect-src'), undefined);
    assert.doesNotMatch([...policy.values()].join(' '), /unsafe|https:(?!\/\/\*\.vscode-cdn\.net)/);
  });

  it('gives the nonce to its script, and another one to the next page', () => {
    const [first, second] = [panelHtml(page), panelHtml(page)];
    const nonce = /<script nonce="([^"]+)"/.exec(first)?.[1] ?? '';
    assert.equal(policyOf(first).get('script-src'), `'nonce-${nonce}'`);
    assert.ok(!second.includes(nonce));
  });

  it('gives the nonce for styles away, which is good for nothing else', () => {
    const html = panelHtml(page);
    const nonce = /<meta property="csp-nonce" content="([^"]+)"/.exec(html)?.[1] ?? '';
    const policy = policyOf(html);
    assert.ok(nonce !== '' && policy.get('style-src')?.includes(nonce) === true);
    assert.ok(policy.get('script-src')?.includes(nonce) === false);
  });

  it('has a language and a title, as text', () => {
    const html = panelHtml(page);
    assert.match(html, /<html lang="en">/);
    assert.ok(html.includes('<title>Concurrency: &lt;b&gt;&quot;x&quot;&lt;/b&gt;.js</title>'));
  });
});
