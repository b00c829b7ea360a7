/**
 * The only file that knows the webview UI toolkit. It is no longer developed, so it is used for small controls
 * only and stays replaceable: everybody else writes these element names and their attributes.
 *
 *     <cvizui-button appearance="secondary|icon|primary" aria-label …>    <cvizui-progress-ring>
 */
import { provideVSCodeDesignSystem, vsCodeButton, vsCodeProgressRing } from '@vscode/webview-ui-toolkit';

/** Call before any of the elements is in the page. The prefix keeps them apart from anybody else's toolkit. */
export function registerControls(): void {
  provideVSCodeDesignSystem().withPrefix('cvizui').register(vsCodeButton(), vsCodeProgressRing());
}
