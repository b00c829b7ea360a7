import type { Frame } from 'playwright-core';
import { orUndefined, waitFor } from './polling';
import type { Workbench } from './workbench';

/** A row of the panel's tree, as it reads. */
export interface PanelRow {
  readonly name: string;
  readonly pid: number | null;
  /** `Running`, `exit 0`, …; '' where the row has none. */
  readonly state: string;
  /** 1 for the root process. */
  readonly level: number;
}

export interface PanelView {
  /** The toolbar's text: title, state, clock, exit code. */
  readonly toolbar: string;
  readonly rows: readonly PanelRow[];
  /** Everything that can be read on the page. */
  readonly text: string;
}

/** The panel on screen whose tab says `Concurrency: TITLE`. Ask again after it was hidden, moved or reloaded. */
export function panelFrame(workbench: Workbench, title: string, timeoutMs?: number): Promise<Frame> {
  const isIt = (frame: Frame): Promise<boolean> =>
    frame.evaluate(
      (expected) => document.title === expected && document.querySelector('cviz-app') !== null,
      `Concurrency: ${title}`,
    );
  return workbench.webviewFrame(isIt, timeoutMs);
}

/** Waits until a panel shows what is asked for, and returns what it shows then. */
export async function panelShows(
  workbench: Workbench,
  title: string,
  what: string,
  isShown: (view: PanelView) => boolean,
  timeoutMs = 20_000,
): Promise<PanelView> {
  let last: PanelView | undefined;
  const ask = async (): Promise<PanelView | undefined> => {
    // VS Code may replace the frame at any moment, so it is looked up anew each time.
    const frame = await orUndefined(panelFrame(workbench, title, 1_000));
    const view = frame === undefined ? undefined : await orUndefined(readPanel(frame));
    last = view ?? last;
    return view !== undefined && isShown(view) ? view : undefined;
  };
  return waitFor(`the panel of ${title} to show ${what}`, ask, {
    timeoutMs,
    seen: () => (last === undefined ? 'there is no panel' : `it shows:\n${describe(last)}`),
  });
}

export async function readPanel(frame: Frame): Promise<PanelView> {
  return frame.evaluate(() => {
    const textOf = (parent: Element, selector: string): string =>
      parent.querySelector(selector)?.textContent.replace(/\s+/g, ' ').trim() ?? '';
    const rows = [...document.querySelectorAll('[role="row"][aria-level]')].map((row) => ({
      name: textOf(row, '.name'),
      pid: Number(/\d+/.exec(textOf(row, '.pid'))?.[0] ?? NaN) || null,
      state: textOf(row, '.stateCell > :last-child'),
      level: Number(row.getAttribute('aria-level')),
    }));
    return { toolbar: textOf(document.body, 'cviz-toolbar'), rows, text: document.body.innerText };
  });
}

/** The first row whose name contains or matches this. */
export function rowOf(view: PanelView, name: string | RegExp): PanelRow | undefined {
  return view.rows.find((row) => (typeof name === 'string' ? row.name.includes(name) : name.test(row.name)));
}

function describe({ toolbar, rows, text }: PanelView): string {
  const lines = rows.map(
    ({ name, pid, state, level }) => `${'  '.repeat(level)}${name} ${pid ?? ''} [${state}]`,
  );
  return [toolbar, ...lines, ...(rows.length === 0 ? [text.slice(0, 500)] : [])].join('\n');
}
