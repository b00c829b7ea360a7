/**
 * Every colour with a meaning, from the theme's variables. The canvas needs real colours, so they are resolved
 * here, again whenever the theme changes; style sheets get the same ones as --cviz-* variables.
 */
import { signal, type ReadonlySignal } from '@preact/signals-core';
import { arrowKinds, type ArrowKind } from '../src/model/arrowTypes';
import { threadStates, type ThreadState } from '../src/model/states';
import type { SpanKind } from '../src/model/spans';
import { parseColor, readableOn, toCss, type Rgb } from './color';

/** A colour, and one to write on it. */
export interface Fill {
  readonly fill: string;
  readonly text: string;
}

export interface Palette {
  readonly states: Readonly<Record<ThreadState, Fill>>;
  readonly spans: Readonly<Record<SpanKind, Fill>>;
  readonly arrows: Readonly<Record<ArrowKind, string>>;
  readonly failure: string;
  readonly background: string;
  readonly foreground: string;
  readonly dim: string;
  readonly line: string;
  readonly focus: string;
  readonly alert: string;
  readonly fontFamily: string;
}

/** The fallbacks are those of the default dark theme. */
const background = 'var(--vscode-editor-background, #1f1f1f)';
const foreground = 'var(--vscode-foreground, #cccccc)';

const stateColors: Readonly<Record<ThreadState, string>> = {
  new: 'var(--vscode-charts-purple, #b180d7)',
  ready: 'var(--vscode-charts-yellow, #cca700)',
  running: 'var(--vscode-charts-green, #89d185)',
  // The state of most threads most of the time: quiet, so that the others are seen.
  waiting: `color-mix(in srgb, ${foreground} var(--cviz-quiet, 16%), ${background})`,
  blocked: 'var(--vscode-charts-red, #f14c4c)',
  terminated: `color-mix(in srgb, ${foreground} 55%, ${background})`,
};

/** Arrows differ in their dashes, too. */
const arrowColors: Readonly<Record<ArrowKind, string>> = {
  message: 'var(--vscode-charts-blue, #3794ff)',
  spawn: 'var(--vscode-charts-purple, #b180d7)',
  wake: 'var(--vscode-charts-red, #f14c4c)',
};

/** Quieter than the states below them: of the colour of what began or ended them. */
const spanColors: Readonly<Record<SpanKind, string>> = {
  message: `color-mix(in srgb, ${arrowColors.message} 42%, ${background})`,
  wait: `color-mix(in srgb, ${arrowColors.wake} 48%, ${background})`,
  syncCall: `color-mix(in srgb, ${arrowColors.spawn} 48%, ${background})`,
  longTask: `color-mix(in srgb, var(--vscode-charts-orange, #d18616) 38%, ${background})`,
};
const spanKinds = Object.keys(spanColors) as readonly SpanKind[];

const otherColors = {
  failure: 'var(--vscode-errorForeground, #f85149)',
  background,
  foreground,
  dim: 'var(--vscode-descriptionForeground, #9d9d9d)',
  /** The ruler's marks across the lanes: seen, but never in the way. */
  line: `color-mix(in srgb, ${foreground} 12%, ${background})`,
  focus: 'var(--vscode-focusBorder, #0078d4)',
  /** Of what deserves a look, and of no state. */
  alert: 'var(--vscode-charts-orange, #d18616)',
} as const;

/** Published for style sheets only: the two kinds of memory, told apart by brightness too. */
const sheetColors = {
  '--cviz-private': 'var(--vscode-charts-blue, #3794ff)',
  '--cviz-shared': `color-mix(in srgb, var(--vscode-charts-blue, #3794ff) 38%, ${background})`,
} as const;

/** Keeps a palette up to date with the theme of the document. */
export function watchPalette(): ReadonlySignal<Palette> {
  const probe = document.body.appendChild(document.createElement('span'));
  probe.hidden = true;
  probe.ariaHidden = 'true';
  const palette = signal(readPalette(probe));
  const update = (): void => {
    palette.value = readPalette(probe);
  };
  const observer = new MutationObserver(update);
  // VS Code changes the body's class with the kind of theme, and the root's variables with every theme.
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'style'] });
  return palette;
}

function readPalette(probe: HTMLElement): Palette {
  const resolve = (expression: string): Rgb => {
    probe.style.color = expression;
    return parseColor(getComputedStyle(probe).color);
  };
  const fillOf = (expression: string): Fill => {
    const fill = resolve(expression);
    return { fill: toCss(fill), text: readableOn(fill) };
  };
  const states = Object.fromEntries(
    threadStates.map((state) => [state, fillOf(stateColors[state])]),
  ) as Palette['states'];
  const spans = Object.fromEntries(
    spanKinds.map((kind) => [kind, fillOf(spanColors[kind])]),
  ) as Palette['spans'];
  const arrows = Object.fromEntries(
    arrowKinds.map((kind) => [kind, toCss(resolve(arrowColors[kind]))]),
  ) as Palette['arrows'];
  publish({ states, spans, arrows }, resolve(otherColors.alert));
  const colors = Object.fromEntries(
    Object.entries(otherColors).map(([name, expression]) => [name, toCss(resolve(expression))]),
  ) as Record<keyof typeof otherColors, string>;
  const body = getComputedStyle(document.body);
  return {
    states,
    spans,
    arrows,
    ...colors,
    fontFamily: body.getPropertyValue('--vscode-font-family').trim() || 'system-ui, sans-serif',
  };
}

function publish({ states, spans, arrows }: Pick<Palette, 'states' | 'spans' | 'arrows'>, alert: Rgb): void {
  // On the body: a change of the root's style would wake our own observer.
  const { style } = document.body;
  for (const state of threadStates) {
    style.setProperty(`--cviz-${state}`, states[state].fill);
    style.setProperty(`--cviz-${state}-text`, states[state].text);
  }
  for (const kind of spanKinds) style.setProperty(`--cviz-span-${kind}`, spans[kind].fill);
  for (const kind of arrowKinds) style.setProperty(`--cviz-arrow-${kind}`, arrows[kind]);
  style.setProperty('--cviz-alert', toCss(alert));
  style.setProperty('--cviz-alert-text', readableOn(alert));
  for (const [name, expression] of Object.entries(sheetColors)) style.setProperty(name, expression);
}
