/**
 * In a plain browser nobody provides VS Code's theme: this gives the page the body class that VS Code would set,
 * by the system's preferences; browserTheme.css has the colours.
 */
const preferences = ['(prefers-color-scheme: light)', '(prefers-contrast: more)'] as const;

export function applyBrowserTheme(): void {
  const queries = preferences.map((query) => matchMedia(query));
  const apply = (): void => {
    const [light, contrast] = queries.map((query) => query.matches);
    const theme = themeClass(light === true, contrast === true);
    // The root first: whoever watches the body's class reads the colours at once.
    document.documentElement.className = `plainBrowser ${theme}`;
    document.body.className = theme;
  };
  for (const query of queries) query.addEventListener('change', apply);
  apply();
}

function themeClass(light: boolean, contrast: boolean): string {
  if (contrast) return light ? 'vscode-high-contrast-light' : 'vscode-high-contrast';
  return light ? 'vscode-light' : 'vscode-dark';
}
