import { randomBytes } from 'node:crypto';

export interface PanelPage {
  /** Language tag for screen readers. */
  readonly language: string;
  readonly title: string;
  /** Where the page may load from: the webview's `cspSource`. */
  readonly source: string;
  readonly script: string;
  readonly styles: readonly string[];
}

/** The page around the webview's bundle. It may run this one script, and load nothing from anywhere but our folder. */
export function panelHtml({ language, title, source, script, styles }: PanelPage): string {
  const nonce = randomBytes(16).toString('base64');
  // One of its own, since it is open to see: the toolkit looks it up for the style sheets that it adds.
  const styleNonce = randomBytes(16).toString('base64');
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${source} 'nonce-${styleNonce}'`,
    `font-src ${source}`,
    `img-src ${source} data:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
  <meta property="csp-nonce" content="${styleNonce}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escapeHtml(title)}</title>
${styles.map((style) => `  <link rel="stylesheet" href="${escapeHtml(style)}">`).join('\n')}
</head>
<body>
  <script nonce="${nonce}" src="${escapeHtml(script)}"></script>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
