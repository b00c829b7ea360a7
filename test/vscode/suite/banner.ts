/** First line that the suite prints; what VS Code logs before it is not the suite's. */
export const suiteBanner = '── tests in the extension host ──';
